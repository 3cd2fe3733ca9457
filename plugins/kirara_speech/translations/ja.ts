<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>speech</name>
    <message>
        <source>Text2Mel or SSRN of the blog (chainer)</source>
        <translation>ブログの Text2Mel または SSRN（chainer）</translation>
    </message>
</context>
</TS>
