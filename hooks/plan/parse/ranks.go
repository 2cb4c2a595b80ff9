package parse

// rankKey tells classes apart that rank differently: Markdown has six levels.
type rankKey struct {
	class class
	level int
}

func (m marker) rankKey() rankKey { return rankKey{m.class, m.level} }

// ranks orders the classes of one document; the lower number stands higher.
type ranks map[rankKey]float64

// rankClasses starts from official style and corrects it by what the document
// does: a class that begins anew between two numbers of another is below it.
func rankClasses(lines []line) ranks {
	r := ranks{}
	for c := noClass; c <= annex; c++ {
		r[rankKey{c, 0}] = float64(c)
	}
	for level := 1; level <= 6; level++ {
		r[rankKey{markdown, level}] = float64(markdown) + float64(level)/10
	}
	r[rankKey{annex, 0}] = 0.5
	r.placeHeadings(lines)
	r.swapInverted(lines)
	return r
}

// placeHeadings puts unnumbered headings right above the highest class that
// begins below one of them.
func (r ranks) placeHeadings(lines []line) {
	best := r[rankKey{heading, 0}]
	found := false
	for k := 0; k+1 < len(lines); k++ {
		if lines[k].mark.class != heading || !lines[k+1].numbered() || lines[k+1].mark.class == subHeading {
			continue
		}
		below := r[lines[k+1].mark.rankKey()] - 0.5
		if !found || below < best {
			best, found = below, true
		}
	}
	r[rankKey{heading, 0}] = best
}

// swapInverted finds documents that nest against official style, as （一）
// below 1., and exchanges the two ranks.
func (r ranks) swapInverted(lines []line) {
	v := votes{last: map[class]int{}, since: map[class]marker{}, count: map[[2]class]int{}}
	for _, l := range lines {
		if c := l.mark.class; c >= cjk && c <= circled && c != heading {
			v.see(l.mark)
		}
	}
	for pair, n := range v.count {
		low, high := rankKey{pair[0], 0}, rankKey{pair[1], 0}
		if n*2 >= v.last[pair[0]] && r[low] > r[high] {
			r[low] = r[high] - 0.5
		}
	}
}

// votes counts how often a high class began at 1 between two successive
// numbers of a low one.
type votes struct {
	last  map[class]int
	since map[class]marker // The highest class seen since the last of a low one.
	count map[[2]class]int // By low and high class.
}

func (v votes) see(m marker) {
	if h, ok := v.since[m.class]; ok && h.number == 1 && m.number == v.last[m.class]+1 {
		v.count[[2]class{m.class, h.class}]++
	}
	delete(v.since, m.class)
	v.last[m.class] = m.number
	for low, n := range v.last {
		if h, ok := v.since[low]; low > m.class && n > 0 && (!ok || m.class < h.class) {
			v.since[low] = m
		}
	}
}
