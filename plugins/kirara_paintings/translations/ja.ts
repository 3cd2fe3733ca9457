<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en">
<context>
    <name>paintings</name>
    <message>
        <source>Neo-plasticism</source>
        <translation>新造形主義</translation>
    </message>
    <message>
        <source>Impressionism</source>
        <translation>印象派</translation>
    </message>
    <message>
        <source>Action painting</source>
        <translation>アクション・ペインティング</translation>
    </message>
    <message>
        <source>Colour field</source>
        <translation>カラーフィールド</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>どれでもない</translation>
    </message>
</context>
</TS>
