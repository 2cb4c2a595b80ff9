package parse

// Actions on a document.
const (
	draftAction  = "draft"
	reviseAction = "revise"
	signAction   = "sign"
	studyAction  = "study"
	citeAction   = "cite"
)

// documentHit is a document named in the text.
type documentHit struct {
	rng
	title  string
	action string
}

// findBooks lists the 《》 of the page; one inside another belongs to it.
func (p *page) findBooks() []rng {
	var books []rng
	for i := 0; i < len(p.r); i++ {
		if p.r[i] != '《' {
			continue
		}
		if j := p.closeBook(i); j > 0 {
			books = append(books, rng{i, j + 1})
			i = j
		}
	}
	return books
}

// maxBook bounds a title; a longer one has lost its mark.
const maxBook = 90

// closeBook finds the 》 of the 《 at i, or the first one if the marks inside
// do not pair up.
func (p *page) closeBook(i int) int {
	depth, first := 0, 0
	for j := i; j < len(p.r) && j-i <= maxBook; j++ {
		switch p.r[j] {
		case '《':
			depth++
		case '》':
			if first == 0 {
				first = j
			}
			if depth--; depth == 0 {
				return j
			}
		case newline, '。':
			return first
		}
	}
	return first
}

// booksIn are the titles that begin within g.
func (p *page) booksIn(g rng) []rng {
	lo, hi := 0, len(p.books)
	for lo < hi {
		mid := (lo + hi) / 2
		if p.books[mid].a < g.a {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	for hi = lo; hi < len(p.books) && p.books[hi].a < g.b; hi++ {
	}
	return p.books[lo:hi]
}

// findDocuments lists the documents of a sentence and what happens to each.
// In a cell of results every document is to be delivered.
func findDocuments(p *page, g rng, deliver bool) []documentHit {
	var hits []documentHit
	last := ""
	for k, b := range p.booksIn(g) {
		if hasBefore(p.r, b.a, "简称") || hasBefore(p.r, b.a, "简称为") || hasBefore(p.r, b.a, "简称：") {
			continue
		}
		if k == 0 {
			last = ""
		}
		action := p.actionOn(b, g, last)
		if action == "" {
			action = citeAction
			if deliver {
				action = draftAction
			}
		}
		last = action
		hits = append(hits, documentHit{b, p.clean(rng{b.a + 1, b.b - 1}), action})
	}
	return append(hits, findUnnamed(p, g)...)
}

// actionOn decides what a sentence does to the title at b: the nearest verb
// before it in its clause, else what happened to the title it is listed with,
// else the verb behind it.
func (p *page) actionOn(b, sentence rng, last string) string {
	clause := rng{b.a, b.b}
	for clause.a > sentence.a && !is(p.m[clause.a-1], "，；。：\t\n") {
		clause.a--
	}
	for clause.b < sentence.b && !is(p.m[clause.b], "，；。\t\n") {
		clause.b++
	}
	if last != "" && p.listedWithLast(clause.a, b.a) {
		return p.qualify(last, b, clause)
	}
	if v, ok := p.verbBefore(rng{clause.a, b.a}); ok {
		return p.qualify(v.action, b, clause)
	}
	return p.verbBehind(rng{b.b, clause.b})
}

// listedWithLast reports that only 、 or 和 stand between a title and the one
// before it.
func (p *page) listedWithLast(a, b int) bool {
	i := b
	for i > a && is(p.m[i-1], "、和及与或暨以") {
		i--
	}
	return i > 0 && (p.m[i-1] == '》' || i == a && i > 1 && p.m[i-1] == '，' && p.m[i-2] == '》')
}

// verbHit is a verb that governs what follows it.
type verbHit struct {
	rng
	action string
}

// verbBefore finds the last verb in g that can have the title as its object.
func (p *page) verbBefore(g rng) (verbHit, bool) {
	var best verbHit
	for i := g.a; i < g.b; {
		action, n := verbs.at(p.m, i, g.b)
		if n == 0 {
			i++
			continue
		}
		v := verbHit{rng{i, i + n}, action}
		if p.governs(v, g) {
			best = p.merge(best, v)
		}
		i += n
	}
	return best, best.action != ""
}

// governs sorts out verbs that only look like one: 学习中心组, 新修订的《…》,
// 中央印发《…》.
func (p *page) governs(v verbHit, g rng) bool {
	if v.len() == 1 && !p.oneRuneVerb(v, g) {
		return false
	}
	if v.b < g.b && (p.m[v.b] == '的' || oneAt(p.m, v.b, pastTails) > 0) {
		return false
	}
	if drafting(v.action) {
		return true
	}
	return oneAt(p.m, v.b, verbNouns) == 0
}

// oneRuneVerb accepts 学《A》, 按《A》要求 and 签《A》: a single rune is a verb
// only right before its object.
func (p *page) oneRuneVerb(v verbHit, g rng) bool {
	if v.b != g.b {
		return false
	}
	return v.a == g.a || !isHan(p.m[v.a-1]) || is(p.m[v.a], "学读按签用以报经") || is(p.m[v.a-1], "并要再")
}

func drafting(action string) bool {
	return action == draftAction || action == reviseAction || action == signAction
}

// merge keeps the nearer verb, and for a pair like 制定实施 or 印发执行 the one
// that makes the document.
func (p *page) merge(prev, v verbHit) verbHit {
	if prev.action == "" || v.a-prev.b > 2 {
		return v
	}
	for i := prev.b; i < v.a; i++ {
		if !is(p.m[i], "并、和好或（）") {
			return v
		}
	}
	w := string(p.m[v.a:v.b])
	switch {
	case prev.action == studyAction && v.action == citeAction:
		return verbHit{rng{prev.a, v.b}, studyAction}
	case !drafting(prev.action):
		return v
	case w == "实施" || w == "执行" || w == "推行" || w == "备案" || w == "报送" || w == "组织" || w == "发放" || w == "张贴":
		return verbHit{rng{prev.a, v.b}, prev.action}
	case prev.action == reviseAction && v.action == draftAction && (w == "印发" || w == "出台" || w == "发布" || w == "下发" || w == "形成"):
		return verbHit{rng{prev.a, v.b}, reviseAction}
	case prev.action == draftAction && v.action == reviseAction && (w == "完善" || w == "健全"):
		return verbHit{rng{prev.a, v.b}, draftAction}
	case prev.action == reviseAction && v.action == reviseAction:
		return verbHit{rng{prev.a, v.b}, reviseAction}
	}
	return v
}

// verbBehind finds what is said of a title behind it.
func (p *page) verbBehind(g rng) string {
	for i := g.a; i < g.b && i < g.a+24; {
		if p.m[i] == '《' {
			return ""
		}
		action, n := verbsBehind.at(p.m, i, g.b)
		if n == 0 {
			i++
			continue
		}
		if oneAt(p.m, i+n, nounsBehind) > 0 && !drafting(action) {
			return citeAction
		}
		return action
	}
	return ""
}
