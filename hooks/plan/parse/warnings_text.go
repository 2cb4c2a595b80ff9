package parse

// Single runes that are never right twice, except in 实实在在 and its like.
const neverTwice = "的了与和是在并将被从把"

// Runes behind which a word begins, so that a double there is no border
// between two words: 党员的思思想 against 共产党党员.
const wordBorders = "的了和与、，。；：将把被\n"

// Characters that Chinese doubles: 人人, 层层, 谈谈.
const reduplicated = "人处层事时天常往渐深牢紧刚种个件步点滴条块年月日周季家户村校班岗代一二两三四五六七八九十双多好细慢早远明默稳环面方林总实切真原本频屡纷济谈看听想说讲试走比学问查议评晒亮微区堂欣孜兢战循蒸娓津世子轰勤恳踏扎老清白干净正平安高兴红火热闹认风雨形色星宝爸妈爷奶哥姐弟妹叔太等仅万千斤节字句声丝样项桩门科生员丁冬久遍轻悄暖甜圆童贝乐心爱朵团芽苗豆洋泱浩荡滚腾闪默嘟咚喃姗翩源靡楚历斑比累落寥绵脉念依恋惺次"

// maxTandem bounds the length of a repeated phrase that is looked for.
const maxTandem = 12

// acrossBorder lists what makes a double the border of two words: 为了|了解,
// 有目的|的学习, 存在|在岗.
var acrossBorder = map[rune]struct{ before, behind string }{
	'了': {"为除", "解结却断"}, '的': {"目标", "确"}, '与': {"", "会"}, '和': {"", "谐平睦"}, '是': {"一", "否非"}, '在': {"现存所内正", "岗建职编"},
	'并': {"合兼", ""}, '将': {"名", "士领"}, '被': {"", ""}, '把': {"", "关握"}, '从': {"服听随", ""},
}

// doubled reports characters, words and phrases written twice in a row.
func (w *warner) doubled(all rng) {
	r := w.p.r
	for i := all.a; i+1 < all.b; i++ {
		if !isHan(r[i]) && !is(r[i], "，。；、：") {
			continue
		}
		if r[i] == r[i+1] {
			if w.singleTwice(i) {
				w.twice(rng{i, i + 2})
			}
			continue
		}
		if n := tandemAt(r, i, all.b); n > 0 && !legitTandem(r, i, n) {
			w.twice(rng{i, i + 2*n})
			i += 2*n - 1
		}
	}
}

func (w *warner) twice(g rng) {
	w.add("plan_doubled_chars", g, "“%s”疑似重复，请核对。", w.p.clean(g))
}

func (w *warner) singleTwice(i int) bool {
	r := w.p.r
	c := r[i]
	if is(c, "，。；、：") {
		return i+2 >= len(r) || r[i+2] != c
	}
	if hasAt(r, i, "党党和国家") {
		return true
	}
	if !is(c, neverTwice) {
		return i > 0 && is(r[i-1], wordBorders) && !is(c, reduplicated) && i+2 < len(r) && isHan(r[i+2]) && r[i+2] != c
	}
	at := func(j int) rune {
		if j < 0 || j >= len(r) {
			return 0
		}
		return r[j]
	}
	twiceBefore := at(i-1) == at(i-2) && isHan(at(i-1))
	twiceBehind := at(i+2) == at(i+3) && isHan(at(i+2))
	if b, ok := acrossBorder[c]; ok && (is(at(i-1), b.before) || is(at(i+2), b.behind)) {
		return false
	}
	return !twiceBefore && !twiceBehind
}

// tandemAt returns the length of the phrase at i that stands there twice, or
// 0. It looks for the shortest of at least two characters.
func tandemAt(r []rune, i, end int) int {
	for n := 2; n <= maxTandem && i+2*n <= end; n++ {
		if !isHan(r[i+n-1]) && !is(r[i+n-1], "、“”") {
			return 0
		}
		if r[i] == r[i+n] && equalRunes(r[i:i+n], r[i+n:i+2*n]) {
			return n
		}
	}
	return 0
}

// legitTandem: 一个一个, 党组织组织, and pairs of two numbers.
func legitTandem(r []rune, i, n int) bool {
	if is(r[i], "一两几这那每") || isNumeral(r[i]) || is(r[i+n-1], "、“”") {
		return true
	}
	if n == 2 && oneAt(r, i, meetThemselves) > 0 {
		return true
	}
	return n == 2 && i > 0 && r[i-1] == '党' && hasAt(r, i, "组织")
}

// numbering reports gaps, repeats and steps back among the lines of one
// class. Numbers may go on under the next heading or begin anew there.
func (w *warner) numbering(o *outline) {
	for _, v := range o.volumes {
		w.numbering(v)
	}
	w.kidsInOrder(o.root.kids, map[rankKey]int{}, true)
}

