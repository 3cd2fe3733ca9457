<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>errors</name>
    <message>
        <source>The site sent something that is not a picture.</source>
        <translation>サイトから届いたものは画像ではありません。</translation>
    </message>
    <message>
        <source>“{host}” answered with an error.</source>
        <translation>「{host}」がエラーを返しました。</translation>
    </message>
    <message>
        <source>There is a source “{name}” already.</source>
        <translation>「{name}」という取得元がすでにあります。</translation>
    </message>
    <message>
        <source>A source needs a name.</source>
        <translation>取得元には名前が必要です。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>別の名前にしてください。</translation>
    </message>
</context>
</TS>
