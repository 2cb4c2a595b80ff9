package parse

import "strings"

// label is a segment like 责任单位：党政办、组织部.
type label struct {
	whole, value rng
	owner        bool
}

// isLabel reports that g is a label with its colon.
func isLabel(p *page, g rng) bool { return labelAt(p, g.a, g.b) > 0 }

// isLabelLine reports a line that begins with a label.
func isLabelLine(p *page, g rng) bool { return labelAt(p, g.a, g.b) > 0 }

// labelAt returns where the value of a label at i begins, or 0.
func labelAt(p *page, i, end int) int {
	if v := ownerLabelAt(p, i, end); v > 0 {
		return v
	}
	if w := oneAt(p.m, i, timeLabels); w > 0 {
		return behindColon(p, i+w, end)
	}
	return 0
}

func ownerLabelAt(p *page, i, end int) int {
	head := oneAt(p.m, i, ownerHeads)
	if head == 0 {
		return 0
	}
	j := i + head
	if tail := oneAt(p.m, j, ownerTails); tail > 0 {
		return behindColon(p, j+tail, end)
	}
	if oneAt(p.m, i, loneOwners) == 0 {
		return 0
	}
	return behindColon(p, j, end)
}

func behindColon(p *page, i, end int) int {
	if i < end && p.m[i] == '：' {
		return i + 1
	}
	return 0
}

// findLabels lists the labelled segments of g.
func findLabels(p *page, g rng) []label {
	var labels []label
	for i := g.a; i < g.b; i++ {
		if !mayOpenLabel(p, g, i) {
			continue
		}
		v := labelAt(p, i, g.b)
		if v == 0 {
			continue
		}
		l := label{owner: ownerLabelAt(p, i, g.b) > 0}
		end := labelEnd(p, v, g.b)
		l.value = p.trimMarks(p.trim(rng{v, end}))
		l.whole = rng{i, end}
		if i > g.a && is(p.m[i-1], "（[【") {
			l.whole.a--
			if end < g.b && is(p.m[end], "）]】") {
				l.whole.b++
			}
		}
		labels = append(labels, l)
		i = end - 1
	}
	return labels
}

func mayOpenLabel(p *page, g rng, i int) bool {
	return i == g.a || p.gap[i] || is(p.m[i-1], "（【[。；，、\n\t|）")
}

// labelEnd finds the end of a value: a closing bracket, a full stop, a line,
// or the next label.
func labelEnd(p *page, a, end int) int {
	for i := a; i < end; i++ {
		if is(p.m[i], "）】]。\n\t|") || is(p.m[i], "；，、") && labelAt(p, i+1, end) > 0 || i > a && p.gap[i] && labelAt(p, i, end) > 0 {
			return i
		}
	}
	return end
}

// splitOwners takes a list apart: 、，；/ and gaps, 和 between two offices.
func splitOwners(p *page, g rng) []string {
	var out []string
	a := g.a
	depth := 0
	for i := g.a; i <= g.b; i++ {
		if i < g.b && p.m[i] == '（' {
			depth++
		}
		if i < g.b && p.m[i] == '）' {
			depth--
		}
		cut := i == g.b || depth <= 0 && (is(p.m[i], "、，；/\n\t|。") || is(p.m[i], "和及与") && isOffice(p.m, i) && joinsOffices(p, i, g.b))
		if !cut && !(i > a && p.gap[i] && isHan(p.m[i]) && isHan(p.m[i-1]) && i-a >= 2 && depth <= 0) {
			continue
		}
		if s := ownerName(p, rng{a, i}); s != "" {
			out = append(out, s)
		}
		a = i
		if cut {
			a++
		}
	}
	return out
}

// joinsOffices reports that an office also ends behind the 和 at i.
func joinsOffices(p *page, i, end int) bool {
	for j := i + 2; j <= end && j <= i+14; j++ {
		if isOffice(p.m, j) && (j == end || is(p.m[j], "、，；。）\n\t和及与") || p.gap[min(j, len(p.gap)-1)]) {
			return true
		}
	}
	return false
}

// isOffice reports that an office or a post ends before i.
func isOffice(r []rune, i int) bool { return oneBefore(r, i, officeEnds) > 0 }

