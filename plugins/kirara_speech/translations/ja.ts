<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>errors</name>
    <message>
        <source>The dictionary has no “{wanted}”.</source>
        <translation>辞書に「{wanted}」はありません。</translation>
    </message>
    <message>
        <source>Look with “speech dictionary list”.</source>
        <translation>「speech dictionary list」で確認してください。</translation>
    </message>
    <message>
        <source>The voice cannot speak like that: {reason}.</source>
        <translation>声はその話し方ができません（{reason}）。</translation>
    </message>
    <message>
        <source>Give a number in that range.</source>
        <translation>その範囲の数を指定してください。</translation>
    </message>
    <message>
        <source>A voice is a folder; give the name of one.</source>
        <translation>声はフォルダーです。フォルダー名を指定してください。</translation>
    </message>
    <message>
        <source>Choose another voice, or leave --from out.</source>
        <translation>別の声を選ぶか、--from を外してください。</translation>
    </message>
    <message>
        <source>The training cannot start: {reason}.</source>
        <translation>学習を始められません（{reason}）。</translation>
    </message>
    <message>
        <source>Correct the settings.</source>
        <translation>設定を直してください。</translation>
    </message>
    <message>
        <source>“{folder}” holds no training run with a checkpoint.</source>
        <translation>「{folder}」には、チェックポイントのある学習がありません。</translation>
    </message>
    <message>
        <source>Give the folder that was named with --out when training.</source>
        <translation>学習のときに --out で指定したフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>Add --out FILE, --play, or both.</source>
        <translation>--out FILE か --play、または両方を付けてください。</translation>
    </message>
    <message>
        <source>Add --raw MEL.npy.</source>
        <translation>--raw MEL.npy を付けてください。</translation>
    </message>
    <message>
        <source>The text is not UTF-8.</source>
        <translation>テキストが UTF-8 ではありません。</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>UTF-8 で保存してください。</translation>
    </message>
    <message>
        <source>“{address}” is not the address of an engine.</source>
        <translation>「{address}」は音声合成エンジンのアドレスではありません。</translation>
    </message>
    <message>
        <source>Write it as http://127.0.0.1:50021.</source>
        <translation>http://127.0.0.1:50021 のように入力してください。</translation>
    </message>
    <message>
        <source>Start it, and try again.</source>
        <translation>起動してから、もう一度試してください。</translation>
    </message>
    <message>
        <source>No engine answers at {address}.</source>
        <translation>{address} で応答する音声合成エンジンがありません。</translation>
    </message>
    <message>
        <source>There is no output file.</source>
        <translation>出力ファイルが指定されていません。</translation>
    </message>
    <message>
        <source>The voice “{voice}” has no {network}.</source>
        <translation>声「{voice}」には {network} がありません。</translation>
    </message>
    <message>
        <source>The engine at {address} answered with an empty or a damaged sound.</source>
        <translation>{address} の音声合成エンジンから、空か、壊れた音声が返りました。</translation>
    </message>
    <message>
        <source>“{folder}” holds no sentence that can be used ({problem}).</source>
        <translation>「{folder}」には使える文がありません（{problem}）。</translation>
    </message>
    <message>
        <source>“{folder}” holds no sentence that can be used.</source>
        <translation>「{folder}」には使える文がありません。</translation>
    </message>
    <message>
        <source>Check that every line&apos;s id is the name of a sound file.</source>
        <translation>各行の ID が音声ファイルの名前になっているか確認してください。</translation>
    </message>
    <message>
        <source>“{folder}” holds no recordings with their texts.</source>
        <translation>「{folder}」には、テキストの付いた録音がありません。</translation>
    </message>
    <message>
        <source>Give a folder with “metadata.csv” (id|text) and “wavs”, or with “transcript_utf8.txt” (id:text) and “wav”.</source>
        <translation>「metadata.csv」（id|テキスト）と「wavs」、または「transcript_utf8.txt」（id:テキスト）と「wav」の入ったフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 text.</source>
        <translation>UTF-8 のテキストとして保存してください。</translation>
    </message>
    <message>
        <source>{count} sentences are too few for batches of {batch}.</source>
        <translation>{count} 文では、{batch} 文ずつのバッチには足りません。</translation>
    </message>
    <message>
        <source>Record more sentences, or choose smaller batches.</source>
        <translation>録音する文を増やすか、バッチを小さくしてください。</translation>
    </message>
    <message>
        <source>Check the folder again.</source>
        <translation>フォルダーを確認し直してください。</translation>
    </message>
    <message>
        <source>The voice has no name.</source>
        <translation>声に名前がありません。</translation>
    </message>
    <message>
        <source>Write one with letters or digits.</source>
        <translation>文字か数字で名前を付けてください。</translation>
    </message>
    <message>
        <source>There is a voice called “{name}” already.</source>
        <translation>声「{name}」はすでにあります。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>別の名前にしてください。</translation>
    </message>
    <message>
        <source>Record it again, or leave it out.</source>
        <translation>録音し直すか、取り除いてください。</translation>
    </message>
    <message>
        <source>The voice does not know the symbol “{symbol}”.</source>
        <translation>この声は記号「{symbol}」を読めません。</translation>
    </message>
    <message>
        <source>It knows {known}.</source>
        <translation>読める記号：{known}</translation>
    </message>
    <message>
        <source>The pattern has {{{unknown}}}, which does not exist.</source>
        <translation>ファイル名の {{{unknown}}} は使えません。</translation>
    </message>
    <message>
        <source>The pattern has an unpaired brace.</source>
        <translation>ファイル名に、対になっていない波かっこがあります。</translation>
    </message>
    <message>
        <source>“{file}” is not a text.</source>
        <translation>「{file}」はテキストではありません。</translation>
    </message>
    <message>
        <source>Choose another file, or an older copy. The file was not changed.</source>
        <translation>別のファイルか、古いコピーを選んでください。ファイルは変更していません。</translation>
    </message>
    <message>
        <source>“{file}” is not a project of Speech.</source>
        <translation>「{file}」は音声のプロジェクトではありません。</translation>
    </message>
    <message>
        <source>Update the studio to open it. The file was not changed.</source>
        <translation>開くにはスタジオを更新してください。ファイルは変更していません。</translation>
    </message>
    <message>
        <source>Choose one that was saved here.</source>
        <translation>このパネルで保存した音声を選んでください。</translation>
    </message>
    <message>
        <source>“{kana}” is not kana.</source>
        <translation>「{kana}」はかなではありません。</translation>
    </message>
    <message>
        <source>“{file}” is not a dictionary of VOICEVOX.</source>
        <translation>「{file}」は VOICEVOX の辞書ではありません。</translation>
    </message>
    <message>
        <source>The dictionary holds something that is not a word ({reason}).</source>
        <translation>辞書に単語ではないものが入っています（{reason}）。</translation>
    </message>
    <message>
        <source>“{word}” cannot be a word of the dictionary.</source>
        <translation>「{word}」は単語として登録できません。</translation>
    </message>
    <message>
        <source>Write how the word is pronounced, only in katakana, for example ズンダモン.</source>
        <translation>読みをカタカナだけで入力してください（例：ズンダモン）。</translation>
    </message>
    <message>
        <source>The voice “{voice}” does not read Japanese, which VOICEVOX&apos;s interface needs.</source>
        <translation>VOICEVOX のインターフェースは日本語専用ですが、声「{voice}」は日本語を読めません。</translation>
    </message>
    <message>
        <source>Connect it again, or choose another one, and play again.</source>
        <translation>接続し直すか、別のデバイスを選んで、もう一度再生してください。</translation>
    </message>
    <message>
        <source>“{file}” does not hold the settings that made it.</source>
        <translation>「{file}」には作り方の情報がありません。</translation>
    </message>
    <message>
        <source>There is no device that could play sound.</source>
        <translation>音声を再生できるデバイスがありません。</translation>
    </message>
    <message>
        <source>Give the folder of a voice, or one of these names: {known}. VOICEVOX must run to offer its voices.</source>
        <translation>声のフォルダーか、次の名前のどれかを指定してください：{known}。VOICEVOX の声は起動している間だけ使えます。</translation>
    </message>
    <message>
        <source>“{path}” does not hold a voice.</source>
        <translation>「{path}」には声がありません。</translation>
    </message>
    <message>
        <source>“{file}” has the shape {shape}, not ({mels}, frames).</source>
        <translation>「{file}」の形は（{mels}, フレーム数）ではなく {shape} です。</translation>
    </message>
    <message>
        <source>Save the array in that shape.</source>
        <translation>配列をその形で保存してください。</translation>
    </message>
    <message>
        <source>The voice cannot read this text: {reason}.</source>
        <translation>声はこのテキストを読めません（{reason}）。</translation>
    </message>
    <message>
        <source>Write some words.</source>
        <translation>言葉を入力してください。</translation>
    </message>
    <message>
        <source>“{path}” is not a folder.</source>
        <translation>「{path}」はフォルダーではありません。</translation>
    </message>
    <message>
        <source>The voice “{voice}” has no {network} to start from.</source>
        <translation>声「{voice}」には、続きを学習できる {network} がありません。</translation>
    </message>
    <message>
        <source>There is neither a file nor playback.</source>
        <translation>音声の出力先が指定されていません。</translation>
    </message>
    <message>
        <source>The program at {address} is not an engine that the studio understands.</source>
        <translation>{address} で応答しているのは、スタジオが対応している音声合成エンジンではありません。</translation>
    </message>
    <message>
        <source>Check the address in the settings, and which program listens there.</source>
        <translation>設定のアドレスと、そこで動いているプログラムを確認してください。</translation>
    </message>
    <message>
        <source>The engine at {address} refused the request (HTTP {code}: {detail}).</source>
        <translation>{address} の音声合成エンジンに拒否されました（HTTP {code}：{detail}）。</translation>
    </message>
    <message>
        <source>Look at its log; it may be too old, or a file may be missing.</source>
        <translation>エンジンのログを確認してください。古すぎるか、ファイルが足りないのかもしれません。</translation>
    </message>
    <message>
        <source>Restart it, and try again.</source>
        <translation>起動し直して、もう一度試してください。</translation>
    </message>
    <message>
        <source>The sound “{sound}” does not exist any more.</source>
        <translation>音声「{sound}」はもうありません。</translation>
    </message>
    <message>
        <source>This run has no checkpoint to make a voice of yet.</source>
        <translation>この学習からは、まだ声を作れません。</translation>
    </message>
    <message>
        <source>Wait for its first preview.</source>
        <translation>最初のプレビューが出るまで待ってください。</translation>
    </message>
    <message>
        <source>The voices of {missing} of {lines} lines are not here. The lines keep them.</source>
        <translation>{lines}行のうち{missing}行は、声がまだ見つかっていません。声の指定は残してあります。</translation>
    </message>
    <message>
        <source>Start VOICEVOX, or the program they belong to, or choose voices (F3).</source>
        <translation>VOICEVOX など、その声のソフトを起動するか、別の声を選んでください（F3）。</translation>
    </message>
    <message>
        <source>Not everything in “{file}” is used here: {unused}.</source>
        <translation>「{file}」には、ここでは使われない項目があります：{unused}。</translation>
    </message>
    <message>
        <source>It is kept, and saved with the project.</source>
        <translation>これらは残してあり、プロジェクトと一緒に保存されます。</translation>
    </message>
    <message>
        <source>It may have {fields}.</source>
        <translation>使えるもの：{fields}</translation>
    </message>
    <message>
        <source>The pattern is empty.</source>
        <translation>ファイル名が空です。</translation>
    </message>
    <message>
        <source>Write for instance {number}_{text}.</source>
        <translation>たとえば {number}_{text} のように入力してください。</translation>
    </message>
    <message>
        <source>A preset&apos;s name has 1 to {longest} characters.</source>
        <translation>プリセットの名前は 1～{longest} 文字です。</translation>
    </message>
    <message>
        <source>There is a preset “{name}” already.</source>
        <translation>プリセット「{name}」はすでにあります。</translation>
    </message>
    <message>
        <source>Choose a file whose name ends in {suffix}.</source>
        <translation>末尾が {suffix} のファイルを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” was made by a newer Kirara Studio.</source>
        <translation>「{file}」は新しいバージョンの Kirara Studio で作られています。</translation>
    </message>
    <message>
        <source>“{file}” has no lines of speech.</source>
        <translation>「{file}」には話す行がありません。</translation>
    </message>
    <message>
        <source>Choose a project with texts in it.</source>
        <translation>テキストのあるプロジェクトを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” is empty.</source>
        <translation>「{file}」は空です。</translation>
    </message>
    <message>
        <source>Choose a file with text in it.</source>
        <translation>テキストの入ったファイルを選んでください。</translation>
    </message>
    <message>
        <source>This sound was not made of a text.</source>
        <translation>この音声はテキストから作られたものではありません。</translation>
    </message>
    <message>
        <source>A reading needs at least one kana.</source>
        <translation>読みにはかなが 1 文字以上必要です。</translation>
    </message>
    <message>
        <source>Write it in hiragana or katakana.</source>
        <translation>ひらがなかカタカナで入力してください。</translation>
    </message>
    <message>
        <source>Write the reading in hiragana or katakana.</source>
        <translation>読みはひらがなかカタカナで入力してください。</translation>
    </message>
    <message>
        <source>“{kana}” has no vowel that could be devoiced.</source>
        <translation>「{kana}」には無声化できる母音がありません。</translation>
    </message>
    <message>
        <source>Choose another mora.</source>
        <translation>別のモーラを選んでください。</translation>
    </message>
    <message>
        <source>Choose a JSON file that VOICEVOX exported.</source>
        <translation>VOICEVOX が書き出した JSON ファイルを選んでください。</translation>
    </message>
    <message>
        <source>The dictionary does not have this word any more.</source>
        <translation>この単語はもう辞書にありません。</translation>
    </message>
    <message>
        <source>Look at the list of its words again.</source>
        <translation>単語の一覧をもう一度確認してください。</translation>
    </message>
    <message>
        <source>Choose another of its voices, or start it again.</source>
        <translation>別の声を選ぶか、起動し直してください。</translation>
    </message>
    <message>
        <source>The engine at {address} answered with something that is not a sound.</source>
        <translation>{address} の音声合成エンジンから、音声ではないものが返りました。</translation>
    </message>
    <message>
        <source>Export it again from the program that made it.</source>
        <translation>作成したプログラムから書き出し直してください。</translation>
    </message>
    <message>
        <source>Write it in one line, with at most {longest} characters.</source>
        <translation>1 行、{longest} 文字以内で入力してください。</translation>
    </message>
    <message>
        <source>“{reading}” is not a reading.</source>
        <translation>「{reading}」は読みとして使えません。</translation>
    </message>
    <message>
        <source>The accent of “{reading}” cannot fall after mora {accent}.</source>
        <translation>「{reading}」のアクセントを {accent} モーラ目の後で下げることはできません。</translation>
    </message>
    <message>
        <source>Give a number from 0 (it does not fall) to {morae}, how many it has.</source>
        <translation>0（下げない）から {morae}（モーラの数）までの数を指定してください。</translation>
    </message>
    <message>
        <source>There is no kind of word called “{kind}”.</source>
        <translation>「{kind}」という品詞はありません。</translation>
    </message>
    <message>
        <source>Choose one of {kinds}.</source>
        <translation>次のどれかを選んでください：{kinds}</translation>
    </message>
    <message>
        <source>The priority of a word cannot be {priority}.</source>
        <translation>単語の優先度を {priority} にはできません。</translation>
    </message>
    <message>
        <source>Give a number from 0 to {highest}.</source>
        <translation>0 から {highest} までの数を指定してください。</translation>
    </message>
    <message>
        <source>Choose another one with --voice.</source>
        <translation>--voice で別の声を選んでください。</translation>
    </message>
    <message>
        <source>The studio cannot listen at {host}, port {port} ({reason}).</source>
        <translation>スタジオは {host} のポート {port} で待ち受けできません（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another address with --host: 127.0.0.1 is this computer alone.</source>
        <translation>--host で別のアドレスを選んでください（127.0.0.1 はこのコンピューターのみ）。</translation>
    </message>
    <message>
        <source>Port {port} is in use: another program, perhaps VOICEVOX, listens there.</source>
        <translation>ポート {port} は別のプログラム（VOICEVOX など）が使用中です。</translation>
    </message>
    <message>
        <source>Port {port} may not be used.</source>
        <translation>ポート {port} を使う権限がありません。</translation>
    </message>
    <message>
        <source>{port} is not a port.</source>
        <translation>{port} はポート番号ではありません。</translation>
    </message>
    <message>
        <source>Choose one from 1 to 65535.</source>
        <translation>1 から 65535 の間にしてください。</translation>
    </message>
    <message>
        <source>The sound device is gone.</source>
        <translation>音声デバイスが見つからなくなりました。</translation>
    </message>
    <message>
        <source>There is nothing to say in this text.</source>
        <translation>このテキストには読み上げるものがありません。</translation>
    </message>
    <message>
        <source>Write some words that the voice can read.</source>
        <translation>声が読める言葉を入力してください。</translation>
    </message>
    <message>
        <source>Choose a sound that this studio saved.</source>
        <translation>このスタジオで保存した音声を選んでください。</translation>
    </message>
    <message>
        <source>Sound cannot be saved as “{file}”.</source>
        <translation>「{file}」という名前では音声を保存できません。</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>「{path}」を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>“{file}” is damaged, or of another format ({reason}).</source>
        <translation>「{file}」は壊れているか、別の形式です（{reason}）。</translation>
    </message>
    <message>
        <source>“{file}” holds a word that cannot be used: {reason}</source>
        <translation>「{file}」に使用できない単語があります：{reason}</translation>
    </message>
    <message>
        <source>Correct it in the program that made the file, and export it again.</source>
        <translation>ファイルを作成したプログラムで修正し、もう一度書き出してください。</translation>
    </message>
    <message>
        <source>“{text}” is not a number and a voice.</source>
        <translation>「{text}」は、番号と声の組になっていません。</translation>
    </message>
    <message>
        <source>Write --speaker 1=kirara.</source>
        <translation>--speaker 1=kirara のように書いてください。</translation>
    </message>
    <message>
        <source>End that program, or choose another port.</source>
        <translation>そのプログラムを終了するか、別のポートを選んでください。</translation>
    </message>
    <message>
        <source>Choose one above 1023.</source>
        <translation>1024 以上のポートを選んでください。</translation>
    </message>
    <message>
        <source>The sound would be too long.</source>
        <translation>音声が長すぎます。</translation>
    </message>
    <message>
        <source>Divide the text into several requests.</source>
        <translation>テキストを複数回に分けてください。</translation>
    </message>
    <message>
        <source>Choose a name that ends in {suffixes}.</source>
        <translation>末尾が {suffixes} の名前にしてください。</translation>
    </message>
    <message>
        <source>The sound device cannot be opened ({reason}).</source>
        <translation>音声デバイスを開けません（{reason}）。</translation>
    </message>
    <message>
        <source>Close other programs that use it, choose another device, or start the system&apos;s sound again. Saving sound works without it.</source>
        <translation>使用中のプログラムを閉じるか、別のデバイスを選ぶか、システムの音声を起動し直してください。音声の書き出しはこのままでもできます。</translation>
    </message>
    <message>
        <source>The sound system does not answer.</source>
        <translation>システムの音声が応答しません。</translation>
    </message>
    <message>
        <source>Start the sound server again, then the studio. Saving sound works without it.</source>
        <translation>サウンドサーバーを起動し直してから、スタジオを起動し直してください。音声の書き出しはこのままでもできます。</translation>
    </message>
    <message>
        <source>Connect a device, or start the sound server (PipeWire or PulseAudio). ALSA needs a plugin to reach it: pipewire-alsa or libasound2-plugins. Saving sound works without all that.</source>
        <translation>デバイスを接続するか、サウンドサーバー（PipeWire または PulseAudio）を起動してください。ALSA から使うには pipewire-alsa か libasound2-plugins が必要です。音声の書き出しはこのままでもできます。</translation>
    </message>
    <message>
        <source>Connect headphones or loudspeakers. Saving sound works without them.</source>
        <translation>ヘッドホンかスピーカーを接続してください。音声の書き出しはこのままでもできます。</translation>
    </message>
    <message>
        <source>Sound cannot be played: PortAudio is not installed.</source>
        <translation>PortAudio がインストールされていないため、音声を再生できません。</translation>
    </message>
    <message>
        <source>Install libportaudio2 (Debian, Ubuntu, openSUSE) or portaudio (Fedora, Arch) with your system&apos;s packages. Saving sound works without it.</source>
        <translation>システムのパッケージで libportaudio2（Debian、Ubuntu、openSUSE）か portaudio（Fedora、Arch）をインストールしてください。音声の書き出しはこのままでもできます。</translation>
    </message>
    <message>
        <source>Install the Python package “sounddevice” again, which brings it along.</source>
        <translation>Python パッケージ「sounddevice」をインストールし直してください。PortAudio も一緒に入ります。</translation>
    </message>
    <message>
        <source>“{file}” cannot be used: {reason}.</source>
        <translation>「{file}」を使用できません（{reason}）。</translation>
    </message>
    <message>
        <source>The voice “{voice}” has no Text2Mel, so it cannot read a text.</source>
        <translation>声「{voice}」には Text2Mel がないため、文を読めません。</translation>
    </message>
    <message>
        <source>Import or train one for it, or choose another voice.</source>
        <translation>取り込むか学習させるか、別の声を選んでください。</translation>
    </message>
    <message>
        <source>The networks of the voice “{voice}” do not belong together: one makes “{made}” features, the other reads “{read}”.</source>
        <translation>声「{voice}」のネットワークの組み合わせが合いません。一方が作る特徴量は「{made}」、もう一方が読むのは「{read}」です。</translation>
    </message>
    <message>
        <source>Put networks in its folder that were trained on the same recordings.</source>
        <translation>同じ録音で学習したネットワークをフォルダーに入れてください。</translation>
    </message>
    <message>
        <source>“{file}” holds a “{architecture}”, not a network of a voice.</source>
        <translation>「{file}」は「{architecture}」で、声のネットワークではありません。</translation>
    </message>
    <message>
        <source>These are two networks of the same kind.</source>
        <translation>同じ種類のネットワークがふたつあります。</translation>
    </message>
    <message>
        <source>Give one Text2Mel and one SSRN at most.</source>
        <translation>Text2Mel と SSRN をそれぞれひとつまでにしてください。</translation>
    </message>
    <message>
        <source>There is no voice “{name}”.</source>
        <translation>声「{name}」はありません。</translation>
    </message>
    <message>
        <source>A voice is a folder with “{text2mel}” and “{ssrn}”.</source>
        <translation>声は「{text2mel}」と「{ssrn}」の入ったフォルダーです。</translation>
    </message>
    <message>
        <source>Choose the folder of a voice.</source>
        <translation>声のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” is a folder.</source>
        <translation>「{file}」はフォルダーです。</translation>
    </message>
    <message>
        <source>Drop a project, a voice, a text or a sound that was saved here.</source>
        <translation>プロジェクト、声、テキスト、またはここで保存した音声をドロップしてください。</translation>
    </message>
    <message>
        <source>The server ended: {reason}</source>
        <translation>サーバーが終了しました：{reason}</translation>
    </message>
    <message>
        <source>Switch it off and on again, or choose another port.</source>
        <translation>一度オフにしてからオンにするか、別のポートを選んでください。</translation>
    </message>
    <message>
        <source>The voice “{voice}” is not here.</source>
        <translation>声「{voice}」が見つかりません。</translation>
    </message>
    <message>
        <source>Choose another one for the line, or start the program that it belongs to.</source>
        <translation>行に別の声を選ぶか、その声のプログラムを起動してください。</translation>
    </message>
