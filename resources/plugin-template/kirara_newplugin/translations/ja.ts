<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>errors</name>
    <message>
        <source>A sunflower cannot have {seeds} seeds.</source>
        <translation>種の数を {seeds} にはできません。</translation>
    </message>
    <message>
        <source>Choose a number from {fewest} to {most}.</source>
        <translation>{fewest} から {most} までの数を指定してください。</translation>
    </message>
</context>
<context>
    <name>newplugin</name>
    <message>
        <source>New plugin</source>
        <translation>New plugin</translation>
    </message>
    <message>
        <source>Watch a sunflower grow, seed by seed</source>
        <translation>ひまわりが一粒ずつ育ちます</translation>
    </message>
    <message>
        <source>Growing a sunflower</source>
        <translation>ひまわりを育てています</translation>
    </message>
    <message>
        <source>Number of seeds</source>
        <translation>種の数</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>育てる</translation>
    </message>
    <message>
        <source>Sunflower</source>
        <translation>ひまわり</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>種の数</translation>
    </message>
    <message>
        <source>The sunflower</source>
        <translation>ひまわりの絵</translation>
    </message>
    <message>
        <source>Seeds of a new sunflower</source>
        <translation>新しいひまわりの種の数</translation>
    </message>
</context>
</TS>
