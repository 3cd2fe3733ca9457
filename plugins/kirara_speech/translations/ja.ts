<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>speech</name>
    <message>
        <source>Text2Mel or SSRN of the blog (chainer)</source>
        <translation>ブログの Text2Mel または SSRN（chainer）</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>音声合成</translation>
    </message>
    <message>
        <source>Address of a voice engine</source>
        <translation>音声合成エンジンのアドレス</translation>
    </message>
    <message>
        <source>VOICEVOX, SHAREVOX, COEIROINK and AivisSpeech are found by themselves where they run on this computer. Fill this in for an engine elsewhere.</source>
        <translation>このコンピューターで動いている VOICEVOX、SHAREVOX、COEIROINK、AivisSpeech は自動で見つかります。別の場所のエンジンを使うときに入力してください。</translation>
    </message>
</context>
</TS>
