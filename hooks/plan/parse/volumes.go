package parse

// maxTitle bounds the title of a plan.
const maxTitle = 50

// isTitleLine reports a line that reads like the title of a plan:
// "2023年党建工作要点", perhaps with 篇二 or （试行） around it.
func isTitleLine(p *page, g rng) bool {
	if g.len() > maxTitle || g.len() < 4 {
		return false
	}
	for i := g.a; i < g.b; i++ {
		if is(p.r[i], "。；！？") || p.r[i] == '，' {
			return false
		}
	}
	end := titleEnd(p, g)
	return isChapterOfMany(p, g) || oneBefore(p.r, end, titleEnds) > 0 || hasBefore(p.r, end, "表") && oneBefore(p.r, end, notTables) == 0
}

// titleEnd steps back over brackets and numbers behind a title.
func titleEnd(p *page, g rng) int {
	b := g.b
	for b > g.a && (is(p.r[b-1], "：.") || isNumeral(p.r[b-1])) {
		b--
	}
	if b > g.a && p.r[b-1] == '篇' {
		for b--; b > g.a && (isNumeral(p.r[b-1]) || p.r[b-1] == '第'); b-- {
		}
	}
	if b > g.a && p.r[b-1] == '）' {
		for b--; b > g.a && p.r[b] != '（'; b-- {
		}
	}
	return b
}

// isChapterOfMany reports 篇一： or 第二篇, which open one text of a collection.
func isChapterOfMany(p *page, g rng) bool {
	i := g.a
	if p.r[i] == '第' {
		n, next, _ := ordinalNumber(p.r, i+1, g.b)
		return n > 0 && next < g.b && p.r[next] == '篇'
	}
	if p.r[i] != '篇' {
		return false
	}
	n, _, _ := ordinalNumber(p.r, i+1, g.b)
	return n > 0
}

// volume is one document of the file.
type volume struct {
	title rng
	lines []line
}

// splitVolumes cuts a file that holds several documents at their titles. A
// title opens a new document when numbering begins anew below it, or when it
// is a Markdown heading of the first level like the title of the first.
func splitVolumes(p *page, lines []line) []volume {
	var cuts []int
	for k := range lines {
		if opensVolume(p, lines, k) {
			cuts = append(cuts, k)
		}
	}
	if len(cuts) < 2 {
		return nil
	}
	vols := make([]volume, 0, len(cuts))
	for n, k := range cuts {
		to := len(lines)
		if n+1 < len(cuts) {
			to = cuts[n+1]
		}
		if k+1 == to && len(vols) == 0 {
			continue // The title of the collection.
		}
		vols = append(vols, volume{title: lines[k].body(), lines: lines[k+1 : to]})
	}
	if len(vols) < 2 || !realVolumes(vols) {
		return nil
	}
	return vols
}

// splitCover parts the notice that hands a plan on from the plan itself: a
// title that ends with 通知, nothing numbered, and another title below.
func splitCover(p *page, lines []line) (cover, rest []line) {
	notice := false
	for k := range lines {
		l := lines[k]
		switch {
		case l.isRow() || l.numbered() && l.mark.class != heading && l.mark.class != subHeading:
			return nil, lines
		case notice && l.len() >= 7 && isTitleLine(p, l.rng):
			return lines[:k], lines[k:]
		case l.len() <= maxTitle && hasBefore(p.r, l.b, "通知"):
			notice = true
		}
	}
	return nil, lines
}

func opensVolume(p *page, lines []line, k int) bool {
	l := lines[k]
	if l.isRow() || k+1 >= len(lines) || k > 0 && lines[k-1].mark.class == annex {
		return false
	}
	if l.mark.class == markdown {
		return l.mark.level == 1 && isTitleLine(p, l.body())
	}
	if l.numbered() && l.mark.class != heading && l.mark.class != subHeading || !isTitleLine(p, l.rng) {
		return false
	}
	return l.len() >= 7 || isChapterOfMany(p, l.rng)
}

// realVolumes refuses cuts that leave a document without text: two title
// lines in a row are one title.
func realVolumes(vols []volume) bool {
	for _, v := range vols {
		if len(v.lines) == 0 || !beginsAnew(v.lines) {
			return false
		}
	}
	return true
}

// beginsAnew reports that the first number of the document is 1, or that it
// is a table or has none.
func beginsAnew(lines []line) bool {
	for _, l := range lines {
		switch l.mark.class {
		case noClass, heading, subHeading, annex:
			if l.isRow() {
				return true
			}
			continue
		}
		return l.mark.number <= 1
	}
	return true
}
