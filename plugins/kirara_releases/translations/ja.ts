<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>errors</name>
    <message>
        <source>“{file}” lists no dates.</source>
        <translation>「{file}」に日付がありません。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” has more than {megabytes:g} MB, too much for a list of release dates.</source>
        <translation>「{file}」は {megabytes:g} MB を超えています。発売日の一覧ではないようです。</translation>
    </message>
    <message>
        <source>“{path}” is not a file.</source>
        <translation>「{path}」はファイルではありません。</translation>
    </message>
    <message>
        <source>Choose a .ics or .json file.</source>
        <translation>.ics か .json のファイルを選んでください。</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>「{path}」を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>“{host}” has a fault of its own ({code}).</source>
        <translation>「{host}」のサーバーで問題が起きています（{code}）。</translation>
    </message>
    <message>
        <source>“{host}” gave an unexpected answer ({code}).</source>
        <translation>「{host}」から予期しない応答がありました（{code}）。</translation>
    </message>
    <message>
        <source>It is tried again later; what it gave before stays.</source>
        <translation>あとで自動的に再試行します。これまでの内容はそのまま残ります。</translation>
    </message>
    <message>
        <source>Correct the file, or move it away.</source>
        <translation>ファイルを直すか、別の場所に移してください。</translation>
    </message>
    <message>
        <source>There is no magazine “{identity}”.</source>
        <translation>雑誌「{identity}」はありません。</translation>
    </message>
    <message>
        <source>Known ids: {known}.</source>
        <translation>登録済み：{known}</translation>
    </message>
    <message>
        <source>“{slip}” in “{source}” is probably a misspelt “magazine”.</source>
        <translation>「{source}」の「{slip}」は「magazine」の書き間違いのようです。</translation>
    </message>
    <message>
        <source>Begin every magazine with a line [[magazine]].</source>
        <translation>雑誌はそれぞれ [[magazine]] という行で始めてください。</translation>
    </message>
    <message>
        <source>“magazine” in “{source}” is not a list of tables.</source>
        <translation>「{source}」の「magazine」がテーブルの一覧になっていません。</translation>
    </message>
    <message>
        <source>Correct that place in the file.</source>
        <translation>ファイルのその箇所を直してください。</translation>
    </message>
    <message>
        <source>“{source}” has two magazines with the id “{id}”.</source>
        <translation>「{source}」に、ID が「{id}」の雑誌がふたつあります。</translation>
    </message>
    <message>
        <source>Change one of the ids.</source>
        <translation>どちらかの ID を変えてください。</translation>
    </message>
    <message>
        <source>Another program has locked “{file}”.</source>
        <translation>別のプログラムが「{file}」を使用中です。</translation>
    </message>
    <message>
        <source>Close it and try again.</source>
        <translation>それを終了して、もう一度試してください。</translation>
    </message>
    <message>
        <source>Correct it in the file.</source>
        <translation>ファイルで直してください。</translation>
    </message>
    <message>
        <source>“{file}” does not end in “.ics”.</source>
        <translation>「{file}」の末尾が「.ics」ではありません。</translation>
    </message>
    <message>
        <source>Calendars are saved in that format; add the suffix.</source>
        <translation>カレンダーはその形式で保存されます。拡張子を付けてください。</translation>
    </message>
    <message>
        <source>There is already a magazine “{identity}”.</source>
        <translation>雑誌「{identity}」はすでにあります。</translation>
    </message>
    <message>
        <source>Choose another --id.</source>
        <translation>別の --id を指定してください。</translation>
    </message>
    <message>
        <source>The magazine cannot be added: {reason}.</source>
        <translation>雑誌を追加できません（{reason}）。</translation>
    </message>
    <message>
        <source>The feed of “{title}” has several dates in {month}; a single one cannot be corrected.</source>
        <translation>「{title}」のフィードには {month} の日付が複数あり、そのうちひとつだけを変更することはできません。</translation>
    </message>
    <message>
        <source>The rule of “{title}” has several dates in {month}; a single one cannot be corrected.</source>
        <translation>「{title}」の規則には {month} の日付が複数あり、そのうちひとつだけを変更することはできません。</translation>
    </message>
    <message>
        <source>Correct it at its source.</source>
        <translation>元のほうで直してください。</translation>
    </message>
    <message>
        <source>“{source}” is an XML file, perhaps RSS.</source>
        <translation>「{source}」は XML ファイル（おそらく RSS）です。</translation>
    </message>
    <message>
        <source>“{source}” is neither iCalendar nor JSON.</source>
        <translation>「{source}」は iCalendar でも JSON でもありません。</translation>
    </message>
    <message>
        <source>Use an iCalendar (.ics) or JSON file of releases.</source>
        <translation>発売日の iCalendar（.ics）か JSON を使ってください。</translation>
    </message>
    <message>
        <source>“{source}” is empty.</source>
        <translation>「{source}」は空です。</translation>
    </message>
    <message>
        <source>Look at it again later.</source>
        <translation>あとでもう一度確認してください。</translation>
    </message>
    <message>
        <source>“{source}” is a web page (HTML), not a calendar.</source>
        <translation>「{source}」はカレンダーではなく、ウェブページ（HTML）です。</translation>
    </message>
    <message>
        <source>Look on that page for a link to iCalendar (.ics) or JSON, and use its address.</source>
        <translation>そのページで iCalendar（.ics）か JSON へのリンクを探し、そのアドレスを使ってください。</translation>
    </message>
    <message>
        <source>“{source}” takes longer than {seconds:g} seconds to read.</source>
        <translation>「{source}」の読み込みに {seconds:g} 秒以上かかっています。</translation>
    </message>
    <message>
        <source>It is too large, or repeats too much; look for a smaller calendar.</source>
        <translation>大きすぎるか、繰り返しが多すぎます。もっと小さいカレンダーを探してください。</translation>
    </message>
    <message>
        <source>See docs/releases.md for the supported formats.</source>
        <translation>読み取れる形式は docs/releases.md をご覧ください。</translation>
    </message>
    <message>
        <source>“{host}” cannot be read: {reason}.</source>
        <translation>「{host}」を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>“{source}” has {count} entries, but none with a valid date.</source>
        <translation>「{source}」の {count} 件の予定に、読み取れる日付がひとつもありません。</translation>
    </message>
    <message>
        <source>Look at the address in a browser, and correct it.</source>
        <translation>ブラウザーでアドレスを確かめ、直してください。</translation>
    </message>
    <message>
        <source>“{host}” has nothing at this address.</source>
        <translation>「{host}」のこのアドレスには何もありません。</translation>
    </message>
    <message>
        <source>“{host}” has taken this calendar away for good.</source>
        <translation>「{host}」でのこのカレンダーの提供は終了しました。</translation>
    </message>
    <message>
        <source>Look for its new address, or remove it.</source>
        <translation>新しいアドレスを探すか、登録を外してください。</translation>
    </message>
    <message>
        <source>“{host}” does not let you read this calendar.</source>
        <translation>「{host}」でこのカレンダーを読む権限がありません。</translation>
    </message>
    <message>
        <source>Look for an address that is public, or that holds your key.</source>
        <translation>公開されているアドレスか、自分のキーを含むアドレスを探してください。</translation>
    </message>
    <message>
        <source>“{host}” is asked too often.</source>
        <translation>「{host}」への問い合わせが多すぎます。</translation>
    </message>
    <message>
        <source>“{host}” is busy.</source>
        <translation>「{host}」は混み合っています。</translation>
    </message>
    <message>
        <source>“{source}” is incomplete.</source>
        <translation>「{source}」が途中で切れています。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>あとでもう一度試してください。</translation>
    </message>
    <message>
        <source>“{source}” is JSON without a list of releases.</source>
        <translation>「{source}」は JSON ですが、発売日の一覧がありません。</translation>
    </message>
    <message>
        <source>The file must be a list, or hold one as: {names}.</source>
        <translation>全体が一覧になっているか、次のどれかに一覧が必要です：{names}</translation>
    </message>
    <message>
        <source>It may be incomplete; try again later.</source>
        <translation>途中で切れたのかもしれません。あとでもう一度試してください。</translation>
    </message>
    <message>
        <source>“{file}” is not the full path of an .ics file.</source>
        <translation>カレンダーファイル「{file}」は .ics ファイルの完全なパスではありません。</translation>
    </message>
    <message>
        <source>Correct it in the settings of Releases.</source>
        <translation>「発売日」の設定で直してください。</translation>
    </message>
    <message>
        <source>Try again later, or use another address or file.</source>
        <translation>あとでもう一度試すか、別のアドレスまたはファイルを使用してください。</translation>
    </message>
    <message>
        <source>“{file}” is not valid JSON: {reason}.</source>
        <translation>「{file}」は正しい JSON ではありません（{reason}）。</translation>
    </message>
    <message>
        <source>“{host}” lists no dates any more.</source>
        <translation>「{host}」に日付がなくなりました。</translation>
    </message>
    <message>
        <source>Look at its address in a browser.</source>
        <translation>ブラウザーでアドレスを確かめてください。</translation>
    </message>
    <message>
        <source>What it gave before stays until it is empty again in six hours.</source>
        <translation>これまでの日付は、6 時間後の確認でもう一度空になるまで残ります。</translation>
    </message>
    <message>
        <source>“{host}” asks for a name and a password.</source>
        <translation>「{host}」にはユーザー名とパスワードが必要です。</translation>
    </message>
    <message>
        <source>The proxy on the way to “{host}” asks for a name and a password.</source>
        <translation>「{host}」への途中のプロキシに、ユーザー名とパスワードが必要です。</translation>
    </message>
    <message>
        <source>Add them to the proxy settings of this computer.</source>
        <translation>このコンピューターのプロキシ設定に追加してください。</translation>
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
        <source>“{file}” is not valid TOML: {reason}.</source>
        <translation>「{file}」は正しい TOML ではありません（{reason}）。</translation>
    </message>
    <message>
        <source>The magazine “{name}” in “{file}” is invalid: {reason}.</source>
        <translation>「{file}」の雑誌「{name}」を解釈できません（{reason}）。</translation>
    </message>
    <message>
        <source>“{file}” cannot be imported.</source>
        <translation>「{file}」は読み込めません。</translation>
    </message>
    <message>
        <source>Choose an iCalendar (.ics), JSON or TOML file.</source>
        <translation>iCalendar（.ics）、JSON、TOML のどれかを選んでください。</translation>
    </message>
