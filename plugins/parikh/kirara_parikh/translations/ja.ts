<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>errors</name>
    <message>
        <source>The automaton is not drawn: with k = {k} it has more than {most} states.</source>
        <translation>オートマトンは描きません。k = {k} では状態が {most} 個を超えます。</translation>
    </message>
    <message>
        <source>The set and the questions do not need it.</source>
        <translation>集合と質問には必要ありません。</translation>
    </message>
    <message>
        <source>The standard input is not UTF-8.</source>
        <translation>標準入力が UTF-8 ではありません。</translation>
    </message>
    <message>
        <source>Write the grammar in UTF-8.</source>
        <translation>文法を UTF-8 で書いてください。</translation>
    </message>
    <message>
        <source>z3 did not find an answer within {seconds} seconds.</source>
        <translation>z3 は {seconds} 秒以内に答えを出せませんでした。</translation>
    </message>
    <message>
        <source>Ask for a smaller vector, or simplify the grammar.</source>
        <translation>個数を小さくするか、文法を簡単にしてください。</translation>
    </message>
    <message>
        <source>z3 cannot be loaded: {reason}.</source>
        <translation>z3 を読み込めません（{reason}）。</translation>
    </message>
    <message>
        <source>Install the package z3-solver beside the plugin.</source>
        <translation>プラグインと同じ場所に z3-solver をインストールしてください。</translation>
    </message>
    <message>
        <source>The grammar has more than {largest} characters.</source>
        <translation>文法が {largest} 文字を超えています。</translation>
    </message>
    <message>
        <source>Choose a smaller one.</source>
        <translation>もっと小さいものを選んでください。</translation>
    </message>
    <message>
        <source>This line has no arrow.</source>
        <translation>この行に矢印がありません。</translation>
    </message>
    <message>
        <source>Write a rule such as S -&gt; a S b, or begin the line with | to add an alternative.</source>
        <translation>S -&gt; a S b のような規則を書くか、行を | で始めて別の右辺を加えてください。</translation>
    </message>
    <message>
        <source>There is no rule yet.</source>
        <translation>まだ規則がありません。</translation>
    </message>
    <message>
        <source>Write one: S -&gt; a S b |</source>
        <translation>規則を書いてください：S -&gt; a S b |</translation>
    </message>
    <message>
        <source>A rule has only one arrow.</source>
        <translation>矢印は 1 つの規則に 1 つだけです。</translation>
    </message>
    <message>
        <source>Begin a new line for the next rule, or quote the arrow.</source>
        <translation>次の規則は改行して書くか、矢印を引用符で囲んでください。</translation>
    </message>
    <message>
        <source>The nonterminal “{name}” has no rule.</source>
        <translation>非終端記号「{name}」の規則がありません。</translation>
    </message>
    <message>
        <source>Add a rule for it, or quote it if it is a letter of the words.</source>
        <translation>規則を加えてください。単語の文字なら引用符で囲んでください。</translation>
    </message>
    <message>
        <source>The left side of a rule is one nonterminal.</source>
        <translation>規則の左辺は非終端記号 1 つです。</translation>
    </message>
    <message>
        <source>Write one name before the arrow, without quotes.</source>
        <translation>矢印の前に、引用符なしで名前を 1 つ書いてください。</translation>
    </message>
    <message>
        <source>The quotation mark {quote} has no partner in its line.</source>
        <translation>引用符 {quote} がこの行で閉じていません。</translation>
    </message>
    <message>
        <source>Close it; to use the sign itself as a letter, write \{quote} in quotes.</source>
        <translation>閉じてください。記号そのものを文字に使うときは、引用符の中に \{quote} と書きます。</translation>
    </message>
    <message>
        <source>Here is a character that cannot be seen (U+{code}).</source>
        <translation>見えない文字（U+{code}）があります。</translation>
    </message>
    <message>
        <source>Delete it, or quote it.</source>
        <translation>削除するか、引用符で囲んでください。</translation>
    </message>
    <message>
        <source>“{text}” is not a vector of letter counts.</source>
        <translation>「{text}」は文字の個数として読めません。</translation>
    </message>
    <message>
        <source>Write a number for each letter: a=3, b=3.</source>
        <translation>a=3, b=3 のように、文字ごとに個数を書いてください。</translation>
    </message>
    <message>
        <source>A count is larger than {largest}.</source>
        <translation>個数が {largest} を超えています。</translation>
    </message>
    <message>
        <source>The vector has {given} numbers, but there are {count} letters.</source>
        <translation>数が {given} 個ありますが、文字は {count} 個です。</translation>
    </message>
    <message>
        <source>Name the letters: a=3, b=3.</source>
        <translation>a=3, b=3 のように文字を書いてください。</translation>
    </message>
    <message>
        <source>The letter “{letter}” is counted twice.</source>
        <translation>文字「{letter}」の個数が 2 回書かれています。</translation>
    </message>
    <message>
        <source>Keep one count.</source>
        <translation>1 つだけ残してください。</translation>
    </message>
    <message>
        <source>The set is not listed: the grammar has {count} nonterminals, and the number of its parts can double with each one.</source>
        <translation>集合は列挙しません。非終端記号が {count} 個あり、部分の数は 1 個ごとに倍になりうるためです。</translation>
    </message>
    <message>
        <source>Up to {most} are listed. Membership and witnesses need no list.</source>
        <translation>列挙するのは {most} 個までです。単語があるかどうかの質問に一覧は要りません。</translation>
    </message>
    <message>
        <source>The set is not listed: {productions} rules with {letters} letters make too many numbers.</source>
        <translation>集合は列挙しません。規則 {productions} 個、文字 {letters} 個では数が多くなりすぎます。</translation>
    </message>
    <message>
        <source>Membership and witnesses need no list.</source>
        <translation>単語があるかどうかの質問に一覧は要りません。</translation>
    </message>
    <message>
        <source>The set is not listed: it has more than {most} parts before it is simplified.</source>
        <translation>集合は列挙しません。簡約前の部分が {most} 個を超えます。</translation>
    </message>
    <message>
        <source>“{file}” cannot be read as a grammar: {reason}.</source>
        <translation>「{file}」は文法として読めません（{reason}）。</translation>
    </message>
    <message>
        <source>Choose a text file in UTF-8.</source>
        <translation>UTF-8 のテキストファイルを選んでください。</translation>
    </message>
