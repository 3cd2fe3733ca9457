<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>characters</name>
    <message>
        <source>Characters</source>
        <translation>キャラクター</translation>
    </message>
    <message>
        <source>Pin faces, then morph</source>
        <translation>選んだ顔から顔へモーフィング</translation>
    </message>
    <message>
        <source>Progressive growing GAN of the blog (chainer)</source>
        <translation>ブログ記事の PGGAN（chainer）</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>個性の強さ</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>枚数</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>ループ</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>Candidate with seed {0}</source>
        <translation>シード {0} の候補</translation>
    </message>
    <message>
        <source>to the start</source>
        <translation>先頭へ</translation>
    </message>
    <message>
        <source>Pin {0}, seed {1}</source>
        <translation>ピン {0}（シード {1}）</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成する</translation>
    </message>
    <message>
        <source>Surprise me</source>
        <translation>おまかせ</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>ピンを外す</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>ピン留め</translation>
    </message>
    <message>
        <source>Remove from the film</source>
        <translation>動画から外す</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>Easing</source>
        <translation>動き方</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Earlier candidates</source>
        <translation>前の候補</translation>
    </message>
    <message>
        <source>Enlarging a picture</source>
        <translation>画像を拡大しています</translation>
    </message>
    <message>
        <source>Lend its details to pin {0}</source>
        <translation>細部をピン {0} に渡す</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>画像を保存…</translation>
    </message>
    <message>
        <source>Take the details of</source>
        <translation>細部を受け取る</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>お気に入りに追加</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>お気に入りから外す</translation>
    </message>
    <message>
        <source>{0} seconds</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>学習を始める</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止しています…</translation>
    </message>
    <message>
        <source>Folder with pictures</source>
        <translation>画像のフォルダー</translation>
    </message>
    <message>
        <source>Pictures to train on</source>
        <translation>学習に使う画像</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>つくる</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Your own pictures</source>
        <translation>自分の絵から</translation>
    </message>
    <message>
        <source>Drop a saved picture or film to continue it, a model to import it, folders to train on them</source>
        <translation>保存した画像や動画なら続きから、モデルなら読み込み、フォルダーなら学習に使います</translation>
    </message>
    <message>
        <source>Click two faces, and one becomes the other.</source>
        <translation>顔をふたつクリックすると、ひとつがもうひとつに変わっていきます。</translation>
    </message>
    <message>
        <source>Drawing the first characters…</source>
        <translation>最初のキャラクターを描いています…</translation>
    </message>
    <message>
        <source>There is no model yet</source>
        <translation>まだモデルがありません</translation>
    </message>
    <message>
        <source>This copy of the studio does not include one. Import a model, or train one on your own pictures.</source>
        <translation>このスタジオにはモデルが付属していません。モデルを読み込むか、自分の絵で学習させてください。</translation>
    </message>
    <message>
        <source>Import a model…</source>
        <translation>モデルを読み込む…</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>なめらか</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>一定</translation>
    </message>
    <message>
        <source>Slow start</source>
        <translation>ゆっくり始まる</translation>
    </message>
    <message>
        <source>Slow end</source>
        <translation>ゆっくり終わる</translation>
    </message>
    <message>
        <source>Pin two or more to make a film.</source>
        <translation>ふたつ以上ピン留めすると動画になります。</translation>
    </message>
    <message>
        <source>{0} characters, {1} seconds</source>
        <translation>{0} 人・{1} 秒</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>モデルなし</translation>
    </message>
    <message>
        <source>any size · drawn by a program, without a network</source>
        <translation>サイズ自由 · ネットワークを使わずプログラムで描画</translation>
    </message>
    <message>
        <source>{0} pixels · comes with the studio</source>
        <translation>{0} ピクセル・付属のモデル</translation>
    </message>
    <message>
        <source>{0} pixels · your own</source>
        <translation>{0} ピクセル・自分のモデル</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候補</translation>
    </message>
    <message>
        <source>Variety (truncation)</source>
        <translation>個性の強さ（truncation）</translation>
    </message>
    <message>
        <source>Low: similar and neat. High: varied, some of them odd.</source>
        <translation>低いと似た整った顔に、高いと個性的に（ときに奇妙に）なります。</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>違いの大きさ</translation>
    </message>
    <message>
        <source>Back to all kinds</source>
        <translation>いろいろな候補に戻る</translation>
    </message>
    <message>
        <source>Another random seed (R)</source>
        <translation>シードを選び直す（R）</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>動画</translation>
    </message>
    <message>
        <source>Back to the start (loop)</source>
        <translation>はじめに戻る（ループ）</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>ファイルから</translation>
    </message>
    <message>
        <source>Drop a saved picture, film or a model</source>
        <translation>保存した画像・動画・モデルをここにドロップ</translation>
    </message>
    <message>
        <source>about {0} MB</source>
        <translation>約 {0} MB</translation>
    </message>
    <message>
        <source>{1} × {1}, about {0} MB</source>
        <translation>{1} × {1}、約 {0} MB</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>画像…</translation>
    </message>
    <message>
        <source>Sheet of all candidates…</source>
        <translation>候補の一覧画像…</translation>
    </message>
    <message>
        <source>Film as GIF…</source>
        <translation>動画を GIF で…</translation>
    </message>
    <message>
        <source>Film as animated WebP…</source>
        <translation>動画を WebP アニメーションで…</translation>
    </message>
    <message>
        <source>Film as MP4…</source>
        <translation>動画を MP4 で…</translation>
    </message>
    <message>
        <source>Film as a folder of PNG frames…</source>
        <translation>動画を PNG の連番で…</translation>
    </message>
    <message>
        <source>Project…</source>
        <translation>プロジェクト…</translation>
    </message>
    <message>
        <source>Picture, enlarged by a network…</source>
        <translation>画像（ネットワークで拡大）…</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>顔</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>髪</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>目</translation>
    </message>
    <message>
        <source>Pose</source>
        <translation>ポーズと構図</translation>
    </message>
    <message>
        <source>Clothes</source>
        <translation>服装</translation>
    </message>
    <message>
        <source>Background and light</source>
        <translation>背景と光</translation>
    </message>
    <message>
        <source>Directions</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Fringe</source>
        <translation>前髪</translation>
    </message>
    <message>
        <source>Side locks</source>
        <translation>横髪</translation>
    </message>
    <message>
        <source>Hairstyle</source>
        <translation>髪型</translation>
    </message>
    <message>
        <source>Hair colour</source>
        <translation>髪の色</translation>
    </message>
    <message>
        <source>Tip colour</source>
        <translation>毛先の色</translation>
    </message>
    <message>
        <source>Inner colour</source>
        <translation>インナーカラー</translation>
    </message>
    <message>
        <source>Sides swapped</source>
        <translation>左右を入れ替え</translation>
    </message>
    <message>
        <source>Ahoge (cowlick)</source>
        <translation>アホ毛</translation>
    </message>
    <message>
        <source>Eye shape</source>
        <translation>目の形</translation>
    </message>
    <message>
        <source>Left eye</source>
        <translation>左目の色</translation>
    </message>
    <message>
        <source>Right eye</source>
        <translation>右目の色</translation>
    </message>
    <message>
        <source>Eye size</source>
        <translation>目の大きさ</translation>
    </message>
    <message>
        <source>Looks left or right</source>
        <translation>視線（左右）</translation>
    </message>
    <message>
        <source>Looks up or down</source>
        <translation>視線（上下）</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Eyebrows</source>
        <translation>眉</translation>
    </message>
    <message>
        <source>Skin colour</source>
        <translation>肌の色</translation>
    </message>
    <message>
        <source>Blush</source>
        <translation>頬の赤み</translation>
    </message>
    <message>
        <source>Accessory</source>
        <translation>アクセサリー</translation>
    </message>
    <message>
        <source>Accessory colour</source>
        <translation>アクセサリーの色</translation>
    </message>
    <message>
        <source>Glasses</source>
        <translation>眼鏡</translation>
    </message>
    <message>
        <source>Outfit</source>
        <translation>服</translation>
    </message>
    <message>
        <source>Outfit colour</source>
        <translation>服の色</translation>
    </message>
    <message>
        <source>Trim colour</source>
        <translation>差し色</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Background colour</source>
        <translation>背景の色</translation>
    </message>
    <message>
        <source>Turn of the head</source>
        <translation>顔の向き（左右）</translation>
    </message>
    <message>
        <source>Nod</source>
        <translation>顔の向き（上下）</translation>
    </message>
    <message>
        <source>Tilt</source>
        <translation>首のかしげ</translation>
    </message>
    <message>
        <source>Face shape</source>
        <translation>輪郭</translation>
    </message>
    <message>
        <source>Iris</source>
        <translation>虹彩</translation>
    </message>
    <message>
        <source>Highlight</source>
        <translation>ハイライト</translation>
    </message>
    <message>
        <source>Glow</source>
        <translation>虹彩の光</translation>
    </message>
    <message>
        <source>Lashes</source>
        <translation>まつ毛</translation>
    </message>
    <message>
        <source>Shine</source>
        <translation>髪のつや</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>漫符</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>Left or right</source>
        <translation>位置（左右）</translation>
    </message>
    <message>
        <source>Up or down</source>
        <translation>位置（上下）</translation>
    </message>
    <message>
        <source>Light from left or right</source>
        <translation>光の向き</translation>
    </message>
    <message>
        <source>Depth of the shadows</source>
        <translation>影の濃さ</translation>
    </message>
    <message>
        <source>Length of the fringe</source>
        <translation>前髪の長さ</translation>
    </message>
    <message>
        <source>Hair volume</source>
        <translation>髪のボリューム</translation>
    </message>
    <message>
        <source>Distance of the eyes</source>
        <translation>目の間隔</translation>
    </message>
    <message>
        <source>Almond</source>
        <translation>アーモンド</translation>
    </message>
    <message>
        <source>Anger</source>
        <translation>怒りマーク</translation>
    </message>
    <message>
        <source>Angry</source>
        <translation>怒り</translation>
    </message>
    <message>
        <source>Apron</source>
        <translation>エプロン</translation>
    </message>
    <message>
        <source>Arc</source>
        <translation>弧</translation>
    </message>
    <message>
        <source>Beret</source>
        <translation>ベレー帽</translation>
    </message>
    <message>
        <source>Between the eyes</source>
        <translation>目の間</translation>
    </message>
    <message>
        <source>Blazer</source>
        <translation>ブレザー</translation>
    </message>
    <message>
        <source>Cut straight</source>
        <translation>ぱっつん</translation>
    </message>
    <message>
        <source>Bob</source>
        <translation>ボブ</translation>
    </message>
    <message>
        <source>Bokeh</source>
        <translation>玉ボケ</translation>
    </message>
    <message>
        <source>Bow</source>
        <translation>大きなリボン</translation>
    </message>
    <message>
        <source>Braids</source>
        <translation>三つ編み</translation>
    </message>
    <message>
        <source>Bunny ears</source>
        <translation>うさ耳</translation>
    </message>
    <message>
        <source>Buns</source>
        <translation>お団子</translation>
    </message>
    <message>
        <source>Cardigan</source>
        <translation>カーディガン</translation>
    </message>
    <message>
        <source>Cat mouth</source>
        <translation>猫口</translation>
    </message>
    <message>
        <source>Cat ears</source>
        <translation>猫耳</translation>
    </message>
    <message>
        <source>To the chin</source>
        <translation>あごまで</translation>
    </message>
    <message>
        <source>Choppy</source>
        <translation>ギザギザ</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>雲</translation>
    </message>
    <message>
        <source>Crescent</source>
        <translation>三日月</translation>
    </message>
    <message>
        <source>Curtain</source>
        <translation>センター分け</translation>
    </message>
    <message>
        <source>Dots</source>
        <translation>水玉</translation>
    </message>
    <message>
        <source>Dress</source>
        <translation>ワンピース</translation>
    </message>
    <message>
        <source>Drills</source>
        <translation>縦ロール</translation>
    </message>
    <message>
        <source>Evening</source>
        <translation>夕方</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>細い</translation>
    </message>
    <message>
        <source>Flicked</source>
        <translation>はね上げ</translation>
    </message>
    <message>
        <source>Flower</source>
        <translation>花</translation>
    </message>
    <message>
        <source>Fluffy</source>
        <translation>ふわふわ</translation>
    </message>
    <message>
        <source>Gakuran</source>
        <translation>学ラン</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>グラデーション</translation>
    </message>
    <message>
        <source>Grin</source>
        <translation>にやり</translation>
    </message>
    <message>
        <source>Hairpin</source>
        <translation>ヘアピン</translation>
    </message>
    <message>
        <source>Halo</source>
        <translation>光の輪</translation>
    </message>
    <message>
        <source>Happy, eyes closed</source>
        <translation>にっこり（閉じ目）</translation>
    </message>
    <message>
        <source>Headband</source>
        <translation>カチューシャ</translation>
    </message>
    <message>
        <source>Headphones</source>
        <translation>ヘッドホン</translation>
    </message>
    <message>
        <source>Heart</source>
        <translation>ハート</translation>
    </message>
    <message>
        <source>Hearts</source>
        <translation>ハート</translation>
    </message>
    <message>
        <source>Hoodie</source>
        <translation>パーカー</translation>
    </message>
    <message>
        <source>Kimono</source>
        <translation>着物</translation>
    </message>
    <message>
        <source>Layered</source>
        <translation>レイヤー</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>長い</translation>
    </message>
    <message>
        <source>Low twin tails</source>
        <translation>おさげ</translation>
    </message>
    <message>
        <source>Lower lashes</source>
        <translation>下まつ毛</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>真顔</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>夜</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>音符</translation>
    </message>
    <message>
        <source>Open smile</source>
        <translation>笑顔（口を開く）</translation>
    </message>
    <message>
        <source>Oval</source>
        <translation>楕円</translation>
    </message>
    <message>
        <source>Over one eye</source>
        <translation>片目隠し</translation>
    </message>
    <message>
        <source>Parted</source>
        <translation>分け目</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>まだら</translation>
    </message>
    <message>
        <source>Petals</source>
        <translation>花びら</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>無地</translation>
    </message>
    <message>
        <source>Ponytail</source>
        <translation>ポニーテール</translation>
    </message>
    <message>
        <source>Pout</source>
        <translation>ふくれ面</translation>
    </message>
    <message>
        <source>Rays</source>
        <translation>放射</translation>
    </message>
    <message>
        <source>Ribbon</source>
        <translation>リボン</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>リング</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>丸い</translation>
    </message>
    <message>
        <source>Sailor uniform</source>
        <translation>セーラー服</translation>
    </message>
    <message>
        <source>Scarf</source>
        <translation>マフラー</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>短い</translation>
    </message>
    <message>
        <source>Shy</source>
        <translation>照れ</translation>
    </message>
    <message>
        <source>Side tail</source>
        <translation>サイドテール</translation>
    </message>
    <message>
        <source>Sleepy</source>
        <translation>眠そう</translation>
    </message>
    <message>
        <source>Slim</source>
        <translation>細め</translation>
    </message>
    <message>
        <source>Slit</source>
        <translation>縦長</translation>
    </message>
    <message>
        <source>Smile</source>
        <translation>微笑み</translation>
    </message>
    <message>
        <source>Smug</source>
        <translation>ドヤ顔</translation>
    </message>
    <message>
        <source>Soft</source>
        <translation>やわらか</translation>
    </message>
    <message>
        <source>Sparkle</source>
        <translation>きらめき</translation>
    </message>
    <message>
        <source>Spiky</source>
        <translation>ツンツン</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>四角い</translation>
    </message>
    <message>
        <source>Squint</source>
        <translation>＞＜</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>まっすぐ</translation>
    </message>
    <message>
        <source>Streaks</source>
        <translation>筋</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>驚き</translation>
    </message>
    <message>
        <source>Sweat</source>
        <translation>汗</translation>
    </message>
    <message>
        <source>Swept</source>
        <translation>流し</translation>
    </message>
    <message>
        <source>Drooping (tareme)</source>
        <translation>たれ目</translation>
    </message>
    <message>
        <source>Tear</source>
        <translation>涙</translation>
    </message>
    <message>
        <source>Thick</source>
        <translation>太い</translation>
    </message>
    <message>
        <source>Thin</source>
        <translation>細い</translation>
    </message>
    <message>
        <source>Tiara</source>
        <translation>ティアラ</translation>
    </message>
    <message>
        <source>Upturned (tsurime)</source>
        <translation>つり目</translation>
    </message>
    <message>
        <source>Turtleneck</source>
        <translation>タートルネック</translation>
    </message>
    <message>
        <source>Two</source>
        <translation>2 つ</translation>
    </message>
    <message>
        <source>Twin tails</source>
        <translation>ツインテール</translation>
    </message>
    <message>
        <source>Wavy</source>
        <translation>ウェーブ</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>見開き</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窓</translation>
    </message>
    <message>
        <source>Wink</source>
        <translation>ウインク</translation>
    </message>
    <message>
        <source>Wispy</source>
        <translation>シースルー</translation>
    </message>
    <message>
        <source>Zigzag</source>
        <translation>ジグザグ</translation>
    </message>
    <message>
        <source>Component {0}</source>
        <translation>主成分 {0}</translation>
    </message>
    <message>
        <source>Factor {0}</source>
        <translation>因子 {0}</translation>
    </message>
    <message>
        <source>The model&apos;s own size</source>
        <translation>モデルのまま</translation>
    </message>
    <message>
        <source>Saving {0}</source>
        <translation>{0} を保存中</translation>
    </message>
    <message>
        <source>Models, pictures and films</source>
        <translation>モデル・画像・動画</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Reading {0}</source>
        <translation>{0} を読み込み中</translation>
    </message>
    <message>
        <source>Recall {0}</source>
        <translation>{0} の設定を復元</translation>
    </message>
    <message>
        <source>“{0}” was made with another model, “{1}”; the faces will differ.</source>
        <translation>「{0}」は別のモデル「{1}」で作られたため、顔が変わります。</translation>
    </message>
    <message>
        <source>Recalled {0}</source>
        <translation>{0} の設定を復元しました</translation>
    </message>
    <message>
        <source>Importing {0}</source>
        <translation>{0} を読み込み中</translation>
    </message>
    <message>
        <source>Making a model from {0}</source>
        <translation>{0} からモデルを作成中</translation>
    </message>
    <message>
        <source>“{0}” is now one of your models</source>
        <translation>「{0}」をモデルに加えました</translation>
    </message>
    <message>
        <source>Drawing characters</source>
        <translation>キャラクターを描いています</translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>棚</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>Drag to wander to other characters; with Shift, drag the picture out</source>
        <translation>ドラッグすると別のキャラクターへ少しずつ変わります。Shift を押しながらドラッグすると画像を取り出せます</translation>
    </message>
    <message>
        <source>Endless walk</source>
        <translation>終わりのない散歩</translation>
    </message>
    <message>
        <source>Keep what the walk passed as a film</source>
        <translation>散歩で通ったところを動画として残す</translation>
    </message>
    <message>
        <source>Candidates from seed {0}</source>
        <translation>シード {0} からの候補</translation>
    </message>
    <message>
        <source>Favourite with seed {0}</source>
        <translation>お気に入り（シード {0}）</translation>
    </message>
    <message>
        <source>Reading the pictures: {count} of {total}</source>
        <translation>画像を読み込んでいます：{count} / {total}</translation>
    </message>
    <message>
        <source>{size}×{size} pixels, {count} pictures shown</source>
        <translation>{size}×{size}ピクセル、{count}枚を学習</translation>
    </message>
    <message>
        <source>{count} files skipped: not pictures</source>
        <translation>{count}個のファイルは画像ではないため飛ばしました</translation>
    </message>
    <message>
        <source>Reading the pictures…</source>
        <translation>画像を読み込んでいます…</translation>
    </message>
    <message>
        <source>Drop folders or pictures here</source>
        <translation>フォルダーや画像をここにドロップ</translation>
    </message>
    <message>
        <source>Choose a folder with a few hundred pictures or more. You see how they are cropped and what is left out before anything starts. They never leave this computer. Training takes hours and continues while the studio is closed.</source>
        <translation>数百枚以上の画像が入ったフォルダーを選んでください。始める前に、切り抜き方と除外される画像を確認できます。画像がこのコンピューターの外に出ることはありません。学習には数時間かかり、スタジオを閉じても続きます。</translation>
    </message>
    <message>
        <source>Learning to draw them</source>
        <translation>描き方を学習しています</translation>
    </message>
    <message>
        <source>discriminator loss</source>
        <translation>識別器の損失</translation>
    </message>
    <message>
        <source>generator loss</source>
        <translation>生成器の損失</translation>
    </message>
    <message>
        <source>score of real</source>
        <translation>本物のスコア</translation>
    </message>
    <message>
        <source>score of generated</source>
        <translation>生成画像のスコア</translation>
    </message>
    <message>
        <source>Train it on your own characters</source>
        <translation>自分のキャラクターを学習させる</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>フォルダーを選ぶ…</translation>
    </message>
    <message>
        <source>Also learn mirrored pictures</source>
        <translation>左右反転も学習する</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>このモデルを使う</translation>
    </message>
    <message>
        <source>Train on it next</source>
        <translation>次に学習する</translation>
    </message>
    <message>
        <source>For some thousand pictures and many hours.</source>
        <translation>数千枚以上の画像と、長い時間が必要です。</translation>
    </message>
    <message>
        <source>It is trained further on your pictures, at {0} pixels or more; a few are enough.</source>
        <translation>このモデルの続きから、{0} ピクセル以上で学習します。画像が少なくても使えます。</translation>
    </message>
    <message>
        <source> h</source>
        <translation> 時間</translation>
    </message>
    <message>
        <source>Hours of training</source>
        <translation>学習時間</translation>
    </message>
    <message>
        <source>It ends after about so long, on any computer; pauses do not count. From nothing, 64 pixels need about five hours on two cores, and each doubling about four times as long. A graphics card is used if available.</source>
        <translation>どのコンピューターでも、おおよそこの時間で終わります。一時停止中は数えません。はじめから学習する場合、64 ピクセルなら 2 コアで約 5 時間、大きさが倍になるごとに約 4 倍かかります。グラフィックボードがあれば使います。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>学習の出発点</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>詳細設定</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>画像の大きさ</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>大きさ（ピクセル）</translation>
    </message>
    <message>
        <source>The same on a computer without a screen:</source>
        <translation>画面のないコンピューターで同じ学習をするには:</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>なし（はじめから）</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>これまでの候補</translation>
    </message>
    <message>
        <source>Character or film</source>
        <translation>キャラクターまたは動画</translation>
    </message>
    <message>
        <source>Reset attributes</source>
        <translation>属性を元に戻す</translation>
    </message>
    <message>
        <source>Wander</source>
        <translation>さまよう</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>似た候補を表示</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>いろいろな候補</translation>
    </message>
    <message>
        <source>Details of another</source>
        <translation>別の顔の細部</translation>
    </message>
    <message>
        <source>Keep the walk</source>
        <translation>散歩を残す</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>What is changed</source>
        <translation>変更の対象</translation>
    </message>
    <message>
        <source>Right-click to name this direction</source>
        <translation>右クリックでこの方向に名前を付けられます</translation>
    </message>
    <message>
        <source>Selected pin</source>
        <translation>選んだピン</translation>
    </message>
    <message>
        <source>Pin {0}</source>
        <translation>ピン {0}</translation>
    </message>
    <message>
        <source>All candidates</source>
        <translation>すべての候補</translation>
    </message>
    <message>
        <source>What you change holds for all candidates.</source>
        <translation>変更はすべての候補に反映されます。</translation>
    </message>
    <message>
        <source>What you change holds for this pin; a lock, for all.</source>
        <translation>変更はこのピンだけに、鍵をかけると全候補に反映されます。</translation>
    </message>
    <message>
        <source>Name this direction…</source>
        <translation>この方向に名前を付ける…</translation>
    </message>
    <message>
        <source>Name this direction</source>
        <translation>方向の名前</translation>
    </message>
    <message>
        <source>What does it change?</source>
        <translation>何が変わる方向ですか？</translation>
    </message>
    <message>
        <source>All candidates have this: {0}</source>
        <translation>すべての候補で固定：{0}</translation>
    </message>
    <message>
        <source>Choose a colour…</source>
        <translation>色を選ぶ…</translation>
    </message>
    <message>
        <source>Finding the likeness of {0}</source>
        <translation>{0} に似たキャラクターを探しています</translation>
    </message>
    <message>
        <source>Likeness of a picture</source>
        <translation>絵に似せる</translation>
    </message>
    <message>
        <source>Enlarged picture</source>
        <translation>拡大した画像</translation>
    </message>
    <message>
        <source>{0} × {0} pixels. Left of the line: without the network. Ctrl+wheel zooms.</source>
        <translation>{0} × {0} ピクセル。線の左はネットワークなし。Ctrl+ホイールで拡大表示できます。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>The seed {seed} is out of range.</source>
        <translation>シード {seed} は範囲外です。</translation>
    </message>
    <message>
        <source>Choose up to {largest}.</source>
        <translation>{largest} 以下にしてください。</translation>
    </message>
    <message>
        <source>“{out}” is a file, not a folder.</source>
        <translation>「{out}」はフォルダーではなくファイルです。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>別の場所を選んでください。</translation>
    </message>
    <message>
        <source>{count} pictures do not fit into the one file “{out}”.</source>
        <translation>{count} 枚の画像をひとつのファイル「{out}」には保存できません。</translation>
    </message>
    <message>
        <source>Give a folder.</source>
        <translation>フォルダーを指定してください。</translation>
    </message>
    <message>
        <source>“{text}” sets no attribute of this model.</source>
        <translation>「{text}」はこのモデルの属性の指定ではありません。</translation>
    </message>
    <message>
        <source>Write NAME=VALUE, with a name that “characters attributes” lists.</source>
        <translation>NAME=VALUE の形で、characters attributes が一覧する名前を使ってください。</translation>
    </message>
    <message>
        <source>“{value}” is no value of “{name}”.</source>
        <translation>「{value}」は「{name}」の値ではありません。</translation>
    </message>
    <message>
        <source>Use {allowed}.</source>
        <translation>使えるのは {allowed} です。</translation>
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
        <source>“{folder}” does not contain a picture that can be used.</source>
        <translation>「{folder}」に使える画像がありません。</translation>
    </message>
    <message>
        <source>Print the reasons: kirara-studio characters check “{folder}”.</source>
        <translation>理由は kirara-studio characters check “{folder}” で表示できます。</translation>
    </message>
    <message>
        <source>A place to save to is missing.</source>
        <translation>保存先が指定されていません。</translation>
    </message>
    <message>
        <source>Add --out DIR.</source>
        <translation>--out DIR を付けてください。</translation>
    </message>
    <message>
        <source>--depth and --alpha are for raw arrays only.</source>
        <translation>--depth と --alpha は、配列をそのまま扱うときだけ使えます。</translation>
    </message>
    <message>
        <source>Add --latents and --raw.</source>
        <translation>--latents と --raw を付けてください。</translation>
    </message>
    <message>
        <source>--latents and --raw must be given together.</source>
        <translation>--latents と --raw は一緒に指定してください。</translation>
    </message>
    <message>
        <source>Give both --latents Z.npy and --raw OUT.npy.</source>
        <translation>--latents Z.npy と --raw OUT.npy の両方を指定してください。</translation>
    </message>
    <message>
        <source>A film cannot have {fps:g} frames a second.</source>
        <translation>動画を毎秒 {fps:g} フレームにはできません。</translation>
    </message>
    <message>
        <source>Choose 1 to 100.</source>
        <translation>1 から 100 の間にしてください。</translation>
    </message>
    <message>
        <source>Delete it, and the drawings are made again.</source>
        <translation>削除すると、描画データが作り直されます。</translation>
    </message>
    <message>
        <source>An array of shape {shape} is not a picture.</source>
        <translation>形状が {shape} の配列は画像ではありません。</translation>
    </message>
    <message>
        <source>Give RGB of shape (height, width, 3), of type uint8.</source>
        <translation>形状が (height, width, 3)、型が uint8 の RGB を渡してください。</translation>
    </message>
    <message>
        <source>“{folder}” holds no pictures.</source>
        <translation>「{folder}」に画像がありません。</translation>
    </message>
    <message>
        <source>Name another folder of photographs, or none.</source>
        <translation>写真の入った別のフォルダーを指定するか、指定を外してください。</translation>
    </message>
    <message>
        <source>There is no folder “{folder}”.</source>
        <translation>フォルダー「{folder}」が見つかりません。</translation>
    </message>
    <message>
        <source>Choose a folder that holds pictures.</source>
        <translation>画像の入ったフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{folder}” does not contain a readable picture ({problem}).</source>
        <translation>「{folder}」には読み込める画像がありません（{problem}）。</translation>
    </message>
    <message>
        <source>“{folder}” does not contain a readable picture.</source>
        <translation>「{folder}」には読み込める画像がありません。</translation>
    </message>
    <message>
        <source>Choose a folder with PNG, JPEG or WebP pictures.</source>
        <translation>PNG・JPEG・WebP 画像の入ったフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” is damaged, or of another format ({reason}).</source>
        <translation>「{file}」は壊れているか、別の形式です（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another file, or an older copy. The file was not changed.</source>
        <translation>別のファイルか、古いコピーを選んでください。ファイルは変更していません。</translation>
    </message>
    <message>
        <source>Drop a project, a saved PNG, GIF, WebP or MP4, a model (.safetensors, .npz), or a folder with pictures.</source>
        <translation>プロジェクト、保存した PNG・GIF・WebP・MP4、モデル（.safetensors、.npz）、または画像の入ったフォルダーをドロップしてください。</translation>
    </message>
    <message>
        <source>{seed} is not a seed.</source>
        <translation>{seed} はシードとして使えません。</translation>
    </message>
    <message>
        <source>Use a whole number of 0 or greater.</source>
        <translation>0 以上の整数にしてください。</translation>
    </message>
    <message>
        <source>Character attributes cannot be a {kind}.</source>
        <translation>{kind} はキャラクターの属性として使えません。</translation>
    </message>
    <message>
        <source>Use an object with fields, like {{&quot;fringe&quot;: &quot;straight&quot;}}.</source>
        <translation>{{&quot;fringe&quot;: &quot;straight&quot;}} のように、項目のあるオブジェクトにしてください。</translation>
    </message>
    <message>
        <source>The character attribute &quot;{name}&quot; cannot be {value}.</source>
        <translation>キャラクターの属性「{name}」を {value} にはできません。</translation>
    </message>
    <message>
        <source>Use one of: {allowed}.</source>
        <translation>次のどれかにしてください：{allowed}</translation>
    </message>
    <message>
        <source>Use a number from {low:g} to {high:g}.</source>
        <translation>{low:g} から {high:g} までの数にしてください。</translation>
    </message>
    <message>
        <source>Use a colour like &quot;#f29fb8&quot;.</source>
        <translation>「#f29fb8」のような色にしてください。</translation>
    </message>
    <message>
        <source>Use true or false.</source>
        <translation>true か false にしてください。</translation>
    </message>
    <message>
        <source>A character has no attribute &quot;{name}&quot;.</source>
        <translation>キャラクターに「{name}」という属性はありません。</translation>
    </message>
    <message>
        <source>Use any of: {known}.</source>
        <translation>使えるもの：{known}</translation>
    </message>
    <message>
        <source>A picture of {size} pixels cannot be drawn.</source>
        <translation>{size} ピクセルの画像は描けません。</translation>
    </message>
    <message>
        <source>Use a size from 1 to {largest}.</source>
        <translation>1 から {largest} までの大きさにしてください。</translation>
    </message>
    <message>
        <source>A sheet needs at least one seed.</source>
        <translation>一覧画像にはシードがひとつ以上必要です。</translation>
    </message>
    <message>
        <source>Give one seed or more.</source>
        <translation>シードをひとつ以上指定してください。</translation>
    </message>
    <message>
        <source>A sheet cannot have {columns} columns.</source>
        <translation>一覧画像を {columns} 列にはできません。</translation>
    </message>
    <message>
        <source>Use 1 or more.</source>
        <translation>1 以上にしてください。</translation>
    </message>
    <message>
        <source>None of the {count} chosen pictures can be read ({problem}).</source>
        <translation>選んだ画像 {count} 枚をどれも読み込めません（{problem}）。</translation>
    </message>
    <message>
        <source>No picture was chosen.</source>
        <translation>画像が選ばれていません。</translation>
    </message>
    <message>
        <source>Choose pictures that are still where they were.</source>
        <translation>移動や削除をしていない画像を選んでください。</translation>
    </message>
    <message>
        <source>This file was not generated, but is a “{kind}”.</source>
        <translation>このファイルは生成されたものではなく、「{kind}」です。</translation>
    </message>
    <message>
        <source>Choose a picture or a film that was generated.</source>
        <translation>生成した画像か動画を選んでください。</translation>
    </message>
    <message>
        <source>Choose more than 0 and up to 100.</source>
        <translation>0 より大きく 100 以下にしてください。</translation>
    </message>
    <message>
        <source>A film of {frames:,} frames is too long.</source>
        <translation>{frames:,} フレームの動画は長すぎます。</translation>
    </message>
    <message>
        <source>Make it shorter: up to {largest:,} frames.</source>
        <translation>{largest:,} フレーム以下に短くしてください。</translation>
    </message>
    <message>
        <source>“{file}” was made by a newer Kirara Studio.</source>
        <translation>「{file}」は新しいバージョンの Kirara Studio で作られています。</translation>
    </message>
    <message>
        <source>Update the studio to open it. The file was not changed.</source>
        <translation>開くにはスタジオを更新してください。ファイルは変更していません。</translation>
    </message>
    <message>
        <source>The size {size} is out of range.</source>
        <translation>大きさ {size} は範囲外です。</translation>
    </message>
    <message>
        <source>Choose up to {largest} pixels, or 0 for the model&apos;s own size.</source>
        <translation>{largest} ピクセル以下か、モデルのままの大きさなら 0 にしてください。</translation>
    </message>
    <message>
        <source>No seed is given.</source>
        <translation>描くためのシードがありません。</translation>
    </message>
    <message>
        <source>Give at least one seed.</source>
        <translation>シードをひとつ以上指定してください。</translation>
    </message>
    <message>
        <source>The truncation {truncation:g} is out of range.</source>
        <translation>個性の強さ（truncation）{truncation:g} は範囲外です。</translation>
    </message>
    <message>
        <source>Choose 0 to {largest:g}.</source>
        <translation>0 から {largest:g} の間にしてください。</translation>
    </message>
    <message>
        <source>The saved settings are incomplete or invalid.</source>
        <translation>保存されていた設定が不完全か、正しくありません。</translation>
    </message>
    <message>
        <source>Choose a file that was saved in the studio and not changed elsewhere.</source>
        <translation>スタジオで保存し、ほかで変更していないファイルを選んでください。</translation>
    </message>
    <message>
        <source>Choose 0 to {largest}.</source>
        <translation>0 から {largest} の間にしてください。</translation>
    </message>
    <message>
        <source>“{folder}” does not contain a training run with a checkpoint.</source>
        <translation>「{folder}」には、チェックポイントのある学習がありません。</translation>
    </message>
    <message>
        <source>Give the folder that was named with --out when training.</source>
        <translation>学習のときに --out で指定したフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>“{file}” does not end in “.safetensors”.</source>
        <translation>「{file}」の末尾が「.safetensors」ではありません。</translation>
    </message>
    <message>
        <source>Models are saved in that format; add the suffix.</source>
        <translation>モデルはその形式で保存されます。拡張子を付けてください。</translation>
    </message>
    <message>
        <source>Correct the card, or fetch the model again.</source>
        <translation>カードを直すか、モデルを入手し直してください。</translation>
    </message>
    <message>
        <source>The model card of “{file}” does not list the generator&apos;s levels.</source>
        <translation>「{file}」のモデルカードに、生成器の段数が書かれていません。</translation>
    </message>
    <message>
        <source>“{file}” has the shape {shape}, not {wanted}.</source>
        <translation>「{file}」の形は {wanted} ではなく {shape} です。</translation>
    </message>
    <message>
        <source>Save the array in that shape.</source>
        <translation>配列をその形で保存してください。</translation>
    </message>
    <message>
        <source>The alpha {alpha:g} is out of range.</source>
        <translation>alpha {alpha:g} は範囲外です。</translation>
    </message>
    <message>
        <source>Choose 0 to 1.</source>
        <translation>0 から 1 の間にしてください。</translation>
    </message>
    <message>
        <source>The network has no depth {depth}.</source>
        <translation>このネットワークに深さ {depth} はありません。</translation>
    </message>
    <message>
        <source>Choose 0 to {top}: 4×4 to {size}×{size}.</source>
        <translation>0 から {top}（4×4 から {size}×{size}）の間にしてください。</translation>
    </message>
    <message>
        <source>“{file}” is not a file that this panel can use.</source>
        <translation>「{file}」はこのパネルで使えないファイルです。</translation>
    </message>
    <message>
        <source>The batches are too small for {processes} processes.</source>
        <translation>{processes} 個のプロセスに対してバッチが小さすぎます。</translation>
    </message>
    <message>
        <source>Use batches of at least two pictures per process.</source>
        <translation>バッチは、プロセスごとに画像 2 枚以上になるようにしてください。</translation>
    </message>
    <message>
        <source>The run in “{folder}” has reached {reached} pixels already, not {wanted}.</source>
        <translation>「{folder}」の学習は {wanted} ピクセルではなく、すでに {reached} ピクセルに達しています。</translation>
    </message>
    <message>
        <source>Train to {reached} pixels or more, or into another folder.</source>
        <translation>{reached} ピクセル以上まで学習するか、別のフォルダーにしてください。</translation>
    </message>
    <message>
        <source>The training cannot start from “{file}”: its network has another shape.</source>
        <translation>「{file}」はネットワークの形が違うため、そこから学習を始められません。</translation>
    </message>
    <message>
        <source>Train at least to its size, with the network that it was trained with.</source>
        <translation>同じネットワークで、その大きさ以上まで学習してください。</translation>
    </message>
</context>
</TS>
