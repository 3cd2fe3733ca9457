<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>foresight</name>
    <message>
        <source>Convolutional LSTM of the blog (chainer)</source>
        <translation>ブログの Convolutional LSTM（chainer）</translation>
    </message>
</context>
</TS>
