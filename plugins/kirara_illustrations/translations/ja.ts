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
</context>
</TS>
