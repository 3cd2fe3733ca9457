<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>errors</name>
    <message>
        <source>There are no pictures in “{folder}”.</source>
        <translation>「{folder}」に画像がありません。</translation>
    </message>
    <message>
        <source>Choose pictures, or folders with PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP.</source>
        <translation>PNG・JPEG・WebP・AVIF・GIF・TIFF・BMP の画像か、それを含むフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” does not fit into memory.</source>
        <translation>「{file}」はメモリーに収まりません。</translation>
    </message>
    <message>
        <source>Save it smaller.</source>
        <translation>小さくして保存し直してください。</translation>
    </message>
    <message>
        <source>A model is of one method already.</source>
        <translation>モデルの方式はもう決まっています。</translation>
    </message>
    <message>
        <source>Leave out --method, or else --model.</source>
        <translation>--method か --model のどちらかを外してください。</translation>
    </message>
    <message>
        <source>There is no folder “{folder}”.</source>
        <translation>フォルダー「{folder}」が見つかりません。</translation>
    </message>
    <message>
        <source>Make it, or choose another.</source>
        <translation>作成するか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Name the folder with the pictures of the contest.</source>
        <translation>コンテストの絵が入ったフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>The name of “{file}” does not contain its style.</source>
        <translation>「{file}」の名前からは画風がわかりません。</translation>
    </message>
    <message>
        <source>Name it like “style_1_12.jpg”, after its style&apos;s number, 1 to 4, or put it into a folder named “style1” to “style4”.</source>
        <translation>「style_1_12.jpg」のように画風の番号(1~4)を名前に入れるか、「style1」~「style4」という名前のフォルダーに入れてください。</translation>
    </message>
    <message>
        <source>This model cannot learn from corrections: it judges by named features.</source>
        <translation>このモデルは名前付き特徴量で判定するため、訂正から学習できません。</translation>
    </message>
    <message>
        <source>Choose “The four styles” or a model of the network as the classes.</source>
        <translation>分類に「四つの様式」か、ネットワークのモデルを選んでください。</translation>
    </message>
    <message>
        <source>“{source}” was trained on features that this version does not have.</source>
        <translation>「{source}」は、ここにあるものとは別の特徴で学習されています。</translation>
    </message>
    <message>
        <source>Fetch the model that belongs to this version of the studio.</source>
        <translation>このバージョンのスタジオのモデルを入手してください。</translation>
    </message>
    <message>
        <source>Write a name beside its pictures.</source>
        <translation>画像の横に名前を入力してください。</translation>
    </message>
    <message>
        <source>Left out, since they cannot be read as pictures: {count} ({names}).</source>
        <translation>画像として読めないため除外：{count} 件（{names}）。</translation>
    </message>
    <message>
        <source>“{file}” could not be copied or moved: {reason}.</source>
        <translation>「{file}」をフォルダーに入れられませんでした：{reason}。</translation>
    </message>
    <message>
        <source>Choose another folder and try again.</source>
        <translation>別のフォルダーを選んで、もう一度試してください。</translation>
    </message>
    <message>
        <source>The disk is full; “{file}” stays where it is.</source>
        <translation>ディスクがいっぱいです。「{file}」は元の場所に残っています。</translation>
    </message>
    <message>
        <source>Free some space or choose another disk, then continue. Files in folders can be put back with Undo.</source>
        <translation>空きを作るか別のディスクを選んで続けてください。済んだ分は元に戻せます。</translation>
    </message>
    <message>
        <source>These pictures are being moved already.</source>
        <translation>この画像はすでに移動中です。</translation>
    </message>
    <message>
        <source>Wait until that has ended.</source>
        <translation>終わるまでお待ちください。</translation>
    </message>
    <message>
        <source>“{file}” may not be written to or moved.</source>
        <translation>「{file}」には書き込みも移動もできません。</translation>
    </message>
    <message>
        <source>Choose a folder of your own, or copy the pictures.</source>
        <translation>自分のフォルダーを選ぶか、移動の代わりにコピーしてください。</translation>
    </message>
    <message>
        <source>“{folder}” does not hold two folders with pictures.</source>
        <translation>「{folder}」には、画像の入ったフォルダーが 2 つありません。</translation>
    </message>
    <message>
        <source>Make a folder in it for each class, named like the class, with five or more pictures each.</source>
        <translation>その中にクラスごとのフォルダーをクラスの名前で作り、それぞれに 5 枚以上の画像を入れてください。</translation>
    </message>
    <message>
        <source>None of the pictures of the class “{name}” can be read.</source>
        <translation>クラス「{name}」の画像は 1 枚も読めません。</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be read.</source>
        <translation>「{folder}」は読めるフォルダーではありません。</translation>
    </message>
    <message>
        <source>Choose a folder with a folder of pictures for each class.</source>
        <translation>クラスごとに画像のフォルダーがあるフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Pictures beside the folders of the classes were left aside: {count}.</source>
        <translation>クラスのフォルダーの外にある画像は使いませんでした：{count} 枚。</translation>
    </message>
    <message>
        <source>Move them into a class&apos;s folder, if they belong to one.</source>
        <translation>どれかのクラスに属するなら、そのフォルダーに移してください。</translation>
    </message>
    <message>
        <source>The class “{name}” has {count} pictures only.</source>
        <translation>クラス「{name}」の画像は {count} 枚しかありません。</translation>
    </message>
    <message>
        <source>With five or more, it is recognised and measured more reliably.</source>
        <translation>5 枚以上あれば、よりよく学習でき、その出来もより確かに分かります。</translation>
    </message>
    <message>
        <source>The folder “{name}” has no pictures and was skipped.</source>
        <translation>フォルダー「{name}」には画像がないので、使いませんでした。</translation>
    </message>
    <message>
        <source>Add five or more to make it a class.</source>
        <translation>クラスにするなら、5 枚以上入れてください。</translation>
    </message>
    <message>
        <source>Learning takes two classes or more.</source>
        <translation>学習にはクラスが二つ以上必要です。</translation>
    </message>
    <message>
        <source>If there is only one, add a class “none” with pictures of anything else.</source>
        <translation>一つしかないときは、どれでもない画像のクラス「none」を加えてください。</translation>
    </message>
    <message>
        <source>The class “{name}” has only one picture.</source>
        <translation>クラス「{name}」には画像が一枚しかありません。</translation>
    </message>
    <message>
        <source>Add more of its pictures; five or more are good.</source>
        <translation>画像を加えてください。五枚以上あると確かです。</translation>
    </message>
    <message>
        <source>The classes “{name}” and “{other}” have the same pictures.</source>
        <translation>クラス「{name}」と「{other}」の画像が同じです。</translation>
    </message>
    <message>
        <source>Remove one of them, or give them different pictures.</source>
        <translation>どちらかを外すか、区別のつく画像を入れてください。</translation>
    </message>
    <message>
        <source>A class has no name.</source>
        <translation>名前のないクラスがあります。</translation>
    </message>
    <message>
        <source>Two classes are called “{name}”.</source>
        <translation>「{name}」という名前のクラスが二つあります。</translation>
    </message>
    <message>
        <source>Give one of them another name.</source>
        <translation>どちらかの名前を変えてください。</translation>
    </message>
    <message>
        <source>No such model comes with this copy of the studio.</source>
        <translation>このスタジオにはそのモデルが付属していません。</translation>
    </message>
    <message>
        <source>Drop a model file here, or learn classes of your own.</source>
        <translation>モデルのファイルをここにドロップするか、自分のクラスを学習してください。</translation>
    </message>
    <message>
        <source>Choose PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP files.</source>
        <translation>PNG・JPEG・WebP・AVIF・GIF・TIFF・BMP のファイルを選んでください。</translation>
    </message>
