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
        <source>Save picture…</source>
        <translation>画像を保存…</translation>
    </message>
    <message>
        <source>{0} seconds</source>
        <translation>{0} 秒</translation>
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
        <source>Drop a saved picture or film to continue it, a model to import it, a folder to train on it</source>
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
        <source>This copy of the studio comes without one. Import a model, or train one on pictures of your own.</source>
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
        <source>Low: all look alike and neat. High: all differ, some are strange.</source>
        <translation>低いと似た整った顔に、高いと個性的に（ときに奇妙に）なります。</translation>
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
        <source>Save</source>
        <translation>保存</translation>
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
        <source>Size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>As the model draws</source>
        <translation>モデルのまま</translation>
    </message>
    <message>
        <source>Saving {0}</source>
        <translation>{0} を保存中</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>{0} に保存しました</translation>
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
        <source>“{0}” is nothing that this panel can use.</source>
        <translation>「{0}」はこのパネルでは使えません。</translation>
    </message>
    <message>
        <source>Drop a saved PNG, GIF, WebP or MP4, a model (.safetensors, .npz), or a folder with pictures.</source>
        <translation>スタジオで保存した PNG・GIF・WebP・MP4、モデル（.safetensors、.npz）、または画像のフォルダーをドロップしてください。</translation>
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
        <source>Taking over {0}</source>
        <translation>{0} をモデルにしています</translation>
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
        <source>Candidates from seed {0}</source>
        <translation>シード {0} からの候補</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
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
        <source>Learning to draw them</source>
        <translation>描き方を学習しています</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Stopped; it can go on from here</source>
        <translation>停止しました（ここから続けられます）</translation>
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
        <source>Teach it your own characters</source>
        <translation>自分のキャラクターを学習させる</translation>
    </message>
    <message>
        <source>Choose a folder with some hundred pictures or more. They are cropped to squares, and never leave this computer. Training goes on for hours, also while the studio is closed.</source>
        <translation>数百枚以上の画像が入ったフォルダーを選んでください。画像は正方形に切り抜かれ、このコンピューターの外に出ることはありません。学習には数時間かかり、スタジオを閉じている間も続きます。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>フォルダーを選ぶ…</translation>
    </message>
    <message>
        <source>Drop a folder with your pictures here</source>
        <translation>画像のフォルダーをここにドロップ</translation>
    </message>
    <message>
        <source>Thoroughness</source>
        <translation>学習の丁寧さ</translation>
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
        <source>Progress of the training</source>
        <translation>学習の進み具合</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>プレビュー</translation>
    </message>
    <message>
        <source>The first preview comes after some seconds.</source>
        <translation>最初のプレビューは数秒後に表示されます。</translation>
    </message>
    <message>
        <source>The curves begin after some seconds.</source>
        <translation>グラフは数秒後に描かれます。</translation>
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
        <source>64 pixels take some hours on two cores; each doubling about four times as long. A graphics card is used where there is one.</source>
        <translation>64 ピクセルなら 2 コアで数時間、倍の大きさごとに約 4 倍かかります。グラフィックボードがあれば使います。</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>これまでの候補</translation>
    </message>
    <message>
        <source>Character or film</source>
        <translation>キャラクターまたは動画</translation>
    </message>
</context>
</TS>