func (w *warner) kidsInOrder(kids []*node, last map[rankKey]int, first bool) {
	local := map[rankKey]int{}
	for _, n := range kids {
		key, num := n.mark.rankKey(), n.mark.number
		if n.mark.class != heading && n.mark.class != subHeading && n.mark.class != annex && num > 0 {
			prev, seen := local[key]
			if !seen {
				prev = openingNumber(num, last[key], first && len(last) == 0)
			}
			w.step(n, prev, num)
			local[key] = num
			last[key] = num
		}
		w.kidsInOrder(n.kids, last, false)
	}
}

// openingNumber is what the first number of a group is compared with: nothing
// stands before 1, the last group before a number that goes on from it, and
// an excerpt may begin anywhere.
func openingNumber(num, last int, start bool) int {
	if num == 1 || start {
		return num - 1
	}
	if num == last+1 || last > 1 {
		return last
	}
	return 0
}

func (w *warner) step(n *node, prev, num int) {
	mark := rng{n.line.a, max(n.line.a+1, min(n.line.b, n.head.a))}
	switch {
	case num == prev+1 || num == 1 && prev != 1:
	case num == prev:
		w.add("plan_number_repeat", mark, "编号“%s”与上一条重复。", w.p.clean(mark))
	case num > prev+1:
		w.add("plan_number_gap", mark, "编号不连续：上一条是 %d，这一条是 %d。", prev, num)
	default:
		w.add("plan_number_repeat", mark, "编号顺序有误：上一条是 %d，这一条是 %d。", prev, num)
	}
}

// similarTitles reports titles that differ in one character only, of
// documents and of items: one of them is probably mistyped.
func (w *warner) similarTitles(sections []*draft) {
	docs, items := newTitles(), newTitles()
	for _, s := range sections {
		for _, it := range s.items {
			if it.title.len() >= minSimilar {
				w.compare(items, it.title)
			}
			for _, d := range it.duties {
				for _, doc := range d.documents {
					if doc.len() >= minSimilar+2 && w.p.r[doc.a] == '《' {
						w.compare(docs, rng{doc.a + 1, doc.b - 1})
					}
				}
			}
		}
	}
}

// minSimilar is the shortest title that is compared.
const minSimilar = 6

// titles finds near equals through what is left when one character is taken
// out: two strings one edit apart share such a rest.
type titles struct {
	full map[string]bool
	rest map[string]string
}

func newTitles() titles { return titles{map[string]bool{}, map[string]string{}} }

func (w *warner) compare(t titles, g rng) {
	r := []rune(docKey(w.p.clean(g)))
	if len(r) > maxBook {
		return
	}
	key := string(r)
	if t.full[key] {
		return
	}
	other := t.near(r)
	t.add(r)
	if other == "" {
		other = t.sameStem(r)
	}
	if other != "" && !differByCount(r, []rune(other)) {
		w.add("plan_similar_titles", g, "“%s”与“%s”名称相近，请核对是否为同一份。", w.p.clean(g), other)
	}
}

func (t titles) near(r []rune) string {
	if o, ok := t.rest[string(r)]; ok {
		return o
	}
	for k := range r {
		cut := without(r, k)
		if t.full[cut] {
			return cut
		}
		if o, ok := t.rest[cut]; ok {
			return o
		}
	}
	return ""
}

// sameStem finds a title that differs by its kind only: …实施方案, …实施办法.
func (t titles) sameStem(r []rune) string {
	w := oneBefore(r, len(r), stemKinds)
	if w == 0 || len(r)-w < minSimilar {
		return ""
	}
	stem := "#" + string(r[:len(r)-w])
	other := t.rest[stem]
	if other == "" {
		t.rest[stem] = string(r)
	}
	return other
}

func (t titles) add(r []rune) {
	t.full[string(r)] = true
	for k := range r {
		cut := without(r, k)
		if _, ok := t.rest[cut]; !ok {
			t.rest[cut] = string(r)
		}
	}
}

func without(r []rune, k int) string { return string(r[:k]) + string(r[k+1:]) }

// differByCount reports titles that differ on purpose: by a number, a year, a
// side or a level.
func differByCount(a, b []rune) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	j := 0
	for j < len(a)-i && j < len(b)-i && a[len(a)-1-j] == b[len(b)-1-j] {
		j++
	}
	for _, c := range append(append([]rune(nil), a[i:len(a)-j]...), b[i:len(b)-j]...) {
		if isNumeral(c) || is(c, "零上下前后左右大小新旧内外东西南北中省市县区镇乡村甲乙丙丁男女正副党团工") {
			return true
		}
	}
	return false
}

// repeatedItems reports an item that stands in the plan twice.
func (w *warner) repeatedItems(sections []*draft) {
	seen := map[string]bool{}
	for _, s := range sections {
		for _, it := range s.items {
			if it.span.len() < 30 || len(it.body) == 0 {
				continue
			}
			key := w.p.clean(rng{it.body[0].a, it.body[len(it.body)-1].b})
			if seen[key] && len([]rune(key)) >= 24 {
				w.add("plan_repeated_text", it.span, "这一条与前面的条目内容相同，请核对是否重复。")
			}
			seen[key] = true
		}
	}
}