</context>
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
    <message>
        <source>Paintings</source>
        <translation>絵画</translation>
    </message>
    <message>
        <source>What style is this, and why?</source>
        <translation>どの様式か、なぜそう見えるのか</translation>
    </message>
    <message>
        <source>Classifier of paintings</source>
        <translation>絵画の分類器</translation>
    </message>
    <message>
        <source>Pictures that you gave a style: {0}</source>
        <translation>様式を指定した画像：{0} 枚</translation>
    </message>
    <message>
        <source>If an answer is wrong, press the number of the right style, or drag the picture to its heading.</source>
        <translation>答えが違う場合は、正しい様式の番号キーを押すか、画像をその見出しへドラッグしてください。</translation>
    </message>
    <message>
        <source>The four styles</source>
        <translation>四つの様式</translation>
    </message>
    <message>
        <source>Import a model…</source>
        <translation>モデルを読み込む…</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>ギャラリー</translation>
    </message>
    <message>
        <source>Grouped by the answers of</source>
        <translation>どの分類器の答えで分けるか</translation>
    </message>
    <message>
        <source>Sorted by</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>確信度</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Disagree</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>訂正済み</translation>
    </message>
    <message>
        <source>Frames and walls</source>
        <translation>額縁と壁</translation>
    </message>
    <message>
        <source>Crop to the painting</source>
        <translation>絵だけを切り抜く</translation>
    </message>
    <message>
        <source>The crop is shown when a picture is opened, and can be undone there.</source>
        <translation>画像を開くと切り抜いた範囲が見え、元に戻せます。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>クラス</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>訂正</translation>
    </message>
    <message>
        <source>The styles of the contest, with two classifiers: a network, and named features.</source>
        <translation>競技課題の様式を、ネットワークと、名前のある特徴という二つの分類器で見ます。</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>自分のモデル</translation>
    </message>
    <message>
        <source>Answers as CSV…</source>
        <translation>答えを CSV で…</translation>
    </message>
    <message>
        <source>This picture, as it is shown…</source>
        <translation>この画像を表示のまま…</translation>
    </message>
    <message>
        <source>Copy into folders by style…</source>
        <translation>様式ごとのフォルダーにコピー…</translation>
    </message>
    <message>
        <source>Move into folders by style…</source>
        <translation>様式ごとのフォルダーに移動…</translation>
    </message>
    <message>
        <source>Move into folders in</source>
        <translation>移動先のフォルダーを置く場所</translation>
    </message>
    <message>
        <source>Copy into folders in</source>
        <translation>コピー先のフォルダーを置く場所</translation>
    </message>
    <message>
        <source>Move into folders</source>
        <translation>フォルダーに移動</translation>
    </message>
    <message>
        <source>Copy into folders</source>
        <translation>フォルダーにコピー</translation>
    </message>
    <message>
        <source>Bringing the files back</source>
        <translation>ファイルを元に戻しています</translation>
    </message>
    <message>
        <source>Moving {0} files</source>
        <translation>{0} 個のファイルを移動しています</translation>
    </message>
    <message>
        <source>Copying {0} files</source>
        <translation>{0} 個のファイルをコピーしています</translation>
    </message>
    <message>
        <source>Files that are back as they were: {0}</source>
        <translation>元に戻したファイル：{0} 個</translation>
    </message>
    <message>
        <source>Moving {0} pictures into folders was interrupted.</source>
        <translation>{0} 枚の画像をフォルダへ移動する途中で中断されました。</translation>
    </message>
    <message>
        <source>Copying {0} pictures into folders was interrupted.</source>
        <translation>{0} 枚の画像をフォルダへコピーする途中で中断されました。</translation>
    </message>
    <message>
        <source>Now {0} of them are in “{1}”.</source>
        <translation>現在、そのうち {0} 枚が「{1}」にあります。</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>続きを実行</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Files in folders: {0}</source>
        <translation>フォルダーに入れたファイル：{0} 個</translation>
    </message>
    <message>
        <source>Folder with pictures of a class</source>
        <translation>クラスの画像のフォルダー</translation>
    </message>
    <message>
        <source>Own classes</source>
        <translation>自分のクラス</translation>
    </message>
    <message>
        <source>Learning {0} classes</source>
        <translation>{0} クラスを学習しています</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答え</translation>
    </message>
    <message>
        <source>Click a class to see the evidence for it.</source>
        <translation>クラスをクリックすると、そう見える理由がわかります。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>The heat map shows where the network&apos;s answer came from.</source>
        <translation>ヒートマップは、ネットワークがどこを見て答えたかを示します。</translation>
    </message>
    <message>
        <source>The features say {0}, because:</source>
        <translation>特徴による答えは「{0}」。理由：</translation>
    </message>
    <message>
        <source>Where the network sees {0} (H): pink is evidence for it</source>
        <translation>ネットワークが「{0}」と見る場所（H）。ピンクほど強い根拠です</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分け方</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>切り抜き</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>画像を追加</translation>
    </message>
    <message>
        <source>This is {0}</source>
        <translation>「{0}」と指定</translation>
    </message>
    <message>
        <source>Use the classifiers&apos; answer</source>
        <translation>分類器の答えに戻す</translation>
    </message>
    <message>
        <source>Take out of the gallery</source>
        <translation>ギャラリーから外す</translation>
    </message>
    <message>
        <source>Undo crop</source>
        <translation>切り抜きを取り消す</translation>
    </message>
    <message>
        <source>Learn from corrections</source>
        <translation>訂正から学習</translation>
    </message>
    <message>
        <source>The classifiers agree on every picture.</source>
        <translation>すべての画像で二つの分類器の答えが一致しています。</translation>
    </message>
    <message>
        <source>You have not given any picture a style yet.</source>
        <translation>まだどの画像にも様式を指定していません。</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>分類</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>{0} of {1} pictures</source>
        <translation>{1} 枚中 {0} 枚</translation>
    </message>
    <message>
        <source>Pictures: {0}</source>
        <translation>画像 {0} 枚</translation>
    </message>
    <message>
        <source>Disagree: {0}</source>
        <translation>不一致 {0} 枚</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
    <message>
        <source>Folder with pictures</source>
        <translation>画像のフォルダー</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>モデルを読み込む</translation>
    </message>
    <message>
        <source>Importing {0}</source>
        <translation>{0} を読み込んでいます</translation>
    </message>
    <message>
        <source>Drop pictures or folders to sort them, a model to use it</source>
        <translation>画像やフォルダーをドロップすると分類し、モデルをドロップすると使います</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Pictures…</source>
        <translation>画像…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>フォルダー…</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>見本</translation>
    </message>
    <message>
        <source>Clear the gallery</source>
        <translation>ギャラリーを空にする</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>確率</translation>
    </message>
    <message>
        <source>{0} or more are better</source>
        <translation>{0} 枚以上が望ましい</translation>
    </message>
    <message>
        <source>Pictures of “{0}”</source>
        <translation>「{0}」の画像</translation>
    </message>
    <message>
        <source>Name of the class</source>
        <translation>クラスの名前</translation>
    </message>
    <message>
        <source>Remove the class</source>
        <translation>クラスを外す</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混同行列</translation>
    </message>
    <message>
        <source>{0}, taken for {1}: {2}</source>
        <translation>{0} を {1} と判定：{2} 枚</translation>
    </message>
    <message>
        <source>Recognised as {0}: {1}</source>
        <translation>{0} と正しく判定：{1} 枚</translation>
    </message>
    <message>
        <source>{0}, but taken for {1}: {2}</source>
        <translation>{0} なのに {1} と判定：{2} 枚</translation>
    </message>
    <message>
        <source>After learning, each picture is classified by a model that has not seen it, and the table shows which classes were confused.</source>
        <translation>学習のあと、それぞれの画像を、その画像を見ていないモデルで判定し、何が何と間違われたかを表にします。</translation>
    </message>
    <message>
        <source>{0} of {1} recognised ({2})</source>
        <translation>{1} 枚中 {0} 枚を正しく判定（{2}）</translation>
    </message>
    <message>
        <source>Each by a model trained on all the others. Trained in {0} s.</source>
        <translation>それぞれ、残りの画像だけから学習したモデルによる判定です。学習時間 {0} 秒。</translation>
    </message>
    <message>
        <source>Learning from corrections</source>
        <translation>訂正から学習中</translation>
    </message>
    <message>
        <source>Could not be read: {0}</source>
        <translation>読み込めなかったもの：{0}</translation>
    </message>
    <message>
        <source>Classes of your own: a folder for each, with {0} pictures or more. They are learnt in seconds and saved as a model that you can share.</source>
        <translation>自分で決めたクラスごとに、画像 {0} 枚以上のフォルダーを用意してください。数秒で学習し、人に渡せるモデルとして保存できます。</translation>
    </message>
    <message>
        <source>Drop a folder, and it becomes a class; a folder of folders becomes one class each</source>
        <translation>フォルダーをドロップするとクラスになります。フォルダーの入ったフォルダーは、それぞれがクラスになります</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>How well</source>
        <translation>出来ばえ</translation>
    </message>
    <message>
        <source>Keep as a model</source>
        <translation>モデルとして保存</translation>
    </message>
    <message>
        <source>Save and use</source>
        <translation>保存して使う</translation>
    </message>
    <message>
        <source>Pictures of the chosen cell</source>
        <translation>選んだ欄の画像</translation>
    </message>
    <message>
        <source>{0} × {1} pixels</source>
        <translation>{0} × {1} 画素</translation>
    </message>
    <message>
        <source>Crop (nothing surrounds it)</source>
        <translation>切り抜き（まわりに何もありません）</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>前の画像</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>次の画像</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>ヒートマップ</translation>
    </message>
    <message>
        <source>Where the network&apos;s answer came from (H): pink is evidence for it</source>
        <translation>ネットワークがどこを見て答えたか（H）。ピンクほど強い根拠です</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>領域</translation>
    </message>
    <message>
        <source>Where the features were seen (R)</source>
        <translation>特徴が見つかった場所（R）</translation>
    </message>
    <message>
        <source>Look at the painting without frame and wall (C)</source>
        <translation>額縁や壁を除いて絵だけを見る（C）</translation>
    </message>
    <message>
        <source>{0}: {1}, usual {2}–{3}</source>
        <translation>{0}：{1}（ふつう {2}～{3}）</translation>
    </message>
    <message>
        <source>evidence for it</source>
        <translation>そう見える理由</translation>
    </message>
    <message>
        <source>evidence against it</source>
        <translation>そう見えない理由</translation>
    </message>
    <message>
        <source>Two classifiers sort your pictures into styles as they load. Click a picture to see the reasons.</source>
        <translation>二つの分類器が、届いた画像を様式ごとに分けます。一枚クリックすると、何が決め手かを示します。</translation>
    </message>
    <message>
        <source>Drop pictures or folders, or click</source>
        <translation>画像やフォルダーをドロップするか、クリックしてください</translation>
    </message>
    <message>
        <source>Look at the samples</source>
        <translation>見本を見る</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>読み込めなかったもの</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特徴</translation>
    </message>
    <message>
        <source>&gt;{0} %</source>
        <translation>&gt;{0} %</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>Variation close up</source>
        <translation>近くで見た変化</translation>
    </message>
    <message>
        <source>Variation at large</source>
        <translation>全体の変化</translation>
    </message>
    <message>
        <source>Variation close up compared with at large</source>
        <translation>全体に比べた近くの変化</translation>
    </message>
    <message>
        <source>Difference of neighbours</source>
        <translation>隣り合う画素の差</translation>
    </message>
    <message>
        <source>Hardness of the hardest edges</source>
        <translation>最も鋭い輪郭の鋭さ</translation>
    </message>
    <message>
        <source>Edges everywhere</source>
        <translation>輪郭の多さ</translation>
    </message>
    <message>
        <source>Hard rather than soft edges</source>
        <translation>輪郭の硬さ</translation>
    </message>
    <message>
        <source>Long edges straight up or across</source>
        <translation>縦横にまっすぐな長い輪郭</translation>
    </message>
    <message>
        <source>Long black lines</source>
        <translation>長い黒の線</translation>
    </message>
    <message>
        <source>Long edges on the diagonals</source>
        <translation>斜め45度の長い輪郭</translation>
    </message>
    <message>
        <source>Edges that are not long and straight</source>
        <translation>長くもまっすぐでもない輪郭</translation>
    </message>
    <message>
        <source>Black lines and nothing small beside them</source>
        <translation>黒い線があり、細かなものがない</translation>
    </message>
    <message>
        <source>Edges at right angles</source>
        <translation>直角に交わる輪郭</translation>
    </message>
    <message>
        <source>Edges lined up in rows and columns</source>
        <translation>縦横の列にそろう輪郭</translation>
    </message>
    <message>
        <source>Edges in all directions</source>
        <translation>あらゆる向きの輪郭</translation>
    </message>
    <message>
        <source>Flat colour</source>
        <translation>平らな色面</translation>
    </message>
    <message>
        <source>Size of the largest flat region</source>
        <translation>最も大きな色面の広さ</translation>
    </message>
    <message>
        <source>Flat regions that are rectangles</source>
        <translation>長方形の色面</translation>
    </message>
    <message>
        <source>Strokes that run together</source>
        <translation>同じ向きに流れる筆触</translation>
    </message>
    <message>
        <source>Thin strands over each other</source>
        <translation>重なり合う細い線</translation>
    </message>
    <message>
        <source>Evenness all over</source>
        <translation>画面全体の均一さ</translation>
    </message>
    <message>
        <source>Contrast seen from afar</source>
        <translation>遠くから見たときの対比</translation>
    </message>
    <message>
        <source>Strength of colour</source>
        <translation>色の鮮やかさ</translation>
    </message>
    <message>
        <source>Range of hues</source>
        <translation>色相の幅</translation>
    </message>
    <message>
        <source>Variety of colours</source>
        <translation>色の多さ</translation>
    </message>
    <message>
        <source>Few colours cover most</source>
        <translation>少ない色で占める割合</translation>
    </message>
    <message>
        <source>Red, yellow and blue</source>
        <translation>赤・黄・青</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黒</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Greens and earth colours</source>
        <translation>緑と土の色</translation>
    </message>
    <message>
        <source>Brighter above than below</source>
        <translation>下より明るい上半分</translation>
    </message>
    <message>
        <source>Bands of colour</source>
        <translation>色の帯</translation>
    </message>
    <message>
        <source>Bands that cross</source>
        <translation>交わる帯</translation>
    </message>
    <message>
        <source>Finest details</source>
        <translation>最も細かな部分</translation>
    </message>
    <message>
        <source>Details of middle size</source>
        <translation>中くらいの細部</translation>
    </message>
    <message>
        <source>Coarse details</source>
        <translation>粗い細部</translation>
    </message>
    <message>
        <source>Many paints side by side</source>
        <translation>並び合う多くの絵の具</translation>
    </message>
    <message>
        <source>Edges of colour alone</source>
        <translation>明るさでなく色だけの輪郭</translation>
    </message>
    <message>
        <source>Change in few places</source>
        <translation>わずかな場所に集まる変化</translation>
    </message>
    <message>
        <source>Variation in the calmest places</source>
        <translation>最も静かな部分の変化</translation>
    </message>
    <message>
        <source>Variation in the busiest places</source>
        <translation>最もにぎやかな部分の変化</translation>
    </message>
    <message>
        <source>Unevenness of flat parts</source>
        <translation>平らな部分のむら</translation>
    </message>
    <message>
        <source>given by you</source>
        <translation>自分で指定</translation>
    </message>
    <message>
        <source>the classifiers disagree</source>
        <translation>分類器の答えが不一致</translation>
    </message>
</context>
</TS>