</context>
<context>
    <name>speech</name>
    <message>
        <source>Speech</source>
        <translation>音声合成</translation>
    </message>
    <message>
        <source>Type, and listen</source>
        <translation>文字を声に</translation>
    </message>
    <message>
        <source>Play the line</source>
        <translation>行を再生</translation>
    </message>
    <message>
        <source>Play from this line on</source>
        <translation>この行から再生</translation>
    </message>
    <message>
        <source>Save lines as sound…</source>
        <translation>行を音声ファイルに書き出す…</translation>
    </message>
    <message>
        <source>Open a project, a text or a sound…</source>
        <translation>プロジェクト・テキスト・音声を開く…</translation>
    </message>
    <message>
        <source>Train a voice</source>
        <translation>声を学習させる</translation>
    </message>
    <message>
        <source>A shared voice</source>
        <translation>共有された声</translation>
    </message>
    <message>
        <source>Text2Mel or SSRN of the blog (chainer)</source>
        <translation>ブログの Text2Mel または SSRN（chainer）</translation>
    </message>
    <message>
        <source>Not saved yet (Ctrl+S)</source>
        <translation>まだ保存されていません (Ctrl+S)</translation>
    </message>
    <message>
        <source>This voice</source>
        <translation>この声</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>Hear the line (Space, and Ctrl+Space while typing)</source>
        <translation>この行を再生します (スペース、入力中は Ctrl+スペース)</translation>
    </message>
    <message>
        <source>Drop a project to open it, a voice to import it, or a text or a sound saved here for its lines</source>
        <translation>プロジェクトをドロップすると開き、声をドロップすると取り込みます。テキストや、ここで保存した音声は行になります</translation>
    </message>
    <message>
        <source>Projects, dictionary and more</source>
        <translation>プロジェクト、辞書など</translation>
    </message>
    <message>
        <source>More</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Project as…</source>
        <translation>プロジェクトを別名で保存…</translation>
    </message>
    <message>
        <source>Lines as sound…</source>
        <translation>音声書き出し…</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>プロジェクト</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>文字の入力</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>行の追加</translation>
    </message>
    <message>
        <source>Join the lines</source>
        <translation>行の結合</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>声</translation>
    </message>
    <message>
        <source>Speaking style</source>
        <translation>話し方</translation>
    </message>
    <message>
        <source>Reset the line</source>
        <translation>行のリセット</translation>
    </message>
    <message>
        <source>Not read: {0}</source>
        <translation>読まれない文字：{0}</translation>
    </message>
    <message>
        <source>No voice can read these characters; they are underlined in the line.