// ownerName cleans one name of a list: （牵头） behind it and 等 are dropped.
func ownerName(p *page, g rng) string {
	g = p.trim(g)
	for g.a < g.b && is(p.r[g.a], "：、，.") {
		g.a++
	}
	for n := oneBefore(p.r, g.b, nameTails); n > 0 && g.len() > n+1; n = oneBefore(p.r, g.b, nameTails) {
		g.b -= n
	}
	if g.empty() || g.len() > 24 {
		return ""
	}
	return strings.Trim(p.clean(g), "。；，、：")
}

// findOwners reads who is responsible from a sentence: 由X负责, X牵头, （X）.
func findOwners(p *page, g rng) []string {
	var out []string
	for i := g.a; i < g.b; i++ {
		switch {
		case p.m[i] == '由':
			if owner, ok := byWhom(p, i, g); ok {
				out = append(out, owner...)
			}
		case hasAt(p.m, i, "牵头") && i+1 < g.b || hasAt(p.m, i, "负责") && !hasAt(p.m, i, "负责人") && !hasAt(p.m, i, "负责制") && !hasAt(p.m, i, "负责同志") || hasAt(p.m, i, "配合") && endsClause(p, i+2, g.b):
			out = append(out, subjectBefore(p, i, g)...)
		case p.m[i] == '（':
			if end := closingBracket(p, i, g.b); end > 0 && isOwnerList(p, rng{i + 1, end}) {
				out = append(out, splitOwners(p, rng{i + 1, end})...)
				i = end
			}
		}
	}
	return unique(append(out, subjects(p, g)...))
}

func endsClause(p *page, i, end int) bool { return i >= end || is(p.m[i], "，。；、）\n\t") }

// byWhom reads 由X负责.
func byWhom(p *page, i int, g rng) ([]string, bool) {
	if i > g.a && is(p.m[i-1], "自理缘经") || hasAt(p.m, i, "由于") || hasAt(p.m, i, "由此") {
		return nil, false
	}
	for j := i + 2; j < g.b && j < i+26; j++ {
		if is(p.m[j], "，。；\n\t") {
			return nil, false
		}
		k := j
		if p.m[j] == '”' {
			k++
		}
		w := oneAt(p.m, k, byVerbs)
		if w == 0 || !isOffice(p.m, j) {
			continue
		}
		out := splitOwners(p, rng{i + 1, j})
		if hasAt(p.m, k, "会同") || hasAt(p.m, k, "联合") {
			more, _ := byWhom(p, k+1, g)
			out = append(out, more...)
		}
		return out, true
	}
	return nil, false
}

// subjectBefore reads the office that stands at the beginning of the clause
// before 牵头 or 负责.
func subjectBefore(p *page, i int, g rng) []string {
	a := i
	for a > g.a && i-a < 24 && !is(p.m[a-1], "，。；：（〔【[\n\t") {
		a--
	}
	if a < i && p.m[a] == '由' || !isOffice(p.m, i) || i-a > 20 {
		return nil
	}
	return splitOwners(p, rng{a, i})
}

func closingBracket(p *page, i, end int) int {
	for j := i + 1; j < end && j < i+60; j++ {
		if p.m[j] == '）' {
			return j
		}
		if is(p.m[j], "。\n（") {
			return 0
		}
	}
	return 0
}

// isOwnerList reports a bracket that holds nothing but offices, and at the
// end of a clause.
func isOwnerList(p *page, g rng) bool {
	if g.len() < 2 || g.len() > 50 || !endsClause(p, g.b+1, len(p.m)) || is(p.m[min(g.b+1, len(p.m)-1)], "、，") {
		return false
	}
	a := g.a
	for i := g.a; i <= g.b; i++ {
		if i == g.b || is(p.m[i], "、，；") {
			if i-a < 2 || oneAt(p.m[:i], a, kindsOfOffice) > 0 && i-a == 2 || !isOffice(p.m, i) || anyIn(p.m, rng{a, i}, notNames) {
				return false
			}
			a = i + 1
		}
	}
	return true
}

func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	out := list[:0]
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