</context>
<context>
    <name>releases</name>
    <message>
        <source>Releases</source>
        <translation>発売日</translation>
    </message>
    <message>
        <source>Never miss the day an issue comes out</source>
        <translation>もう買い逃さない発売日カレンダー</translation>
    </message>
    <message>
        <source>{0} magazines</source>
        <translation>{0} 誌</translation>
    </message>
    <message>
        <source>Not bought</source>
        <translation>未購入にする</translation>
    </message>
    <message>
        <source>Import and more</source>
        <translation>読み込みなど</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>買った</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Another day</source>
        <translation>発売日の変更</translation>
    </message>
    <message>
        <source>Skip this issue</source>
        <translation>この号は発売なし</translation>
    </message>
    <message>
        <source>Back to the rule</source>
        <translation>規則どおりに戻す</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Removed: {0}. Ctrl+Z brings it back.</source>
        <translation>外しました：{0}（Ctrl+Z で元に戻せます）</translation>
    </message>
    <message>
        <source>Remind me</source>
        <translation>知らせる</translation>
    </message>
    <message>
        <source>Add the four</source>
        <translation>きらら 4 誌を追加</translation>
    </message>
    <message>
        <source>There was nothing new to import. {0}</source>
        <translation>新しく取り込むものはありませんでした。{0}</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>The list is {0}</source>
        <translation>一覧のファイル：{0}</translation>
    </message>
    <message>
        <source>Fetching feeds</source>
        <translation>フィードを取得中</translation>
    </message>
    <message>
        <source>{0} feeds could not be fetched.</source>
        <translation>{0} 件のフィードを取得できませんでした。</translation>
    </message>
    <message>
        <source>The feeds are up to date.</source>
        <translation>フィードは最新です。</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>読み込む…</translation>
    </message>
    <message>
        <source>Export as iCalendar…</source>
        <translation>iCalendar に書き出す…</translation>
    </message>
    <message>
        <source>Add a magazine…</source>
        <translation>雑誌を追加…</translation>
    </message>
    <message>
        <source>Open the list as a file</source>
        <translation>一覧のファイルを開く</translation>
    </message>
    <message>
        <source>Drop a calendar (.ics, .json) or a list (.toml) to import it</source>
        <translation>カレンダー（.ics、.json）か一覧（.toml）をドロップすると読み込みます</translation>
    </message>
    <message>
        <source>More</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>ピンク</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>赤</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>オレンジ</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>緑</translation>
    </message>
    <message>
        <source>Turquoise</source>
        <translation>青緑</translation>
    </message>
    <message>
        <source>Light blue</source>
        <translation>水色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>グレー</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>色</translation>
    </message>
    <message>
        <source>Another color…</source>
        <translation>ほかの色…</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>号</translation>
    </message>
    <message>
        <source>Another day…</source>
        <translation>発売日を変更…</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>発売なし</translation>
    </message>
    <message>
        <source>Nothing comes out in that month</source>
        <translation>その月は発売なし</translation>
    </message>
    <message>
        <source>nothing comes out</source>
        <translation>発売なし</translation>
    </message>
    <message>
        <source>Remove this correction</source>
        <translation>この変更を取り消す</translation>
    </message>
    <message>
        <source>Remove the correction of {0}</source>
        <translation>{0}の変更を取り消す</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>変更あり</translation>
    </message>
    <message>
        <source>not {0}</source>
        <translation>{0} から移動</translation>
    </message>
    <message>
        <source>The next dates</source>
        <translation>これからの発売日</translation>
    </message>
    <message>
        <source>Previous month</source>
        <translation>前の月</translation>
    </message>
    <message>
        <source>Next month</source>
        <translation>次の月</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>カレンダー</translation>
    </message>
    <message>
        <source>{0}, chosen</source>
        <translation>{0}、選択済み</translation>
    </message>
    <message>
        <source>ddd, MMM d</source>
        <translation>M月d日(ddd)</translation>
    </message>
    <message>
        <source>ddd, MMM d, yyyy</source>
        <translation>yyyy年M月d日(ddd)</translation>
    </message>
    <message>
        <source>dddd, MMMM d, yyyy</source>
        <translation>yyyy年M月d日 dddd</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明日</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨日</translation>
    </message>
    <message>
        <source>in {0} days</source>
        <translation>あと{0}日</translation>
    </message>
    <message>
        <source>{0} days ago</source>
        <translation>{0}日前</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>{0}; {1}</source>
        <translation>{0}。{1}</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}、{1}</translation>
    </message>
    <message>
        <source>No title or note contains “{0}”.</source>
        <translation>「{0}」を含む誌名もメモもありません。</translation>
    </message>
    <message>
        <source>Nothing comes out in this period.</source>
        <translation>この期間の発売はありません。</translation>
    </message>
    <message>
        <source>No title contains “{0}”.</source>
        <translation>「{0}」を含む誌名はありません。</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Coming</source>
        <translation>これから</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Came out</source>
        <translation>発売済み</translation>
    </message>
    <message>
        <source>No reminder has been sent yet.</source>
        <translation>まだお知らせはありません。</translation>
    </message>
    <message>
        <source>View</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Search titles and notes</source>
        <translation>誌名とメモを検索</translation>
    </message>
    <message>
        <source>Choose a month</source>
        <translation>月を選ぶ</translation>
    </message>
    <message>
        <source>Go to today (T)</source>
        <translation>今日へ（T）</translation>
    </message>
    <message>
        <source>No magazine yet</source>
        <translation>まだ雑誌がありません</translation>
    </message>
    <message>
        <source>Add what you read, or begin with the four monthly magazines of Manga Time Kirara.</source>
        <translation>読んでいる雑誌を追加してください。まんがタイムきららの月刊 4 誌から始めることもできます。</translation>
    </message>
    <message>
        <source>Nothing comes out on this day.</source>
        <translation>この日の発売はありません。</translation>
    </message>
    <message>
        <source>Bought or not (Space or B in the calendar)</source>
        <translation>買ったかどうか（カレンダーではスペースか B）</translation>
    </message>
    <message>
        <source>Correct the day on which this issue comes out</source>
        <translation>この号の発売日を直す</translation>
    </message>
    <message>
        <source>Calendars and lists ({0})</source>
        <translation>カレンダーと一覧（{0}）</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>読み込み</translation>
    </message>
    <message>
        <source>Reading a file</source>
        <translation>ファイルを読み込み中</translation>
    </message>
    <message>
        <source>Imported: {0}</source>
        <translation>読み込みました：{0}</translation>
    </message>
    <message>
        <source>What should be imported?</source>
        <translation>どれを取り込みますか？</translation>
    </message>
    <message>
        <source>{0} dates</source>
        <translation>{0} 件の日付</translation>
    </message>
    <message>
        <source>1 date</source>
        <translation>1 件</translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation>追加 {0} 件</translation>
    </message>
    <message>
        <source>{0} moved</source>
        <translation>変更 {0} 件</translation>
    </message>
    <message>
        <source>{0} removed</source>
        <translation>削除 {0} 件</translation>
    </message>
    <message>
        <source>{0} noted</source>
        <translation>号数のメモ {0} 件</translation>
    </message>
    <message>
        <source>has a rule of its own, which stays</source>
        <translation>発売日の規則はそのままです</translation>
    </message>
    <message>
        <source>nothing new</source>
        <translation>変更なし</translation>
    </message>
    <message>
        <source>already there, will be changed</source>
        <translation>登録済み（内容を更新）</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>登録済み</translation>
    </message>
    <message>
        <source>Edit “{0}”</source>
        <translation>「{0}」を編集</translation>
    </message>
    <message>
        <source>Add a magazine</source>
        <translation>雑誌を追加</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>毎月の日</translation>
    </message>
    <message>
        <source>Weekday</source>
        <translation>曜日</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>Feed</source>
        <translation>フィード</translation>
    </message>
    <message>
        <source>When it comes out</source>
        <translation>発売日の決め方</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>誌名</translation>
    </message>
    <message>
        <source>Corrections of single months</source>
        <translation>月ごとの変更</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>ウェブページ</translation>
    </message>
    <message>
        <source>Remind me of it</source>
        <translation>この雑誌の発売日を知らせる</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
    <message>
        <source>Enter a title.</source>
        <translation>誌名を入れてください。</translation>
    </message>
    <message>
        <source>The address of a page begins with http:// or https://.</source>
        <translation>ページのアドレスは http:// か https:// で始まります。</translation>
    </message>
    <message>
        <source>No date in the next years.</source>
        <translation>今後数年の日付がありません。</translation>
    </message>
    <message>
        <source>Fetch the feed to see its dates.</source>
        <translation>「取得」を押すと日付が表示されます。</translation>
    </message>
    <message>
        <source>Fetching a feed</source>
        <translation>フィードを取得中</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>編集…</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>ページを開く</translation>
    </message>
    <message>
        <source>Magazines</source>
        <translation>雑誌</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>追加…</translation>
    </message>
    <message>
        <source>Add a magazine, or anything that comes out</source>
        <translation>雑誌など、発売日のあるものを追加</translation>
    </message>
    <message>
        <source>Fetch the feeds now</source>
        <translation>フィードを今すぐ取得</translation>
    </message>
    <message>
        <source>Remind me of {0}</source>
        <translation>{0}の発売日を知らせる</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>メモ…</translation>
    </message>
    <message>
        <source>Back to the rule: {0}</source>
        <translation>規則どおりに戻す：{0}</translation>
    </message>
    <message>
        <source>Edit the magazine…</source>
        <translation>雑誌を編集…</translation>
    </message>
    <message>
        <source>Something comes out on this day…</source>
        <translation>この日の発売を追加…</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年</translation>
    </message>
    <message>
        <source>Show {0} in the calendar</source>
        <translation>{0}をカレンダーに表示</translation>
    </message>
    <message>
        <source>Nothing planned</source>
        <translation>予定なし</translation>
    </message>
    <message>
        <source>No magazine comes out within the next two years.</source>
        <translation>今後 2 年間の発売予定はありません。</translation>
    </message>
    <message>
        <source>Reminder: {0}</source>
        <translation>お知らせ：{0}</translation>
    </message>
    <message>
        <source>You will not be reminded of it.</source>
        <translation>この雑誌のお知らせはオフです。</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次の発売</translation>
    </message>
    <message>
        <source>Mark this issue as bought</source>
        <translation>この号を買ったことにする</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>ファイルを開く</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度確認</translation>
    </message>
    <message>
        <source>Extra; the rule has none in this month</source>
        <translation>臨時の号（この月は規則では発売なし）</translation>
    </message>
    <message>
        <source>Corrected; by the rule it would be {0}</source>
        <translation>変更あり（規則では{0}）</translation>
    </message>
    <message>
        <source>Not on {0}, a Sunday or holiday</source>
        <translation>{0}が休日のため移動</translation>
    </message>
    <message>
        <source>Send reminders to {0}</source>
        <translation>{0}にお知らせを送る</translation>
    </message>
    <message>
        <source>This is a test</source>
        <translation>テストです</translation>
    </message>
    <message>
        <source>Reminders arrive through {0}</source>
        <translation>お知らせは{0}で届きます</translation>
    </message>
    <message>
        <source>On a Sunday or a holiday</source>
        <translation>日曜・祝日に当たるとき</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>前の日へ</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>後の日へ</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>そのまま</translation>
    </message>
    <message>
        <source>Day of the month</source>
        <translation>毎月の日</translation>
    </message>
    <message>
        <source>On day {0} of every month</source>
        <translation>毎月 {0} 日</translation>
    </message>
    <message>
        <source>First</source>
        <translation>第 1</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>第 2</translation>
    </message>
    <message>
        <source>Third</source>
        <translation>第 3</translation>
    </message>
    <message>
        <source>Fourth</source>
        <translation>第 4</translation>
    </message>
    <message>
        <source>Fifth</source>
        <translation>第 5</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最終</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>第何</translation>
    </message>
    <message>
        <source>of every month</source>
        <translation>（毎月）</translation>
    </message>
    <message>
        <source>Click days, or paste dates: 2026-12-09, 2026/12/9, 12/9</source>
        <translation>日をクリックするか、日付を貼り付けてください：2026年12月9日、2026-12-09、12/9</translation>
    </message>
    <message>
        <source>There is no date yet.</source>
        <translation>日付がまだありません。</translation>
    </message>
    <message>
        <source>There is no date in “{0}”.</source>
        <translation>「{0}」に日付がありません。</translation>
    </message>
    <message>
        <source>Address of the feed</source>
        <translation>フィードのアドレス</translation>
    </message>
    <message>
        <source>Show the address</source>
        <translation>アドレスを表示</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>取得</translation>
    </message>
    <message>
        <source>The address of a feed begins with http://, https:// or webcal://.</source>
        <translation>フィードのアドレスは http://、https://、webcal:// のどれかで始まります。</translation>
    </message>
    <message>
        <source>Fetching…</source>
        <translation>取得中…</translation>
    </message>
    <message>
        <source>An iCalendar or JSON file on the web; it is read four times a day.</source>
        <translation>ネット上の iCalendar か JSON。1 日に 4 回読み直します。</translation>
    </message>
    <message>
        <source>After that</source>
        <translation>その次</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>送信済み</translation>
    </message>
    <message>
        <source>Will be tried again</source>
        <translation>再送待ち</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>送信中</translation>
    </message>
    <message>
        <source>Perhaps delivered</source>
        <translation>届いたか不明</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>送信失敗</translation>
    </message>
    <message>
        <source>No longer needed</source>
        <translation>不要になった</translation>
    </message>
    <message>
        <source>On the day</source>
        <translation>当日</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>前日</translation>
    </message>
    <message>
        <source>After a snooze</source>
        <translation>スヌーズ後</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>デスクトップ</translation>
    </message>
    <message>
        <source>Manga Time Kirara</source>
        <translation>まんがタイムきらら</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>「{0}」</translation>
    </message>
    <message>
        <source>Reminders</source>
        <translation>お知らせ</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分</translation>
    </message>
    <message>
        <source>At this hour</source>
        <translation>時刻</translation>
    </message>
    <message>
        <source>Remind me on the day</source>
        <translation>当日に知らせる</translation>
    </message>
    <message>
        <source>By this computer’s clock.</source>
        <translation>このコンピューターの時計に従います。</translation>
    </message>
    <message>
        <source>Remind me the day before</source>
        <translation>前日に知らせる</translation>
    </message>
    <message>
        <source>At this hour of the day before</source>
        <translation>前日の時刻</translation>
    </message>
    <message>
        <source>Snooze for</source>
        <translation>スヌーズの長さ</translation>
    </message>
    <message>
        <source>Message on the day</source>
        <translation>当日の文面</translation>
    </message>
    <message>
        <source>%s stands for the magazine.</source>
        <translation>%s が誌名になります。</translation>
    </message>
    <message>
        <source>Message the day before</source>
        <translation>前日の文面</translation>
    </message>
    <message>
        <source>Calendar file to update</source>
        <translation>常に最新にしておくカレンダーファイル</translation>
    </message>
    <message>
        <source>An .ics file for calendar programs to subscribe to. It is written again whenever something changes.</source>
        <translation>カレンダーアプリで購読できる .ics ファイル。内容が変わるたびに書き直します。</translation>
    </message>
    <message>
        <source>%s has come out</source>
        <translation>%sが発売されました</translation>
    </message>
    <message>
        <source>%s comes out in {days} days</source>
        <translation>%sはあと{days}日で発売です</translation>
    </message>
    <message>
        <source>{count} releases while you were away</source>
        <translation>お留守の間に {count} 件の発売がありました</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>ほか {count} 件</translation>
    </message>
    <message>
        <source>Remind me later</source>
        <translation>あとで知らせる</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Releases cannot be checked at the moment</source>
        <translation>今は発売日を見張れません</translation>
    </message>
    <message>
        <source>When to remind</source>
        <translation>お知らせする日</translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation>設定のとおり</translation>
    </message>
    <message>
        <source>Time of the reminder</source>
        <translation>お知らせの時刻</translation>
    </message>
    <message>
        <source>{0} days before</source>
        <translation>{0} 日前</translation>
    </message>
</context>
</TS>