Write what shall be said instead, or add them to the dictionary.</source>
        <translation>読み方が決まらない文字です（行では下線が付きます）。
かなで書くか、辞書に登録すると読み上げられます。</translation>
    </message>
    <message>
        <source>Play the line to see its sound here.</source>
        <translation>行を再生すると、ここに音声が表示されます。</translation>
    </message>
    <message>
        <source>Changed since</source>
        <translation>変更あり</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>A new line below (Ctrl+L)</source>
        <translation>下に行を追加します (Ctrl+L)</translation>
    </message>
    <message>
        <source>From here</source>
        <translation>ここから再生</translation>
    </message>
    <message>
        <source>Hear this line and all that follow (Shift+Space)</source>
        <translation>この行から最後まで続けて再生します (Shift+スペース)</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音声</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>アテンション</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Sound: the waveform. Spectrogram: how loud each pitch is, in mels. Attention: which symbol the network reads at which moment; a straight line is good. A click plays from there.</source>
        <translation>音：波形。スペクトログラム：高さごとの強さ（メル）。アテンション：ネットワークがどの記号をいつ読むか（まっすぐなほどよい）。クリックしたところから再生します。</translation>
    </message>
    <message>
        <source>Dictionary</source>
        <translation>読み方＆アクセント辞書</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>単語</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>単語</translation>
    </message>
    <message>
        <source>Read (katakana)</source>
        <translation>読み（カタカナ）</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>品詞</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>優先度</translation>
    </message>
    <message>
        <source>New word</source>
        <translation>単語を追加</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>読み込む…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出す…</translation>
    </message>
    <message>
        <source>Save the words for VOICEVOX, or for another studio</source>
        <translation>VOICEVOXや別のスタジオのために単語を保存します</translation>
    </message>
    <message>
        <source>10: chosen before nearly any other word. 0: hardly ever.</source>
        <translation>10：ほぼ必ず優先。0：ほとんど使われません。</translation>
    </message>
    <message>
        <source>Import the words of a dictionary that VOICEVOX exported</source>
        <translation>VOICEVOXが書き出した辞書の単語を取り込みます</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>試聴</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Click where the pitch falls</source>
        <translation>音が下がる位置をクリック</translation>
    </message>
    <message>
        <source>Write the reading first.</source>
        <translation>先に読みを入力してください。</translation>
    </message>
    <message>
        <source>Import words</source>
        <translation>単語の読み込み</translation>
    </message>
    <message>
        <source>Words imported: {0}.</source>
        <translation>{0}語を取り込みました。</translation>
    </message>
    <message>
        <source>Already known, and not changed: {0}.</source>
        <translation>{0}語は登録済みのため、変更していません。</translation>
    </message>
    <message>
        <source>Export the words</source>
        <translation>単語の書き出し</translation>
    </message>
    <message>
        <source>Words saved to “{1}”: {0}.</source>
        <translation>{0}語を「{1}」に保存しました。</translation>
    </message>
    <message>
        <source>Dictionaries of VOICEVOX ({0})</source>
        <translation>VOICEVOXの辞書 ({0})</translation>
    </message>
    <message>
        <source>Proper noun</source>
        <translation>固有名詞</translation>
    </message>
    <message>
        <source>Common noun</source>
        <translation>普通名詞</translation>
    </message>
    <message>
        <source>Verb</source>
        <translation>動詞</translation>
    </message>
    <message>
        <source>Adjective</source>
        <translation>形容詞</translation>
    </message>
    <message>
        <source>Suffix</source>
        <translation>語尾</translation>
    </message>
    <message>
        <source>Save as sound</source>
        <translation>音声の書き出し</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>選択した行</translation>
    </message>
    <message>
        <source>All, each</source>
        <translation>すべて（1行ずつ）</translation>
    </message>
    <message>
        <source>All in one</source>
        <translation>すべて（つなげて）</translation>
    </message>
    <message>
        <source>What</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>{number}, {voice}, {text} and {project} stand for what they name.</source>
        <translation>{number}（番号）、{voice}（声）、{text}（テキスト）、{project}（プロジェクト名）が使えます。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Replace files that are there already</source>
        <translation>同名のファイルがあれば上書きする</translation>
    </message>
    <message>
        <source>The text beside it (.txt)</source>
        <translation>テキストも書き出す (.txt)</translation>
    </message>
    <message>
        <source>The times of the morae beside it (.lab)</source>
        <translation>モーラの時刻も書き出す (.lab)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>These lines have no text.</source>
        <translation>読み上げる文がありません。</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>ほか {0} 件</translation>
    </message>
    <message>
        <source>{0} of these files will be replaced.</source>
        <translation>このうち {0} 件のファイルを置き換えます。</translation>
    </message>
    <message>
        <source>Save {0} files</source>
        <translation>{0} 件を書き出す</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>書き出す</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>フォルダーを選ぶ</translation>
    </message>
    <message>
        <source>Saving sound</source>
        <translation>音声を書き出しています</translation>
    </message>
    <message>
        <source>Saved {0} files in {1}</source>
        <translation>{1} に {0} 件のファイルを書き出しました</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
    <message>
        <source>damaged lines ({0})</source>
        <translation>壊れた行（{0}）</translation>
    </message>
    <message>
        <source>damaged readings ({0})</source>
        <translation>壊れた読み（{0}）</translation>
    </message>
    <message>
        <source>morphing ({0})</source>
        <translation>モーフィング（{0}）</translation>
    </message>
    <message>
        <source>presets ({0})</source>
        <translation>プリセット（{0}）</translation>
    </message>
    <message>
        <source>songs ({0})</source>
        <translation>ソング（{0}）</translation>
    </message>
    <message>
        <source>unknown values ({0})</source>
        <translation>未対応の項目（{0}）</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Projects, texts and sounds ({0})</source>
        <translation>プロジェクト・テキスト・音声 ({0})</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>プロジェクトを保存</translation>
    </message>
    <message>
        <source>Projects of Speech ({0})</source>
        <translation>音声のプロジェクト ({0})</translation>
    </message>
    <message>
        <source>Unsaved lines</source>
        <translation>保存されていない行</translation>
    </message>
    <message>
        <source>Save the changes to “{0}” first?</source>
        <translation>「{0}」への変更を先に保存しますか？</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>ファイルから</translation>
    </message>
    <message>
        <source>Import a voice</source>
        <translation>声を取り込む</translation>
    </message>
    <message>
        <source>Networks of a voice ({0})</source>
        <translation>声のネットワーク ({0})</translation>
    </message>
    <message>
        <source>Importing a voice</source>
        <translation>声を取り込んでいます</translation>
    </message>
    <message>
        <source>Write something in the line first.</source>
        <translation>先に行に文を入力してください。</translation>
    </message>
    <message>
        <source>The accents of what you write appear here.</source>
        <translation>入力した文のアクセントがここに表示されます。</translation>
    </message>
    <message>
        <source>This voice reads Latin letters as they are written: it has no accents or pitches to edit.</source>
        <translation>この声はローマ字をそのまま読みます。調整できるアクセントやピッチはありません。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>読み取り中…</translation>
    </message>
    <message>
        <source>There is nothing to say in this line.</source>
        <translation>この行には読み上げるものがありません。</translation>
    </message>
    <message>
        <source>The voice “{0}” was imported.</source>
        <translation>声「{0}」を取り込みました。</translation>
    </message>
    <message>
        <source>Add to the dictionary…</source>
        <translation>辞書に追加…</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>台本の行</translation>
    </message>
    <message>
        <source>Text of the line</source>
        <translation>行のテキスト</translation>
    </message>
    <message>
        <source>Type a text; Enter begins the next line</source>
        <translation>話す文を入力。Enter で次の行へ</translation>
    </message>
    <message>
        <source>How fast: 1 is the voice&apos;s own tempo</source>
        <translation>話す速さ。1 が声本来の速さです</translation>
    </message>
    <message>
        <source>Semitones higher or lower</source>
        <translation>高さを半音単位で変えます</translation>
    </message>
    <message>
        <source>How far the pitch moves: 0 is flat</source>
        <translation>抑揚の大きさ。0 で平らになります</translation>
    </message>
    <message>
        <source>How loud: 1 is the voice&apos;s own</source>
        <translation>声の大きさ。1 が声本来の音量です</translation>
    </message>
    <message>
        <source>How long pauses are: 1 is the voice&apos;s own</source>
        <translation>間の長さ。1 が声本来の長さです</translation>
    </message>
    <message>
        <source>Silence before the line, in seconds</source>
        <translation>行の前の無音（秒）</translation>
    </message>
    <message>
        <source>Silence after the line, in seconds</source>
        <translation>行の後の無音（秒）</translation>
    </message>
    <message>
        <source>A double click resets it.</source>
        <translation>ダブルクリックで元に戻ります。</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>話速</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>Intonation</source>
        <translation>抑揚</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Pauses</source>
        <translation>間の長さ</translation>
    </message>
    <message>
        <source>Silence before</source>
        <translation>開始無音</translation>
    </message>
    <message>
        <source>Silence after</source>
        <translation>終了無音</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>ここから再生</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上へ移動</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下へ移動</translation>
    </message>
    <message>
        <source>Copy the texts</source>
        <translation>テキストをコピー</translation>
    </message>
    <message>
        <source>Paste as lines</source>
        <translation>行として貼り付け</translation>
    </message>
    <message>
        <source>Reset the readings</source>
        <translation>読みとアクセントをリセット</translation>
    </message>
    <message>
        <source>Save as sound…</source>
        <translation>音声を書き出す…</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新規プロジェクト</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>開く…</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近使ったプロジェクト</translation>
    </message>
    <message>
        <source>Dictionary…</source>
        <translation>読み方＆アクセント辞書…</translation>
    </message>
    <message>
        <source>Import a voice…</source>
        <translation>声を取り込む…</translation>
    </message>
    <message>
        <source>Accent</source>
        <translation>アクセント</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>Devoice</source>
        <translation>無声化</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>間</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>アクセント句の結合</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>アクセント句の分割</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>疑問文</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>読み</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>リセット</translation>
    </message>
    <message>
        <source>Accent here</source>
        <translation>ここで下げる</translation>
    </message>
    <message>
        <source>Flat (no fall)</source>
        <translation>平板（下げない）</translation>
    </message>
    <message>
        <source>Devoice the vowel</source>
        <translation>母音を無声化</translation>
    </message>
    <message>
        <source>Higher</source>
        <translation>高く</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>低く</translation>
    </message>
    <message>
        <source>Longer</source>
        <translation>長く</translation>
    </message>
    <message>
        <source>Shorter</source>
        <translation>短く</translation>
    </message>
    <message>
        <source>Pause after the phrase</source>
        <translation>アクセント句の後に間</translation>
    </message>
    <message>
        <source>Longer pause</source>
        <translation>間を長く</translation>
    </message>
    <message>
        <source>Shorter pause</source>
        <translation>間を短く</translation>
    </message>
    <message>
        <source>Split before this mora</source>
        <translation>このモーラの前で分割</translation>
    </message>
    <message>
        <source>Join with the next phrase</source>
        <translation>次のアクセント句と結合</translation>
    </message>
    <message>
        <source>Another reading…</source>
        <translation>読みを変更…</translation>
    </message>
    <message>
        <source>Reset this mora</source>
        <translation>モーラをリセット</translation>
    </message>
    <message>
        <source>Reset this phrase</source>
        <translation>アクセント句をリセット</translation>
    </message>
    <message>
        <source>Accents and pitch</source>
        <translation>アクセントとイントネーション</translation>
    </message>
    <message>
        <source>Accents and pitch (F4)</source>
        <translation>アクセントとイントネーション (F4)</translation>
    </message>
    <message>
        <source>← → mora · Shift+↑↓ pitch · Shift+←→ length · A accent · D devoice · P pause
