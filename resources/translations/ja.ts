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
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>このメッセージを閉じる</translation>
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
    <name>CrashDialog</name>
    <message numerus="yes">
        <source>%n more problems since then; they are in the log.</source>
        <translation>
            <numerusform>その後さらに %n 件の問題が起きました。ログに記録されています。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
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
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
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
    <name>EmptyPage</name>
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
    <name>Engine</name>
    <message>
        <source>The engine stopped unexpectedly ({how}) while it ran {function}.</source>
        <translation>計算エンジンが {function} の実行中に予期せず停止しました（{how}）。</translation>
    </message>
    <message>
        <source>It was started again; try a smaller size or fewer pictures at once.</source>
        <translation>エンジンは再起動しました。サイズを小さくするか、一度に作る枚数を減らしてみてください。</translation>
    </message>
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
    <message>
        <source>The training stopped unexpectedly ({how}).</source>
        <translation>学習が予期せず停止しました（{how}）。</translation>
    </message>
    <message>
        <source>It can be resumed from its last checkpoint.</source>
        <translation>最後のチェックポイントから再開できます。</translation>
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
        <source>What you made is still there. Try again; if it stays, copy the details and report it.</source>
        <translation>作ったものは失われていません。もう一度試し、それでも続くときは詳細をコピーして報告してください。</translation>
    </message>
</context>
<context>
    <name>FaultPage</name>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
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
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
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
    <name>JobBar</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
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
    <name>MainWindow</name>
    <message>
        <source>Bring it back here</source>
        <translation>ここに戻す</translation>
    </message>
    <message>
        <source>Open in a window of its own</source>
        <translation>別のウィンドウで開く</translation>
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
        <source>Copied</source>
        <translation>コピーしました</translation>
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
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
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
        <source>It was switched off. Switch it on again once it is mended.</source>
        <translation>そのためオフにしてあります。直ったら、またオンにしてください。</translation>
    </message>
    <message>
        <source>Switch it on again</source>
        <translation>またオンにする</translation>
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
        <source>Plugins</source>
        <translation>プラグイン</translation>
    </message>
    <message>
        <source>Every panel is a plugin. One that is switched off is not even loaded.</source>
        <translation>どのパネルもプラグインです。オフにしたものは読み込まれません。</translation>
    </message>
    <message>
        <source>No plugins are installed.</source>
        <translation>プラグインがインストールされていません。</translation>
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
    <name>RestartCard</name>
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
        <source>Happens by itself where the system asks for it.</source>
        <translation>システムで設定されているときは、自動でそうなります。</translation>
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
        <source>Only where the desktop has a tray.</source>
        <translation>トレイのあるデスクトップでのみ有効です。</translation>
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
        <source>Pause</source>
        <translation>一時停止</translation>
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
</context>
</TS>
