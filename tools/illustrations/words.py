"""Texts that stand on made pictures, in four languages."""

from __future__ import annotations

NAMES = (
    "Aoi", "Hikari", "Rin", "Luna", "星野ひかり", "朝比奈リン", "月城ルナ", "白雪", "紅葉", "Elise",
    "Noa", "アリシア", "ミレイユ", "세라", "하루", "艾莉丝", "云雀", "Freya", "ソフィア", "カノン",
)  # fmt: skip
SENTENCES = (
    "今日はいい天気ですね。", "The meeting starts at ten.", "どこへ行くの？",
    "Don't forget the milk!", "明日の予定を確認してください。", "안녕하세요, 반갑습니다.",
    "你好，最近怎么样？", "Where are we going?", "新しい絵を描きました！",
    "I finished the last chapter.", "ありがとう、またね。", "Not again…",
    "電車が遅れています。", "It was a quiet evening by the sea.", "すごい！本当に？", "Let's go!",
)  # fmt: skip
CRIES = ("ドン", "ゴゴゴ", "キラキラ", "BANG", "ドキッ", "ざわ…", "WHAM", "シーン", "!?", "わーい")
MENUS = (
    "File", "Edit", "View", "Help", "Settings", "ファイル", "編集", "表示", "ヘルプ", "設定",
    "Search", "検索", "Home", "ホーム", "Profile", "通知", "Messages", "Share", "保存", "Open…",
    "Login", "파일",
)  # fmt: skip
CODE = (
    "def main() -> None:", "    for name in sorted(found):", "        print(name, found[name])",
    "import numpy as np", "class Reader:", "    return self._rows[at]", "if (value == null) {",
    "  const rows = await fetch(url);", "}", "# the last one wins", "while True:", "    break",
    "SELECT name, count(*) FROM pictures", "$ git commit -m 'Fix'", "error: expected ';'", "",
)  # fmt: skip
SIGNATURES = ("@kirara_draws", "©2026 Hoshi", "fumi", "illust: なな", "sketch.example", "m.aoki")
SLOGANS = (
    "SALE 50% OFF", "When it compiles at first try", "月曜日がやってくる", "KEEP GOING",
    "なるほど、わからん", "Nobody: … Me at 3 am:", "お知らせ", "THANK YOU 1000 followers",
    "募集中！", "明日の天気", "重要", "Be the change.", "今日の一句", "完売しました",
    "I told you so", "NEW ARTICLE", "잠시만요", "通知",
)  # fmt: skip
