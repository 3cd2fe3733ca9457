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
        <source>There are no pictures.</source>
        <translation>画像がありません。</translation>
    </message>
    <message>
        <source>Name files, or a folder of pictures.</source>
        <translation>ファイルか、画像のフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>“{setting}” is either on or off.</source>
        <translation>「{setting}」はオンかオフのどちらかです。</translation>
    </message>
    <message>
        <source>Write “yes” or “no”.</source>
        <translation>「yes」か「no」と書いてください。</translation>
    </message>
    <message>
        <source>“{value}” is not a number of minutes.</source>
        <translation>「{value}」は分の数ではありません。</translation>
    </message>
    <message>
        <source>Write for example every=60.</source>
        <translation>たとえば every=60 のように書いてください。</translation>
    </message>
    <message>
        <source>There is no source “{name}”.</source>
        <translation>「{name}」という取得元はありません。</translation>
    </message>
    <message>
        <source>These are there: {known}.</source>
        <translation>あるのは次のものです: {known}</translation>
    </message>
    <message>
        <source>Somebody else is collecting into this library.</source>
        <translation>別の処理がこのコレクションに収集中です。</translation>
    </message>
    <message>
        <source>Wait until that has ended, or stop it.</source>
        <translation>終わるまで待つか、中止してください。</translation>
    </message>
    <message>
        <source>No messenger is switched on.</source>
        <translation>オンになっているメッセンジャーがありません。</translation>
    </message>
    <message>
        <source>Switch one on in the panel, or name one with --to.</source>
        <translation>パネルでオンにするか、--to で指定してください。</translation>
    </message>
    <message>
        <source>There is no messenger “{name}”.</source>
        <translation>「{name}」というメッセンジャーはありません。</translation>
    </message>
    <message>
        <source>Add one in the panel.</source>
        <translation>パネルで追加してください。</translation>
    </message>
    <message>
        <source>Add one.</source>
        <translation>取得元を追加してください。</translation>
    </message>
    <message>
        <source>“{setting}” is not a setting of a source of the kind “{kind}”.</source>
        <translation>「{setting}」は「{kind}」の取得元の設定ではありません。</translation>
    </message>
    <message>
        <source>Write SETTING=VALUE, with one of these: {settings}.</source>
        <translation>「設定=値」の形で、次のどれかを書いてください: {settings}</translation>
    </message>
    <message>
        <source>Add one under “Messengers”, or switch one on.</source>
        <translation>「メッセンジャー」に追加するか、オンにしてください。</translation>
    </message>
    <message>
        <source>“{page}” could not be opened.</source>
        <translation>「{page}」を開けませんでした。</translation>
    </message>
    <message>
        <source>Open it in your browser.</source>
        <translation>ブラウザーで開いてください。</translation>
    </message>
    <message>
        <source>There is no kind of source called “{kind}”.</source>
        <translation>「{kind}」という種類の取得元はありません。</translation>
    </message>
    <message>
        <source>Choose one of: {kinds}.</source>
        <translation>次の中から選んでください: {kinds}</translation>
    </message>
    <message>
        <source>“{host}” is asked too often.</source>
        <translation>「{host}」への問い合わせが多すぎます。</translation>
    </message>
    <message>
        <source>It can be asked again at {time}.</source>
        <translation>{time} 以降にもう一度お試しください。</translation>
    </message>
    <message>
        <source>“{host}” has nothing at this address.</source>
        <translation>「{host}」のこのアドレスには何もありません。</translation>
    </message>
    <message>
        <source>“{host}” does not accept the secret of this source.</source>
        <translation>この取得元のトークンまたはパスワードが「{host}」で認められませんでした。</translation>
    </message>
    <message>
        <source>“{host}” shows this only to those who are signed in.</source>
        <translation>「{host}」では、ログインしないと表示できません。</translation>
    </message>
    <message>
        <source>“{host}” does not let you read this.</source>
        <translation>「{host}」で閲覧が許可されていません。</translation>
    </message>
    <message>
        <source>“{host}” refers to another address.</source>
        <translation>「{host}」から別のアドレスへ転送されました。</translation>
    </message>
    <message>
        <source>“{host}” has a fault of its own ({code}).</source>
        <translation>「{host}」のサーバーで問題が起きています（{code}）。</translation>
    </message>
    <message>
        <source>“{host}” did not understand the request ({code}).</source>
        <translation>「{host}」がリクエストを受け付けませんでした（{code}）。</translation>
    </message>
    <message>
        <source>Look for the account, the list or the tag in a browser, and correct the source.</source>
        <translation>ブラウザーでアカウント、リスト、タグを確かめて、取得元を修正してください。</translation>
    </message>
    <message>
        <source>Make a new one on the site; it may have expired.</source>
        <translation>期限切れかもしれません。サイトで作り直してください。</translation>
    </message>
    <message>
        <source>Make a token on the site, and add it to the source.</source>
        <translation>サイトでトークンを作成して、取得元に追加してください。</translation>
    </message>
    <message>
        <source>The secret may lack a right, or the account may be locked to you.</source>
        <translation>トークンの権限が足りないか、アカウントが非公開の可能性があります。</translation>
    </message>
    <message>
        <source>Use the address that a browser shows in the end.</source>
        <translation>ブラウザーで最後に表示されるアドレスを使ってください。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>あとでもう一度試してください。</translation>
    </message>
    <message>
        <source>Sources of the kind “{kind}” need the package “{package}”, which is not installed.</source>
        <translation>種類が「{kind}」の取得元にはパッケージ「{package}」が必要ですが、インストールされていません。</translation>
    </message>
    <message>
        <source>Install it: pip install &apos;kirara-studio[illustrations]&apos;.</source>
        <translation>pip install &apos;kirara-studio[illustrations]&apos; でインストールしてください。</translation>
    </message>
    <message>
        <source>“{file}” gave an answer that cannot be read.</source>
        <translation>「{file}」からの応答を読み取れません。</translation>
    </message>
    <message>
        <source>Look at its address in a browser: it may be another kind of site.</source>
        <translation>別の種類のサイトかもしれません。ブラウザーでアドレスを確かめてください。</translation>
    </message>
    <message>
        <source>Look at the address in a browser, or try again later.</source>
        <translation>ブラウザーでアドレスを確かめるか、しばらくしてからもう一度お試しください。</translation>
    </message>
    <message>
        <source>“{host}” gave a web page or something else, not a feed.</source>
        <translation>「{host}」から届いたのは、フィードではなくウェブページなどでした。</translation>
    </message>
    <message>
        <source>Look on that page for a link to RSS or Atom, and use its address.</source>
        <translation>そのページで RSS または Atom へのリンクを探し、そのアドレスを使ってください。</translation>
    </message>
    <message>
        <source>There is no folder “{folder}”.</source>
        <translation>フォルダー「{folder}」が見つかりません。</translation>
    </message>
    <message>
        <source>Look whether its disk is there, or choose another folder.</source>
        <translation>ディスクが接続されているか確かめるか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” was skipped: {reason}.</source>
        <translation>「{file}」を飛ばしました: {reason}</translation>
    </message>
    <message>
        <source>Change its permissions, or take it out of the folder.</source>
        <translation>アクセス権を変更するか、フォルダーから取り除いてください。</translation>
    </message>
    <message>
        <source>“{file}” may not be read, and was skipped.</source>
        <translation>「{file}」は読み取りが許可されていないため、飛ばしました。</translation>
    </message>
    <message>
        <source>The program gallery-dl is not installed.</source>
        <translation>gallery-dl がインストールされていません。</translation>
    </message>
    <message>
        <source>Install it, for example with “pipx install gallery-dl”, and try again.</source>
        <translation>「pipx install gallery-dl」などでインストールしてから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>gallery-dl could not read the page of “{host}”: {reason}.</source>
        <translation>gallery-dl は「{host}」のページを読み取れませんでした: {reason}</translation>
    </message>
    <message>
        <source>Try the address with gallery-dl itself; it may need cookies or an account.</source>
        <translation>gallery-dl だけでアドレスを試してください。Cookie やアカウントが必要な場合があります。</translation>
    </message>
    <message>
        <source>gallery-dl does not know pages like this one of “{host}”.</source>
        <translation>「{host}」のこのようなページに、gallery-dl は対応していません。</translation>
    </message>
    <message>
        <source>Look at its list of sites, and at the address.</source>
        <translation>gallery-dl の対応サイト一覧とアドレスを確かめてください。</translation>
    </message>
    <message>
        <source>Update it, and try again.</source>
        <translation>更新してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>gallery-dl could not be started: {reason}.</source>
        <translation>gallery-dl を起動できませんでした: {reason}</translation>
    </message>
    <message>
        <source>Install it again.</source>
        <translation>もう一度インストールしてください。</translation>
    </message>
    <message>
        <source>gallery-dl took too long, or found too much.</source>
        <translation>gallery-dl の処理に時間がかかりすぎたか、見つかったファイルが多すぎます。</translation>
    </message>
    <message>
        <source>Use the address of a smaller part of the site.</source>
        <translation>サイトのもっと狭い範囲のアドレスを使ってください。</translation>
    </message>
    <message>
        <source>The source is not complete.</source>
        <translation>取得元の設定が足りません。</translation>
    </message>
    <message>
        <source>Fill in the address, or the site and an account, a list or a tag.</source>
        <translation>アドレス、またはサイトとアカウント、リスト、タグのいずれかを入力してください。</translation>
    </message>
    <message>
        <source>This source needs a token or a password.</source>
        <translation>この取得元にはトークンまたはパスワードが必要です。</translation>
    </message>
    <message>
        <source>Make one on the site, and add it to the source.</source>
        <translation>サイトで作成して、取得元に追加してください。</translation>
    </message>
    <message>
        <source>Pictures like this one cannot be found yet.</source>
        <translation>この画像に似たものは、まだ探せません。</translation>
    </message>
    <message>
        <source>Wait until the filter has judged it.</source>
        <translation>フィルターの判定が終わるまでお待ちください。</translation>
    </message>
    <message>
        <source>“{host}” is not the name of a site.</source>
        <translation>「{host}」はサイトの名前ではありません。</translation>
    </message>
    <message>
        <source>Write it as example.org.</source>
        <translation>example.org のように入力してください。</translation>
    </message>
    <message>
        <source>“{host}” would be sent your secret unencrypted.</source>
        <translation>「{host}」へトークンやパスワードが暗号化されずに送られてしまいます。</translation>
    </message>
    <message>
        <source>Write its address with https://.</source>
        <translation>https:// で始まるアドレスにしてください。</translation>
    </message>
    <message>
        <source>“{host}” does not show “{name}”: {reason}.</source>
        <translation>「{host}」で「{name}」を表示できません: {reason}</translation>
    </message>
    <message>
        <source>Look for it in a browser, and correct the source.</source>
        <translation>ブラウザーで確かめて、取得元を修正してください。</translation>
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
<context>
    <name>illustrations</name>
    <message>
        <source>Illustrations</source>
        <translation>イラスト</translation>
    </message>
    <message>
        <source>What your favourite artists post</source>
        <translation>好きな作家の投稿を集める</translation>
    </message>
    <message>
        <source>Collect in the background</source>
        <translation>バックグラウンドで収集</translation>
    </message>
    <message>
        <source>While the studio runs, also when only its tray icon is there.</source>
        <translation>スタジオの起動中、トレイに常駐しているときも収集します。</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>静かにする時間帯</translation>
    </message>
    <message>
        <source>Nothing is collected or sent by itself in these hours.</source>
        <translation>この時間帯は、自動の収集と送信をしません。</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>By this computer’s clock.</source>
        <translation>このコンピューターの時計に従います。</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Space for pictures</source>
        <translation>画像に使う容量</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>What did not pass is removed first, then the oldest. Favourites stay.</source>
        <translation>通過しなかったもの、古いものの順に削除します。お気に入りは残します。</translation>
    </message>
    <message>
        <source>Passes from a confidence of</source>
        <translation>通過に必要な確信度</translation>
    </message>
    <message>
        <source>How sure the filter must be that a picture is an illustration.</source>
        <translation>イラストだと判定するために必要な確信度です。</translation>
    </message>
    <message>
        <source>Model of the filter</source>
        <translation>フィルターのモデル</translation>
    </message>
    <message>
        <source>A file. Empty: the one that comes with the studio. Without any, every picture passes.</source>
        <translation>ファイルを指定します。空欄なら付属のモデルを使います。モデルがなければ、すべての画像が通過します。</translation>
    </message>
    <message>
        <source>Cascade for a second opinion</source>
        <translation>もう一つの判定に使うカスケード</translation>
    </message>
    <message>
        <source>A file for OpenCV that finds faces. Empty: no second opinion.</source>
        <translation>顔を検出する OpenCV のファイルです。空欄なら使いません。</translation>
    </message>
    <message>
        <source>Send new illustrations</source>
        <translation>新しいイラストを送信</translation>
    </message>
    <message>
        <source>To the messengers that are switched on in the panel.</source>
        <translation>パネルでオンにしたメッセンジャーに送ります。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>One for each picture</source>
        <translation>画像ごとに 1 通</translation>
    </message>
    <message>
        <source>One for each collection</source>
        <translation>収集ごとに 1 通</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>With {author}, {author_name}, {text}, {tags}, {address}, {date} and {source}; \n begins a new line.</source>
        <translation>{author}、{author_name}、{text}、{tags}、{address}、{date}、{source} が使えます。\n は改行です。</translation>
    </message>
    <message>
        <source>In the background</source>
        <translation>バックグラウンド</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>送信</translation>
    </message>
    <message>
        <source>Send pictures to {0}</source>
        <translation>{0} に画像を送る</translation>
    </message>
    <message>
        <source>{0} pictures, {1} GB</source>
        <translation>{0} 枚、{1} GB</translation>
    </message>
    <message>
        <source>Pictures are collected and judged</source>
        <translation>画像を収集・判定しています</translation>
    </message>
    <message>
        <source>What passes the filter appears here then.</source>
        <translation>フィルターを通過した画像が、終わりしだいここに表示されます。</translation>
    </message>
    <message>
        <source>Nothing to see here</source>
        <translation>表示できる画像がありません</translation>
    </message>
    <message>
        <source>No picture is here that fits the filter and the search.</source>
        <translation>フィルターと検索に合う画像は、ここにはありません。</translation>
    </message>
    <message>
        <source>Show all pictures</source>
        <translation>すべての画像を表示</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>まだ画像がありません</translation>
    </message>
    <message>
        <source>Collect, and what the sources posted appears here.</source>
        <translation>収集すると、投稿された画像がここに並びます。</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>収集</translation>
    </message>
    <message>
        <source>{0} pictures were copied to {1}</source>
        <translation>{0} 枚の画像を {1} にコピーしました</translation>
    </message>
    <message>
        <source>{0} of {2} pictures were copied to {1}; the others are unreadable</source>
        <translation>{2} 枚のうち {0} 枚を {1} にコピーしました。残りは読み込めません</translation>
    </message>
    <message>
        <source>Collect now</source>
        <translation>今すぐ収集</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>オフにする</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>オンにする</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Copy pictures to</source>
        <translation>画像のコピー先</translation>
    </message>
    <message>
        <source>Drop folders to collect their pictures</source>
        <translation>フォルダーをドロップすると、中の画像を収集します</translation>
    </message>
    <message>
        <source>What do your favourite artists post?</source>
        <translation>好きな作家は、何を投稿していますか？</translation>
    </message>
    <message>
        <source>Add a folder, a feed, or an account on Mastodon, Misskey, Bluesky or X. New pictures are collected by themselves, and the filter keeps the illustrations.</source>
        <translation>フォルダー、フィード、Mastodon・Misskey・Bluesky・X のアカウントを追加してください。新しい画像は自動で収集され、フィルターがイラストを選びます。</translation>
    </message>
    <message>
        <source>Add a source…</source>
        <translation>収集元を追加…</translation>
    </message>
    <message>
        <source>Finding similar pictures</source>
        <translation>似た画像を検索中</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隠す</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>訂正</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Deleted: {0}. Ctrl+Z brings back.</source>
        <translation>{0} 枚を削除しました。Ctrl+Z で元に戻せます。</translation>
    </message>
    <message>
        <source>Sending pictures</source>
        <translation>画像を送信中</translation>
    </message>
    <message>
        <source>{0} messages arrived. What did not is tried again.</source>
        <translation>{0} 通を送信しました。届かなかったものは再送します。</translation>
    </message>
    <message>
        <source>This is a test</source>
        <translation>テストです</translation>
    </message>
    <message>
        <source>Pictures arrive through {0}</source>
        <translation>画像は {0} に届きます</translation>
    </message>
    <message>
        <source>Remove the source</source>
        <translation>収集元の削除</translation>
    </message>
    <message>
        <source>Removed: {0}. Its pictures stay. Ctrl+Z brings it back.</source>
        <translation>「{0}」を削除しました。画像は残ります。Ctrl+Z で元に戻せます。</translation>
    </message>
    <message>
        <source>Collecting</source>
        <translation>収集中</translation>
    </message>
    <message>
        <source>{0} new pictures from {1} new posts.</source>
        <translation>{1} 件の新しい投稿から、{0} 枚の画像を収集しました。</translation>
    </message>
    <message>
        <source>{0} sources could not be asked.</source>
        <translation>{0} 件の収集元から収集できませんでした。</translation>
    </message>
    <message>
        <source>Switch on or off</source>
        <translation>オン・オフの切り替え</translation>
    </message>
    <message>
        <source>Judging pictures</source>
        <translation>画像を判定中</translation>
    </message>
    <message>
        <source>Learning from corrections</source>
        <translation>訂正から学習中</translation>
    </message>
    <message>
        <source>Copying pictures</source>
        <translation>画像をコピー中</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>No favourite any more</source>
        <translation>お気に入りから外す</translation>
    </message>
    <message>
        <source>Open the post</source>
        <translation>投稿を開く</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>フォルダーを表示</translation>
    </message>
    <message>
        <source>Reading the picture…</source>
        <translation>画像を読み込み中…</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>ギャラリー</translation>
    </message>
    <message>
        <source>The picture before</source>
        <translation>前の画像</translation>
    </message>
    <message>
        <source>The next picture</source>
        <translation>次の画像</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>似た画像</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>送信</translation>
    </message>
    <message>
        <source>To Characters</source>
        <translation>キャラクターの学習に使う</translation>
    </message>
    <message>
        <source>This picture</source>
        <translation>この画像</translation>
    </message>
    <message>
        <source>Learn from {0} corrections</source>
        <translation>{0} 件の訂正から学習</translation>
    </message>
    <message>
        <source>No filter is installed, so every picture passes. Choose one in the settings.</source>
        <translation>フィルターがないため、すべての画像が通過します。設定で選択できます。</translation>
    </message>
    <message>
        <source>{0} of {1} pictures pass. Filter: {2}</source>
        <translation>{1} 枚中 {0} 枚が通過します。フィルター: {2}</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>フィルター</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>通過</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Which pictures are shown</source>
        <translation>表示する画像</translation>
    </message>
    <message>
        <source>Passes from</source>
        <translation>通過の基準</translation>
    </message>
    <message>
        <source>How sure the filter is of the pictures</source>
        <translation>フィルターの確信度の分布</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>{0}: {1} new pictures</source>
        <translation>{0}: 新しい画像 {1} 枚</translation>
    </message>
    <message>
        <source>{0} that look most like it</source>
        <translation>似ている順に {0} 枚</translation>
    </message>
    <message>
        <source>{0} pictures</source>
        <translation>{0} 枚</translation>
    </message>
    <message>
        <source>Search author, text and tags</source>
        <translation>作者・本文・タグを検索</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>再び表示</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>画像の種類</translation>
    </message>
    <message>
        <source>Take the correction back</source>
        <translation>訂正を取り消す</translation>
    </message>
    <message>
        <source>Copy to a folder…</source>
        <translation>フォルダーにコピー…</translation>
    </message>
    <message>
        <source>All {0} that are shown to Characters</source>
        <translation>表示中の {0} 枚すべてをキャラクターの学習に使う</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>すべての画像</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>隠した画像</translation>
    </message>
    <message>
        <source>{0} new pictures…</source>
        <translation>新しい画像 {0} 枚…</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>オフ</translation>
    </message>
    <message>
        <source>Your files stay where they are. Folders in it count, too.</source>
        <translation>ファイルは元の場所に残ります。中のフォルダーも対象です。</translation>
    </message>
    <message>
        <source>Many blogs and galleries have one; their page often links to it.</source>
        <translation>多くのブログやギャラリーにあり、ページにリンクがあることもよくあります。</translation>
    </message>
    <message>
        <source>Public accounts and tags need no token. A list needs yours, from the settings of your account: Development.</source>
        <translation>公開アカウントとタグにトークンは不要です。リストには、アカウント設定の「開発」で作成したトークンが必要です。</translation>
    </message>
    <message>
        <source>Public accounts and tags need no token. A list needs yours, from the settings of your account: API.</source>
        <translation>公開アカウントとタグにトークンは不要です。リストには、アカウント設定の「API」で作成したトークンが必要です。</translation>
    </message>
    <message>
        <source>Public accounts need no login. If you log in, use an app password, never your own.</source>
        <translation>公開アカウントにログインは不要です。ログインする場合は、必ずアプリパスワードを使ってください。</translation>
    </message>
    <message>
        <source>Needs a bearer token of your own for the API; reading may cost money.</source>
        <translation>ご自身の API の Bearer トークンが必要です。取得に料金がかかることがあります。</translation>
    </message>
    <message>
        <source>The program gallery-dl must be installed. It knows hundreds of sites; see its list.</source>
        <translation>gallery-dl のインストールが必要です。数百のサイトに対応しています。</translation>
    </message>
    <message>
        <source>Add a source</source>
        <translation>収集元の追加</translation>
    </message>
    <message>
        <source>Change the source</source>
        <translation>収集元の変更</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>試す</translation>
    </message>
    <message>
        <source>Where from</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>What to collect</source>
        <translation>収集する対象</translation>
    </message>
    <message>
        <source>Folder with pictures</source>
        <translation>画像のフォルダー</translation>
    </message>
    <message>
        <source>It works: {0}</source>
        <translation>接続できました: {0}</translation>
    </message>
    <message>
        <source>Corrected by you. Click again to take it back.</source>
        <translation>訂正済みです。もう一度クリックすると取り消せます。</translation>
    </message>
    <message>
        <source>Click what it is, if the filter is wrong.</source>
        <translation>判定が違うときは、正しい種類をクリックしてください。</translation>
    </message>
    <message>
        <source>Not judged yet. You may say what it is.</source>
        <translation>まだ判定されていません。種類を指定することもできます。</translation>
    </message>
    <message>
        <source>Second opinion: drawn faces were found.</source>
        <translation>もう一つの判定: 絵の顔が見つかりました。</translation>
    </message>
    <message>
        <source>Second opinion: no drawn face, or a small one alone.</source>
        <translation>もう一つの判定: 絵の顔がないか、小さな顔が一つだけです。</translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>指定済み</translation>
    </message>
    <message>
        <source>Illustration</source>
        <translation>イラスト</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>写真</translation>
    </message>
    <message>
        <source>Screenshot</source>
        <translation>スクリーンショット</translation>
    </message>
    <message>
        <source>Gacha result</source>
        <translation>ガチャの結果</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>その他の画像</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Feed</source>
        <translation>フィード</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>サイト</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>List</source>
        <translation>リスト</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Log in as</source>
        <translation>ログイン名</translation>
    </message>
    <message>
        <source>Also what they share of others</source>
        <translation>共有（ブースト）した投稿も含める</translation>
    </message>
    <message>
        <source>Collect every</source>
        <translation>収集の間隔</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>App password</source>
        <translation>アプリパスワード</translation>
    </message>
    <message>
        <source>soon</source>
        <translation>まもなく</translation>
    </message>
    <message>
        <source>in {0} min</source>
        <translation>{0} 分後</translation>
    </message>
    <message>
        <source>in {0} h</source>
        <translation>{0} 時間後</translation>
    </message>
    <message>
        <source>New illustration</source>
        <translation>新しいイラスト</translation>
    </message>
    <message>
        <source>{count} new illustrations</source>
        <translation>新しいイラスト {count} 枚</translation>
    </message>
    <message>
        <source>Illustrations cannot be collected at the moment</source>
        <translation>現在イラストを収集できません</translation>
    </message>
    <message>
        <source>Judging new pictures</source>
        <translation>新しい画像を判定中</translation>
    </message>
</context>
</TS>
