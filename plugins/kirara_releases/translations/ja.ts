<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
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
        <source>As the rule has it</source>
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
        <source>Edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>“{0}” could not be opened.</source>
        <translation>「{0}」を開けませんでした。</translation>
    </message>
    <message>
        <source>Open it in your browser.</source>
        <translation>ブラウザーで開いてください。</translation>
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
        <source>Import, export and more</source>
        <translation>読み込み・書き出しなど</translation>
    </message>
    <message>
        <source>More</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>色</translation>
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
        <source>No title and no note has “{0}”.</source>
        <translation>「{0}」を含む誌名もメモもありません。</translation>
    </message>
    <message>
        <source>Nothing comes out in this time.</source>
        <translation>この期間の発売はありません。</translation>
    </message>
    <message>
        <source>No title has “{0}”.</source>
        <translation>「{0}」を含む誌名はありません。</translation>
    </message>
    <message>
        <source>Nothing has been told yet.</source>
        <translation>まだお知らせはありません。</translation>
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
        <source>Told</source>
        <translation>お知らせ済み</translation>
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
        <source>There was nothing new to import.</source>
        <translation>新しく読み込むものはありませんでした。</translation>
    </message>
    <message>
        <source>Imported: {0}</source>
        <translation>読み込みました：{0}</translation>
    </message>
    <message>
        <source>Export as iCalendar</source>
        <translation>iCalendar に書き出す</translation>
    </message>
    <message>
        <source>Saved as {0}. Any calendar program can open it.</source>
        <translation>{0} に保存しました。どのカレンダーソフトでも開けます。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>What should be taken over?</source>
        <translation>どれを取り込みますか？</translation>
    </message>
    <message>
        <source>{0} dates</source>
        <translation>{0} 件の日付</translation>
    </message>
    <message>
        <source>is there already, would be changed</source>
        <translation>登録済み（内容を更新）</translation>
    </message>
    <message>
        <source>is there already</source>
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
        <source>Keep</source>
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
        <source>Its page on the net</source>
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
        <source>Give it a title.</source>
        <translation>誌名を入れてください。</translation>
    </message>
    <message>
        <source>The address of a page begins with http:// or https://.</source>
        <translation>ページのアドレスは http:// か https:// で始まります。</translation>
    </message>
    <message>
        <source>No date within the next years.</source>
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
        <source>More about {0}</source>
        <translation>{0}の操作</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>メモ…</translation>
    </message>
    <message>
        <source>As the rule has it: {0}</source>
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
        <source>Another service</source>
        <translation>その他のサービス</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>メール</translation>
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
        <source>Another address</source>
        <translation>アドレスの変更</translation>
    </message>
    <message>
        <source>Add a messenger</source>
        <translation>メッセンジャーを追加</translation>
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
        <source>The address is kept in the system’s keyring.</source>
        <translation>アドレスはシステムのキーリングに保管されます。</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年</translation>
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
        <source>You will be told: {0}</source>
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
        <source>Look again</source>
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
        <source>Send a test</source>
        <translation>テストを送る</translation>
    </message>
    <message>
        <source>Another address…</source>
        <translation>アドレスを変更…</translation>
    </message>
    <message>
        <source>This is a test</source>
        <translation>テストです</translation>
    </message>
    <message>
        <source>Releases are told by this route: {0}</source>
        <translation>この経路で発売日をお知らせします：{0}</translation>
    </message>
    <message>
        <source>Where you are told</source>
        <translation>お知らせ先</translation>
    </message>
    <message>
        <source>On the desktop by the first of these that works, and by every messenger.</source>
        <translation>デスクトップでは使える最初の経路で、メッセンジャーにはすべてに届きます。</translation>
    </message>
    <message>
        <source>Try every route now</source>
        <translation>すべての経路を今すぐ試す</translation>
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
        <source>Not tried yet</source>
        <translation>未確認</translation>
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
        <source>Tell me through {0}</source>
        <translation>{0}で知らせる</translation>
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
        <source>An iCalendar or JSON file on the net; it is read again four times a day.</source>
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
        <source>To be tried again</source>
        <translation>再送待ち</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>送信中</translation>
    </message>
    <message>
        <source>Perhaps told</source>
        <translation>届いたか不明</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>断念</translation>
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
        <source>Tell me on the day</source>
        <translation>当日に知らせる</translation>
    </message>
    <message>
        <source>At this hour</source>
        <translation>時刻</translation>
    </message>
    <message>
        <source>By this computer’s own clock.</source>
        <translation>このコンピューターの時計で数えます。</translation>
    </message>
    <message>
        <source>Tell me the day before</source>
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
        <source>Calendar file to keep up to date</source>
        <translation>常に最新にしておくカレンダーファイル</translation>
    </message>
    <message>
        <source>An .ics file for calendar programs to subscribe to. It is written anew whenever something changes.</source>
        <translation>カレンダーソフトから購読できる .ics ファイル。変更があるたびに書き直されます。</translation>
    </message>
    <message>
        <source>%s has come out</source>
        <translation>%sが発売されました</translation>
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
        <source>Releases cannot be watched at the moment</source>
        <translation>今は発売日を見張れません</translation>
    </message>
</context>
</TS>