[ ] length of the pause · J join · S split · Q question · Enter reading · Del reset</source>
        <translation>← → モーラ移動 · Shift+↑↓ 高さ · Shift+←→ 長さ · A アクセント · D 無声化 · P 間
[ ] 間の長さ · J 結合 · S 分割 · Q 疑問 · Enter 読み · Del リセット</translation>
    </message>
    <message>
        <source>Reset the line: as the dictionary reads it (Ctrl+Del)</source>
        <translation>行をリセットし、辞書どおりの読みに戻します (Ctrl+Del)</translation>
    </message>
    <message>
        <source>the pitch falls after it</source>
        <translation>この後で下がる</translation>
    </message>
    <message>
        <source>devoiced</source>
        <translation>無声化</translation>
    </message>
    <message>
        <source>question</source>
        <translation>疑問</translation>
    </message>
    <message>
        <source>{0} semitones</source>
        <translation>{0} 半音</translation>
    </message>
    <message>
        <source>{0} times as long</source>
        <translation>長さ {0} 倍</translation>
    </message>
    <message>
        <source>Click: the pitch falls after this mora (A)</source>
        <translation>クリック：このモーラの後で下げる (A)</translation>
    </message>
    <message>
        <source>Drag up and down: pitch (Shift+↑↓)</source>
        <translation>上下にドラッグ：高さ (Shift+↑↓)</translation>
    </message>
    <message>
        <source>Double click: another reading (F2)</source>
        <translation>ダブルクリック：読みを変更 (F2)</translation>
    </message>
    <message>
        <source>Click: devoice the vowel (D)</source>
        <translation>クリック：母音を無声化 (D)</translation>
    </message>
    <message>
        <source>Drag or turn the wheel: length (Shift+←→)</source>
        <translation>ドラッグまたはホイール：長さ (Shift+←→)</translation>
    </message>
    <message>
        <source>Click: split the phrase here (S)</source>
        <translation>クリック：ここでアクセント句を分割 (S)</translation>
    </message>
    <message>
        <source>Click: a question, or not (Q)</source>
        <translation>クリック：疑問にする・やめる (Q)</translation>
    </message>
    <message>
        <source>Click: a pause (P). Drag or wheel: length</source>
        <translation>クリック：間を入れる (P)。ドラッグまたはホイール：間の長さ</translation>
    </message>
    <message>
        <source>The voice has an input for it.</source>
        <translation>声そのものが対応しています。</translation>
    </message>
    <message>
        <source>This voice does not support it.</source>
        <translation>この声では使えません。</translation>
    </message>
    <message>
        <source>Click: join the phrases (J)</source>
        <translation>クリック：アクセント句を結合 (J)</translation>
    </message>
    <message>
        <source>{0} times as long as the voice&apos;s own</source>
        <translation>声本来の{0}倍の長さ</translation>
    </message>
    <message>
        <source>The frames of the voice are stretched.</source>
        <translation>声のフレームを伸縮します。</translation>
    </message>
    <message>
        <source>Done on the finished sound (WORLD), so keep it small.</source>
        <translation>できた音声を加工します (WORLD)。控えめが自然です。</translation>
    </message>
    <message>
        <source>accent</source>
        <translation>アクセント</translation>
    </message>
    <message>
        <source>pitch</source>
        <translation>高さ</translation>
    </message>
    <message>
        <source>length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>By the voice itself: {0}</source>
        <translation>声そのもの：{0}</translation>
    </message>
    <message>
        <source>Stretched frames: {0}</source>
        <translation>フレームの伸縮：{0}</translation>
    </message>
    <message>
        <source>On the finished sound (WORLD): {0}</source>
        <translation>音声の加工 (WORLD)：{0}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>・</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>プリセットとして保存…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Preset “{0}”</source>
        <translation>プリセット「{0}」</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>プリセットとして保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>A voice and a speaking style under a name, for the selected lines</source>
        <translation>声と話し方に名前を付けて、選択した行に使えます</translation>
    </message>
    <message>
        <source>What was spoken</source>
        <translation>話した音声</translation>
    </message>
    <message>
        <source>This voice has no attention: it has no Text2Mel.</source>
        <translation>この声にはアテンションがありません（Text2Mel がないため）。</translation>
    </message>
    <message>
        <source>With the studio</source>
        <translation>付属の声</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>自分の声</translation>
    </message>
    <message>
        <source>Always there</source>
        <translation>いつでも使える声</translation>
    </message>
    <message>
        <source>90 minutes, 1,416 sentences (ITA corpus, Unlicense; ROHAN4600, CC0), and 27 minutes, 603 sentences put together by program, of a synthetic Japanese voice (Kokoro-82M, jf_alpha, Apache-2.0); 40 held out</source>
        <translation>日本語の合成音声（Kokoro-82M、jf_alpha、Apache-2.0）：ITAコーパス（Unlicense）とROHAN4600（CC0）の90分、1,416文と、プログラムで組み立てた27分、603文（うち40文は評価用）</translation>
    </message>
    <message>
        <source>This voice is not here.</source>
        <translation>この声は見つかりません。</translation>
    </message>
    <message>
        <source>Terms of use: {0}</source>
        <translation>利用規約：{0}</translation>
    </message>
    <message>
        <source>Changes go to all {0} selected lines.</source>
        <translation>変更は選択中の {0} 行すべてに適用されます。</translation>
    </message>
    <message>
        <source>About the voice</source>
        <translation>声について</translation>
    </message>
    <message>
        <source>Choose a voice (F3)</source>
        <translation>声を選びます (F3)</translation>
    </message>
    <message>
        <source>Open JTalk&apos;s voice “mei”, without a network of its own. CC BY 3.0.</source>
        <translation>Open JTalk の声「mei」。ニューラルネットは使いません。CC BY 3.0。</translation>
    </message>
    <message>
        <source>A voice of {0}, at {1}</source>
        <translation>{0} の声（{1}）</translation>
    </message>
    <message>
        <source>Trained on: {0}</source>
        <translation>学習データ：{0}</translation>
    </message>
    <message>
        <source>Licence: {0}</source>
        <translation>ライセンス：{0}</translation>
    </message>
    <message>
        <source>It has no Text2Mel, so it cannot read.</source>
        <translation>Text2Mel がないため、文を読めません。</translation>
    </message>
    <message>
        <source>It has no SSRN, so it sounds muffled.</source>
        <translation>SSRN がないため、こもった音になります。</translation>
    </message>
    <message>
        <source>Voice: {0}</source>
        <translation>声：{0}</translation>
    </message>
    <message>
        <source>Address of a voice engine</source>
        <translation>音声合成エンジンのアドレス</translation>
    </message>
    <message>
        <source>VOICEVOX, SHAREVOX, COEIROINK and AivisSpeech are found automatically on this computer. Fill this in for an engine on another one.</source>
        <translation>このコンピューターで動いている VOICEVOX、SHAREVOX、COEIROINK、AivisSpeech は自動で見つかります。別のコンピューターのエンジンを使うときに入力してください。</translation>
    </message>
    <message>
        <source>Serve programs written for VOICEVOX</source>
        <translation>VOICEVOX 互換サーバー</translation>
    </message>
    <message>
        <source>They speak with the studio&apos;s voices while the studio runs.</source>
        <translation>スタジオの起動中、対応ソフトがここの声でしゃべれるようになります。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>ポート</translation>
    </message>
    <message>
        <source>VOICEVOX&apos;s own is 50021.</source>
        <translation>VOICEVOX は 50021</translation>
    </message>
    <message>
        <source>Accept any speaker number</source>
        <translation>どの話者番号でも受け付ける</translation>
    </message>
    <message>
        <source>For programs with a fixed number: the first voice speaks.</source>
        <translation>話者番号が固定のソフト向けです。一覧の最初の声でしゃべります。</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>読み上げ</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>lines of the table without a sound</source>
        <translation>表にあるのに音声ファイルが見つからない行</translation>
    </message>
    <message>
        <source>files that cannot be used</source>
        <translation>使えないファイル（破損・長すぎる・短すぎるなど）</translation>
    </message>
    <message>
        <source>silent from end to end</source>
        <translation>最初から最後まで無音</translation>
    </message>
    <message>
        <source>texts that cannot be read</source>
        <translation>読み上げられないテキスト</translation>
    </message>
    <message>
        <source>the text does not fit the sound</source>
        <translation>テキストと音声が合っていない</translation>
    </message>
    <message>
        <source>the same sound with another text</source>
        <translation>同じ音声に別のテキストが付いている</translation>
    </message>
    <message>
        <source>the same sound and text again</source>
        <translation>同じ音声とテキストの重複</translation>
    </message>
    <message>
        <source>noisy: the background is loud</source>
        <translation>雑音：背景の音が大きい</translation>
    </message>
    <message>
        <source>a constant offset (DC)</source>
        <translation>波形の中心のずれ（直流成分）</translation>
    </message>
    <message>
        <source>sounds without a line in the table</source>
        <translation>表に載っていない音声ファイル</translation>
    </message>
    <message>
        <source>spoken much faster or slower than the others</source>
        <translation>ほかより極端に速い、または遅い話し方</translation>
    </message>
    <message>
        <source>clipped: recorded too loudly</source>
        <translation>音割れ：録音の音量が大きすぎる</translation>
    </message>
    <message>
        <source>dull: fewer than 16,000 samples a second</source>
        <translation>こもった音：サンプリング周波数が 16 kHz 未満</translation>
    </message>
    <message>
        <source>coarse: fewer than 16 bits a sample</source>
        <translation>粗い音：16 ビット未満</translation>
    </message>
    <message>
        <source>much louder or softer than the others</source>
        <translation>ほかより極端に大きい、または小さい音量</translation>
    </message>
    <message>
        <source>channels that cancel each other out</source>
        <translation>左右のチャンネルが打ち消し合っている</translation>
    </message>
    <message>
        <source>long silence at the beginning or the end</source>
        <translation>最初または最後に長い無音</translation>
    </message>
    <message>
        <source>{0} recordings, {2} minutes of speech</source>
        <translation>録音 {0} 件、音声 {2} 分</translation>
    </message>
    <message>
        <source>{1} of {0} recordings can be used, {2} minutes of speech</source>
        <translation>録音 {0} 件のうち {1} 件が使えます。音声 {2} 分</translation>
    </message>
    <message>
        <source>None of them can be learnt from.</source>
        <translation>学習に使える録音がありません。</translation>
    </message>
    <message>
        <source>No problems were found.</source>
        <translation>問題は見つかりませんでした。</translation>
    </message>
    <message>
        <source>Skipped recordings are not learnt from; the others are.</source>
        <translation>除外した録音は学習に使いません。残りはすべて使います。</translation>
    </message>
    <message>
        <source>All of them are learnt from. Listen to these:</source>
        <translation>すべて学習に使います。次の録音は聴いて確かめてください。</translation>
    </message>
    <message>
        <source>That is very little. Read some hundred sentences more, if you can.</source>
        <translation>とても少ない量です。できれば、あと数百文ほど録音してください。</translation>
    </message>
    <message>
        <source>Click a name to hear the recording</source>
        <translation>名前をクリックすると録音を再生します</translation>
    </message>
    <message>
        <source>{0} (skipped)</source>
        <translation>{0}（除外）</translation>
    </message>
    <message>
        <source>For hours of recordings, and days of training.</source>
        <translation>数時間分の録音と、数日間の学習が必要です。</translation>
    </message>
    <message>
        <source>It learns to sound like the recordings, also from few.</source>
        <translation>録音の声に近づくように学習します。少ない録音でも始められます。</translation>
    </message>
    <message>
        <source>Drop a folder with recordings and their texts here</source>
        <translation>録音とテキストの入ったフォルダーをここにドロップ</translation>
    </message>
    <message>
        <source>The recordings are being checked…</source>
        <translation>録音を確認しています…</translation>
    </message>
    <message>
        <source>A table “metadata.csv” (id|text) and the sounds in “wavs”, as in LJSpeech, or “transcript_utf8.txt” and “wav”, as in JSUT. Nothing leaves this computer.</source>
        <translation>LJSpeech 形式（metadata.csv に「id|テキスト」、音声は wavs）か、JSUT 形式（transcript_utf8.txt と wav）に対応しています。データがこのコンピューターの外に出ることはありません。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>学習の出発点</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>学習するネットワーク</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>両方</translation>
    </message>
    <message>
        <source>Text2Mel reads the text; SSRN makes the sound clear.</source>
        <translation>Text2Mel は文を読み、SSRN は音を鮮明にします。</translation>
    </message>
    <message>
        <source>From scratch</source>
        <translation>最初から学習</translation>
    </message>
    <message>
        <source>Reading the recordings: {0} of {1}</source>
        <translation>録音を読み込んでいます：{0} / {1}</translation>
    </message>
    <message>
        <source>{0}: step {1} of {2}</source>
        <translation>{0}：ステップ {1} / {2}</translation>
    </message>
    <message>
        <source>about {0} h {1} min left</source>
        <translation>残り約 {0} 時間 {1} 分</translation>
    </message>
    <message>
        <source>The progress of a training is drawn here.</source>
        <translation>学習の経過がここに描かれます。</translation>
    </message>
    <message>
        <source>Previews of the training are shown here.</source>
        <translation>学習のプレビューがここに表示されます。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Hear it</source>
        <translation>試聴</translation>
    </message>
    <message>
        <source>A held-out sentence, as the network pronounces it now</source>
        <translation>学習に使っていない文を、いまのネットワークで読み上げたものです</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>誤差</translation>
    </message>
    <message>
        <source>distance, unheard sentences</source>
        <translation>誤差（未学習の文）</translation>
    </message>
    <message>
        <source>sharpness of attention</source>
        <translation>アテンションの鋭さ</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>スペクトログラム</translation>
    </message>
    <message>
        <source>A folder with recordings</source>
        <translation>録音のフォルダー</translation>
    </message>
    <message>
        <source>Checking the recordings</source>
        <translation>録音の確認</translation>
    </message>
    <message>
        <source>Making a voice</source>
        <translation>声の作成</translation>
    </message>
    <message>
        <source>“{0}” is among your voices now.</source>
        <translation>「{0}」を自分の声に追加しました。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止しています…</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>学習を始める</translation>
    </message>
    <message>
        <source>Name of the voice</source>
        <translation>声の名前</translation>
    </message>
    <message>
        <source>Make a voice of it</source>
        <translation>この学習結果から声を作る</translation>
    </message>
    <message>
        <source>Train on them next</source>
        <translation>次に学習する</translation>
    </message>
    <message>
        <source>Nothing is being trained</source>
        <translation>学習中の声はありません</translation>
    </message>
    <message>
        <source>Reading the recordings…</source>
        <translation>録音を読み込んでいます…</translation>
    </message>
    <message>
        <source>Learning to speak</source>
        <translation>話し方を学習しています</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>アドレスをコピーしました。</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>起動しています…</translation>
    </message>
    <message>
        <source>For other programs</source>
        <translation>ほかのソフトから使う</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>アドレスをコピー</translation>
    </message>
    <message>
        <source>Copy the address {0}</source>
        <translation>アドレス {0} をコピー</translation>
    </message>
    <message>
        <source>Style {0} of {1}</source>
        <translation>{1} のスタイル {0}</translation>
    </message>
</context>
</TS>
