"""Japanese sentences put together by chance, for a voice to read aloud.

``python packaging/sentences.py 1000 > sentences.txt``. They are grammatical, if not always wise:
what counts is that many sounds meet in many places of a sentence, in the forms people use every
day. The lists and the patterns were written for this.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

LISTS: dict[str, str] = {
    "person": """私 僕 彼 彼女 あの人 母 父 兄 姉 弟 妹 祖母 先輩 後輩 店長 部長 社長 看護師さん 医者
        警察官 運転手さん 大家さん 佐々木さん 高橋さん 中村さん 伊藤さん 渡辺さん 小林さん 吉田さん
        ジョンさん マリアさん フェリックスさん 隣のおじさん 近所の子ども 留学生 同級生 双子の姉妹
        魔法使い お姫様 王子様 勇者 船長 探偵 怪獣 宇宙人 ペンギン ライオン 狐 兎 亀 狼""",
    "place": """学校 会社 市役所 郵便局 銀行 空港 港 美術館 動物園 水族館 遊園地 映画館 体育館 屋上
        教室 廊下 玄関 台所 居間 寝室 ベランダ 地下室 物置 畑 牧場 森 砂浜 岬 島 湖 滝 谷 丘 橋 神社
        城 市場 商店街 デパート スーパー パン屋 花屋 床屋 食堂 レストラン カフェ ホテル 旅館 温泉
        北海道 青森 仙台 横浜 名古屋 大阪 広島 福岡 沖縄 パリ ロンドン ニューヨーク ヴェネツィア""",
    "thing": """手紙 葉書 切符 鞄 帽子 手袋 眼鏡 指輪 財布 時計 傘 鏡 櫛 石鹸 毛布 枕 椅子 机 棚 絵
        写真 地図 辞書 雑誌 小説 教科書 ノート 鉛筆 消しゴム 鋏 定規 電話 パソコン カメラ ラジオ
        テレビ 冷蔵庫 洗濯機 掃除機 自転車 車 飛行機 ロケット 風船 人形 太鼓 笛 ギター ピアノ
        ヴァイオリン ボール ラケット ピカピカの靴 古い箱 小さな鈴 赤い糸 青い石 銀の匙 不思議な卵
        ジグソーパズル フィギュア ティーカップ チェックのシャツ ジャケット ズボン セーター""",
    "food": """ご飯 味噌汁 卵焼き 焼き魚 刺身 寿司 天ぷら うどん 蕎麦 ラーメン 餃子 コロッケ とんかつ
        カレー シチュー ハンバーグ スパゲッティ ピザ サラダ サンドイッチ フィッシュバーガー おにぎり
        豆腐 納豆 茄子 胡瓜 人参 玉葱 南瓜 じゃがいも キャベツ ほうれん草 林檎 蜜柑 葡萄 苺 桃 梨
        西瓜 バナナ パイナップル チョコレート クッキー ケーキ プリン ゼリー アイスクリーム 羊羹
        饅頭 煎餅 どら焼き 紅茶 緑茶 麦茶 牛乳 ジュース ココア ヨーグルト""",
    "when": """今朝 昨夜 一昨日 明後日 先週 今週 来月 去年 再来年 月曜日 火曜日 木曜日 金曜日 土曜日
        お正月 お盆 クリスマス 夕方 真夜中 お昼過ぎ 放課後 休み時間 仕事の後 子どもの頃 三日前
        二時半 四時十五分 六時 八時二十分 九時 十一時五十分 五月五日 十月九日 毎月一日""",
    "how": """ゆっくり 急いで 静かに そっと しっかり はっきり ぼんやり にこにこしながら こっそり
        一生懸命 久しぶりに 初めて 何度も 少しずつ 一人で 二人で みんなで 仕方なく 喜んで 慌てて
        黙って 偶然 やっと ちゃんと ぐっすり びっくりして 丁寧に 勝手に 順番に ひょっこり""",
    "feature": """大きい 小さい 高い 低い 長い 短い 重い 軽い 新しい 古い 明るい 暗い 暑い 寒い 熱い
        温かい 冷たい 甘い 辛い 苦い 酸っぱい 美味しい 可愛い 美しい 珍しい 優しい 厳しい 面白い
        嬉しい 寂しい 悲しい 怖い 眠い 痛い 若い 強い 弱い 速い 遅い 近い 遠い 深い 浅い 丸い 白い""",
    "quality": """静か 賑やか 便利 不便 有名 綺麗 丈夫 元気 親切 正直 真面目 立派 複雑 簡単 大切 特別
        自由 贅沢 平和 危険 安全 不思議 上手 下手 残念 確か 素敵 ユニーク シンプル""",
    "act": """〈thing〉を買う 〈thing〉を売る 〈thing〉を借りる 〈thing〉を返す 〈thing〉を捨てる
        〈thing〉を拾う 〈thing〉を探す 〈thing〉を見つける 〈thing〉をなくす 〈thing〉を直す
        〈thing〉を磨く 〈thing〉を運ぶ 〈thing〉を送る 〈thing〉を受け取る 〈thing〉を使う
        〈thing〉を見せる 〈thing〉を描く 〈thing〉を隠す 〈food〉を食べる 〈food〉を作る
        〈food〉を頼む 〈food〉を分ける 〈food〉を味わう 〈food〉を運ぶ 〈place〉へ行く 〈place〉に着く
        〈place〉で遊ぶ 〈place〉で働く 〈place〉で待つ 〈place〉で休む 〈place〉で歌う 〈place〉まで走る
        〈place〉まで歩く 〈place〉から帰る 〈place〉を通る 〈place〉を案内する 〈place〉で練習する
        〈person〉に会う 〈person〉に聞く 〈person〉に話す 〈person〉を呼ぶ 〈person〉を助ける
        〈person〉と踊る 〈person〉と喧嘩する 〈person〉を応援する 〈person〉に電話をかける
        〈person〉に道を尋ねる 〈person〉を驚かせる 窓を閉める 扉を開ける 電気を消す 髪を切る
        歯を磨く お風呂に入る 服を着替える 靴を脱ぐ 部屋を掃除する 洗濯物を干す 草を抜く
        ピアノを弾く 写真を撮る 絵本を読む 日記を書く 計画を立てる 約束を守る 嘘をつく 夢を見る
        薬を飲む 熱を測る 川で泳ぐ 山に登る 雪が積もる 花火を眺める 虫を捕まえる 魚を釣る
        鳥が飛ぶ 犬が吠える 猫が眠る 赤ちゃんが泣く バスが止まる 電車が動く 風が吹く 雷が鳴る""",
    "number": "一つ 二つ 三つ 五つ 七つ 九つ 十個 百枚 二十本 三匹 六冊 八杯 四台 千円 二百円 一万円",
}
"""What may stand for 〈name〉, separated by white space."""

PATTERNS = """
〈person〉は〈when〉、〈act:masu〉ます。
〈person〉は〈place〉で〈act:te〉います。
〈when〉、〈person〉が〈how〉〈act:ta〉。
〈act:te〉から、〈act:masu〉ましょう。
〈act:ta〉後で、〈how〉〈act:masu〉ました。
〈person〉が〈act:ru〉ので、私は〈act:masu〉ます。
〈how〉〈act:te〉ください。
〈act:nai〉ないでください。
〈act:te〉もいいですか。
〈act:te〉はいけません。
〈act:masu〉たいのですが、どうすればいいですか。
〈when〉は〈act:masu〉ませんでした。
どうして〈person〉は〈act:ta〉の。
〈person〉はいつ〈act:masu〉ますか。
ねえ、一緒に〈act:masu〉ませんか。
〈act:ta〉ことがありますか。
〈act:ru〉前に、〈how〉〈act:te〉おく。
〈person〉の〈thing〉は、とても〈feature〉です。
この〈food〉は少し〈feature〉ね。
〈place〉はいつも〈quality〉です。
〈feature〉〈thing〉と〈quality〉な〈thing〉、どちらが好きですか。
〈thing〉を〈number〉ください。
〈food〉を〈number〉、お願いします。
〈thing〉が〈number〉あれば、〈place〉まで行けるはずだ。
〈person〉によると、〈place〉はかなり〈feature〉そうだ。
もし〈person〉が〈act:ta〉ら、〈person〉は〈act:ru〉でしょう。
〈act:ru〉つもりだったのに、〈thing〉を忘れてしまった。
〈act:masu〉ながら、〈act:te〉はいけないよ。
〈person〉も〈person〉も、〈place〉が大好きです。
〈person〉、〈when〉の〈place〉、覚えてる。
〈place〉の〈thing〉より、〈place〉の〈food〉のほうが〈feature〉。
昔々、〈place〉に〈feature〉〈person〉がいました。
〈person〉はもう〈act:ta〉だろうか。
〈act:nai〉なければならないのに、まだ〈act:te〉いる。
〈quality〉な〈person〉が〈act:te〉くれた。
ええ、〈when〉までに〈act:te〉おきます。
あっ、〈person〉が〈act:te〉いる。
〈act:te〉、〈act:te〉、それから〈act:masu〉ました。
〈when〉から〈when〉まで、〈place〉は休みです。
〈person〉さえいれば、〈place〉も〈quality〉だと思う。
""".split()

_GODAN = {  # the last kana, and what it becomes before ます, before ない, and in て and た
    "う": ("い", "わ", "って", "った"),
    "つ": ("ち", "た", "って", "った"),
    "る": ("り", "ら", "って", "った"),
    "む": ("み", "ま", "んで", "んだ"),
    "ぶ": ("び", "ば", "んで", "んだ"),
    "く": ("き", "か", "いて", "いた"),
    "ぐ": ("ぎ", "が", "いで", "いだ"),
    "す": ("し", "さ", "して", "した"),
}
_ICHIDAN = (
    "食べる 借りる 捨てる 見つける 見せる 分ける 尋ねる 助ける かける 閉める 開ける 着替える"
    " 立てる 眺める 捕まえる 見る 驚かせる"
).split()
_FORMS = ("masu", "nai", "te", "ta")


def conjugated(verb: str, form: str) -> str:
    """A verb at the end of a phrase, in a form ("ru" is the dictionary's)."""
    if form == "ru":
        return verb
    number = _FORMS.index(form)
    if verb.endswith("する"):
        return verb[:-2] + ("し", "し", "して", "した")[number]
    if verb.endswith(tuple(_ICHIDAN)):
        return verb[:-1] + ("", "", "て", "た")[number]
    if verb.endswith("行く") and number >= 2:
        return verb[:-1] + ("って", "った")[number - 2]
    return verb[:-1] + _GODAN[verb[-1]][number]


def sentence(chance: random.Random) -> str:
    """One more sentence."""
    lists = {name: words.split() for name, words in LISTS.items()}

    def fill(match: re.Match[str]) -> str:
        name, _, form = match[1].partition(":")
        words = chance.choice(lists[name])
        if form:
            words = conjugated(words, form)
        return re.sub("〈(.+?)〉", fill, words)

    return re.sub("〈(.+?)〉", fill, chance.choice(PATTERNS))


def main() -> None:
    """Print so many, each once, and none that voices are judged with."""
    parser = argparse.ArgumentParser(description="Japanese sentences put together by chance.")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1710)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    judged = Path(__file__).parents[1] / "benchmarks" / "everyday_sentences.txt"
    seen = set(judged.read_text(encoding="utf-8").splitlines())
    for _ in range(arguments.count):
        while (text := sentence(chance)) in seen:
            pass
        seen.add(text)
        print(text)


if __name__ == "__main__":
    main()