</context>
<context>
    <name>parikh</name>
    <message>
        <source>Parikh</source>
        <translation>パリク</translation>
    </message>
    <message>
        <source>Which letter counts a grammar can make</source>
        <translation>文法が作る単語の、文字の個数を調べる</translation>
    </message>
    <message>
        <source>aⁿbⁿ</source>
        <translation>aⁿbⁿ</translation>
    </message>
    <message>
        <source>Balanced brackets</source>
        <translation>対応の取れた括弧</translation>
    </message>
    <message>
        <source>Palindromes</source>
        <translation>回文</translation>
    </message>
    <message>
        <source>As many a as b</source>
        <translation>a と b が同数</translation>
    </message>
    <message>
        <source>Arithmetic expressions</source>
        <translation>算術式</translation>
    </message>
    <message>
        <source>Twos and threes</source>
        <translation>2 個組と 3 個組</translation>
    </message>
    <message>
        <source>More a than b, or twice as many b</source>
        <translation>a が b より多いか、b が a の 2 倍</translation>
    </message>
    <message>
        <source>Powers: one word, exponentially long</source>
        <translation>べき：指数的に長い 1 語</translation>
    </message>
    <message>
        <source>If, then, else</source>
        <translation>if と else</translation>
    </message>
    <message>
        <source>Three letters, nested</source>
        <translation>3 文字の入れ子</translation>
    </message>
    <message>
        <source>Nonterminals: {0} · {1} ms</source>
        <translation>非終端記号 {0} 個 · {1} ms</translation>
    </message>
    <message>
        <source>The grammar has a mistake</source>
        <translation>文法に間違いがあります</translation>
    </message>
    <message>
        <source>It is underlined at the right.</source>
        <translation>右の下線の場所を直してください。</translation>
    </message>
    <message>
        <source>Analysing the grammar…</source>
        <translation>文法を解析しています…</translation>
    </message>
    <message>
        <source>Not analysed yet</source>
        <translation>まだ解析していません</translation>
    </message>
    <message>
        <source>The set was copied</source>
        <translation>集合をコピーしました</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>解析</translation>
    </message>
    <message>
        <source>Drop a text file with a grammar to read it</source>
        <translation>文法のテキストファイルをドロップすると読み込みます</translation>
    </message>
    <message>
        <source>Results as text…</source>
        <translation>結果をテキストで…</translation>
    </message>
    <message>
        <source>Results as JSON…</source>
        <translation>結果を JSON で…</translation>
    </message>
    <message>
        <source>This page as PNG…</source>
        <translation>このページを PNG で…</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>例</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>{0} を開く</translation>
    </message>
    <message>
        <source>Analysing the grammar</source>
        <translation>文法を解析しています</translation>
    </message>
    <message>
        <source>Looking for a word</source>
        <translation>単語を探しています</translation>
    </message>
    <message>
        <source>Comparing the grammars</source>
        <translation>文法を比べています</translation>
    </message>
    <message>
        <source>With {0} states, a drawing would be unreadable.</source>
        <translation>状態が {0} 個あり、図にしても読めません。</translation>
    </message>
    <message>
        <source>{0} states, {1} transitions</source>
        <translation>状態 {0} 個、遷移 {1} 個</translation>
    </message>
    <message>
        <source>k = n·m + 1 = {0}·{1} + 1 = {2}</source>
        <translation>k = n·m + 1 = {0}·{1} + 1 = {2}</translation>
    </message>
    <message>
        <source>Other letters</source>
        <translation>文法にない文字</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>May go on</source>
        <translation>途中</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>拒否</translation>
    </message>
    <message>
        <source>Nothing is left to derive: the end.</source>
        <translation>導出するものはもうありません。終了です。</translation>
    </message>
    <message>
        <source>Still to derive: {0}.  {1}</source>
        <translation>これから導出：{0}&#x3000;{1}</translation>
    </message>
    <message>
        <source>State {0}.  {1}</source>
        <translation>状態 {0}&#x3000;{1}</translation>
    </message>
    <message>
        <source>Point at a state, or use ← and →. The wheel zooms, a drag moves, 0 fits.</source>
        <translation>状態にポインターを合わせるか、← → で選びます。ホイールで拡大、ドラッグで移動、0 で全体表示。</translation>
    </message>
    <message>
        <source>As constructed</source>
        <translation>構成したまま</translation>
    </message>
    <message>
        <source>Minimised</source>
        <translation>簡約</translation>
    </message>
    <message>
        <source>Automaton</source>
        <translation>オートマトン</translation>
    </message>
    <message>
        <source>Drawing of the automaton</source>
        <translation>オートマトンの図</translation>
    </message>
    <message>
        <source>Walk a word</source>
        <translation>単語をたどる</translation>
    </message>
    <message>
        <source>Word to walk</source>
        <translation>たどる単語</translation>
    </message>
    <message>
        <source>Ask for letter counts at the right to see a word and its derivation.</source>
        <translation>右で文字の個数を質問すると、単語とその導出が出ます。</translation>
    </message>
    <message>
        <source>No word has these letter counts.</source>
        <translation>この個数の単語はありません。</translation>
    </message>
    <message>
        <source>The derivation has {0} steps, too many to draw.</source>
        <translation>導出は {0} ステップあり、描くには多すぎます。</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>単語</translation>
    </message>
    <message>
        <source>Derivation tree</source>
        <translation>導出木</translation>
    </message>
    <message>
        <source>The grammar has no letter {0}.</source>
        <translation>この文法に文字 {0} はありません。</translation>
    </message>
    <message>
        <source>No word has {0}.</source>
        <translation>{0} の単語はありません。</translation>
    </message>
    <message>
        <source>A word with {0}, derived in {1} steps.</source>
        <translation>{0} の単語。{1} ステップで導出。</translation>
    </message>
    <message>
        <source>The {0} nodes nearest to the root are drawn.</source>
        <translation>根に近い {0} 個の節点だけを描いています。</translation>
    </message>
    <message>
        <source>There is no letter to count.</source>
        <translation>数える文字がありません。</translation>
    </message>
    <message>
        <source>The set is empty: the grammar has no word.</source>
        <translation>空集合です。この文法に単語はありません。</translation>
    </message>
    <message>
        <source>Point at a dot for its word. The wheel zooms, a drag moves, 0 fits.</source>
        <translation>点にポインターを合わせると単語が出ます。ホイールで拡大、ドラッグで移動、0 で全体表示。</translation>
    </message>
    <message>
        <source>{0}: not in the set</source>
        <translation>{0}：集合に含まれません</translation>
    </message>
    <message>
        <source>Picture of the set</source>
        <translation>集合の図</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>横</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>縦</translation>
    </message>
    <message>
        <source>Letter across</source>
        <translation>横軸の文字</translation>
    </message>
    <message>
        <source>Letter upwards</source>
        <translation>縦軸の文字</translation>
    </message>
    <message>
        <source>Grammar</source>
        <translation>文法</translation>
    </message>
    <message>
        <source>One rule a line, | for alternatives, &apos;id&apos; for a longer letter.</source>
        <translation>1 行に 1 規則。| で別の右辺、&apos;id&apos; のように囲むと長い文字。</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>例</translation>
    </message>
    <message>
        <source>Yes, but the word is too long to show.</source>
        <translation>あります（長すぎて表示できません）。</translation>
    </message>
    <message>
        <source>Yes: {0}</source>
        <translation>あります：{0}</translation>
    </message>
    <message>
        <source>Is there a word with …</source>
        <translation>この個数の単語はある？</translation>
    </message>
    <message>
        <source>Letter counts</source>
        <translation>文字の個数</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>質問する</translation>
    </message>
    <message>
        <source>Show its derivation</source>
        <translation>導出を見る</translation>
    </message>
    <message>
        <source>The same letter counts</source>
        <translation>文字の個数は同じです</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>判定できませんでした</translation>
    </message>
    <message>
        <source>Different letter counts</source>
        <translation>文字の個数が違います</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比べる文法</translation>
    </message>
    <message>
        <source>Second grammar</source>
        <translation>2 つ目の文法</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比べる</translation>
    </message>
    <message>
        <source>Line {0}, column {1}</source>
        <translation>{0} 行 {1} 文字目</translation>
    </message>
    <message>
        <source>And {0} more.</source>
        <translation>ほかに {0} か所。</translation>
    </message>
    <message>
        <source>The second grammar has all counts of the first.</source>
        <translation>1 つ目の個数は、すべて 2 つ目にもあります。</translation>
    </message>
    <message>
        <source>The first grammar has all counts of the second.</source>
        <translation>2 つ目の個数は、すべて 1 つ目にもあります。</translation>
    </message>
    <message>
        <source>Whether the second has all counts of the first is not decided.</source>
        <translation>1 つ目の個数がすべて 2 つ目にもあるかは、判定できませんでした。</translation>
    </message>
    <message>
        <source>Whether the first has all counts of the second is not decided.</source>
        <translation>2 つ目の個数がすべて 1 つ目にもあるかは、判定できませんでした。</translation>
    </message>
    <message>
        <source>Only the first has {0}.</source>
        <translation>1 つ目だけにあるもの：{0}</translation>
    </message>
    <message>
        <source>Only the second has {0}.</source>
        <translation>2 つ目だけにあるもの：{0}</translation>
    </message>
    <message>
        <source>Numbers of {0}, in this order</source>
        <translation>{0} の個数（この順）</translation>
    </message>
    <message>
        <source>There is no letter</source>
        <translation>文字がありません</translation>
    </message>
    <message>
        <source>Ask for a vector at the right: the answer needs no list.</source>
        <translation>右で個数を質問してください。一覧がなくても答えられます。</translation>
    </message>
    <message>
        <source>Semilinear set</source>
        <translation>半線形集合</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正規表現</translation>
    </message>
    <message>
        <source>A regular expression with the same letter counts</source>
        <translation>文字の個数が同じ正規表現</translation>
    </message>
    <message>
        <source>Copy the set</source>
        <translation>集合をコピー</translation>
    </message>
    <message>
        <source>Copy the expression</source>
        <translation>正規表現をコピー</translation>
    </message>
    <message>
        <source>Useful nonterminals: {0}</source>
        <translation>意味のある非終端記号 {0} 個</translation>
    </message>
    <message>
        <source>rules: {0}</source>
        <translation>規則 {0} 個</translation>
    </message>
    <message>
        <source>linear sets: {0}</source>
        <translation>線形集合 {0} 個</translation>
    </message>
    <message>
        <source>linear sets: {0}, from {1}</source>
        <translation>線形集合 {0} 個（簡約前 {1} 個）</translation>
    </message>
    <message>
        <source>none can be left out</source>
        <translation>どれも省けません</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} means: the letters of {1}, and as often as you like {2}.</source>
        <translation>{0} の意味：{1} の文字に、{2} を好きなだけ加えたもの。</translation>
    </message>
    <message>
        <source>Forget the order, count the letters</source>
        <translation>順番を忘れて、文字を数える</translation>
    </message>
    <message>
        <source>Parikh&apos;s theorem: the letter counts of every context-free language are those of a regular one. Write a grammar at the right, or begin with an example.</source>
        <translation>パリクの定理：文字の個数だけを見れば、どの文脈自由言語も正規言語と同じです。右に文法を書くか、例から始めてください。</translation>
    </message>
    <message>
        <source>The start symbol derives no word.</source>
        <translation>開始記号から単語を導出できません。</translation>
    </message>
    <message>
        <source>Derive no word: {0}</source>
        <translation>単語を導出しない記号：{0}</translation>
    </message>
    <message>
        <source>Never reached: {0}</source>
        <translation>到達しない記号：{0}</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>集合</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>図</translation>
    </message>
    <message>
        <source>Derivation</source>
        <translation>導出</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>ページ</translation>
    </message>
</context>
</TS>
