package parse

// table is a block of rows with the meaning of its columns.
type table struct {
	rng
	rows   []row
	header row
	cols   columns
}

// row is one row, its cells in order; an empty cell has an empty range.
type row struct {
	rng
	cells []rng
}

// columns says which column holds what; -1 is none.
type columns struct {
	task, content, schedule, owner, deliver int
}

// How far a cell may run over the following lines.
const (
	maxCellLines = 12
	maxTailLines = 3
)

// splitCells cuts a row at tabs, or at pipes where there are no tabs.
func splitCells(p *page, g rng) []rng {
	sep := rune('|')
	for _, c := range p.r[g.a:g.b] {
		if c == cellEnd {
			sep = cellEnd
		}
	}
	if sep == '|' {
		g = p.trim(g)
		g.a, g.b = skipPipe(p, g)
	}
	var cells []rng
	a := g.a
	for i := g.a; i <= g.b; i++ {
		if i == g.b || p.r[i] == sep {
			cells = append(cells, p.trim(rng{a, i}))
			a = i + 1
		}
	}
	return cells
}

// skipPipe gives the range between the outer pipes, which trim has removed.
func skipPipe(p *page, g rng) (int, int) {
	for g.a < g.b && p.r[g.a] == '|' {
		g.a++
	}
	for g.b > g.a && p.r[g.b-1] == '|' {
		g.b--
	}
	return g.a, g.b
}

// gatherTables puts the rows of each table into its first line, with the
// lines over which a cell runs on.
func gatherTables(p *page, lines []line) []line {
	var out []line
	for k := 0; k < len(lines); {
		if !lines[k].isRow() {
			out = append(out, lines[k])
			k++
			continue
		}
		t, next := readTable(p, lines, k)
		l := lines[k]
		l.table = t
		out = append(out, l)
		k = next
	}
	return out
}

func readTable(p *page, lines []line, k int) (*table, int) {
	t := &table{rng: lines[k].rng}
	width := len(lines[k].cells)
	for k < len(lines) {
		if lines[k].isRow() {
			t.addRow(lines[k], width)
			k++
			continue
		}
		n := runOn(p, lines, k, len(t.rows[len(t.rows)-1].cells) < width)
		if n == 0 {
			break
		}
		last := &t.rows[len(t.rows)-1]
		last.b = lines[k+n-1].b
		if c := len(last.cells) - 1; c >= 0 {
			last.cells[c] = join(last.cells[c], lines[k].a, last.b)
		}
		k += n
	}
	t.b = t.rows[len(t.rows)-1].b
	t.readColumns(p)
	return t, k
}

// runOn counts the plain lines at k that belong to the last cell: another row
// of the table must follow.
func runOn(p *page, lines []line, k int, open bool) int {
	limit := maxTailLines
	if open {
		limit = maxCellLines
	}
	for n := 0; n <= limit && k+n < len(lines); n++ {
		l := lines[k+n]
		if l.isRow() {
			return n
		}
		if l.mark.class != noClass && l.mark.class <= cjkParen || !open && (l.numbered() || l.len() > 60) {
			return 0
		}
	}
	return 0
}

func join(g rng, a, b int) rng {
	if g.empty() {
		return rng{a, b}
	}
	return rng{g.a, b}
}

// addRow appends a row, or completes the last one if that was cut by a break
// inside a cell.
func (t *table) addRow(l line, width int) {
	if n := len(t.rows); n > 0 {
		last := &t.rows[n-1]
		if len(last.cells) < width && len(last.cells) > 0 && len(last.cells)+len(l.cells)-1 <= width && !l.cells[0].empty() && t.cut(last) {
			c := len(last.cells) - 1
			last.cells[c] = join(last.cells[c], l.cells[0].a, l.cells[0].b)
			last.cells = append(last.cells, l.cells[1:]...)
			last.b = l.b
			return
		}
	}
	t.rows = append(t.rows, row{l.rng, append([]rng(nil), l.cells...)})
}

// cut reports that the last row ended inside a cell: only the header tells
// how many cells a row has.
func (t *table) cut(last *row) bool { return len(t.rows) > 1 && len(last.cells) < len(t.rows[0].cells) }

// Words of a table's head, by the column they name.
var (
	headTask     = words("任务 项目 重点工作 工作任务 重点任务 主要任务 工作项目 类别 事项 工作要点 重点项目 板块 模块 目标任务 工作目标 主题 名称 领域")
	headContent  = words("内容 措施 举措 要求 工作安排 具体工作 活动 议题 主要工作 工作 做法 事宜")
	headSchedule = words("时间 进度 月份 时限 安排 周次 日期 月 节点 日程 季度 步骤 期限 阶段 频次 周期")
	headOwner    = words("责任 牵头 负责 承办 主办 配合 参加 主持 主讲 组织者 协办 部门 单位 科室 人员 对象")
	headDeliver  = words("成果 交付 资料 材料 佐证 产出 目标 成效 标志 形式 标准 完成情况 结果")
	headOther    = words("序号 备注 编号 地点 方式 级别 说明 经费 分值")
)

// readColumns finds the header and what each column holds.
func (t *table) readColumns(p *page) {
	t.cols = columns{-1, -1, -1, -1, -1}
	if t.isHeader(p, t.rows[0]) {
		t.header, t.rows = t.rows[0], t.rows[1:]
		for c, g := range t.header.cells {
			t.nameColumn(p, c, g)
		}
	}
	t.guessColumns(p)
}

func (t *table) isHeader(p *page, r row) bool {
	known := 0
	for _, g := range r.cells {
		if g.len() > 14 || anyIn(p.r, g, "。", "，", "；") {
			return false
		}
		for _, list := range [][]string{headTask, headContent, headSchedule, headOwner, headDeliver, headOther} {
			if anyIn(p.r, g, list...) {
				known++
				break
			}
		}
	}
	return len(t.rows) > 1 && known*2 >= filledCells(r) && known >= 2
}

func filledCells(r row) int {
	n := 0
	for _, g := range r.cells {
		if !g.empty() {
			n++
		}
	}
	return n
}

func (t *table) nameColumn(p *page, c int, g rng) {
	set := func(col *int) {
		if *col < 0 {
			*col = c
		}
	}
	switch {
	case anyIn(p.r, g, "序号", "备注", "编号"):
	case anyIn(p.r, g, headOwner...):
		set(&t.cols.owner)
	case anyIn(p.r, g, "成果", "交付", "佐证", "产出", "标志", "材料", "资料"):
		set(&t.cols.deliver)
	case anyIn(p.r, g, "时间", "进度", "月份", "时限", "周次", "日期", "节点", "日程", "季度", "步骤", "期限", "阶段", "频次") || hasAt(p.r, g.a, "月") && g.len() <= 2:
		set(&t.cols.schedule)
	case anyIn(p.r, g, headTask...) && t.cols.task < 0:
		set(&t.cols.task)
	case anyIn(p.r, g, headContent...):
		set(&t.cols.content)
	case anyIn(p.r, g, headSchedule...):
		set(&t.cols.schedule)
	case anyIn(p.r, g, headDeliver...):
		set(&t.cols.deliver)
	}
}

// guessColumns fills in what the header did not say: the column of dates is
// the schedule, the first other text is the task.
func (t *table) guessColumns(p *page) {
	if t.cols.schedule < 0 {
		t.cols.schedule = t.dateColumn(p)
	}
	if t.cols.task >= 0 || t.cols.content >= 0 || len(t.rows) == 0 {
		return
	}
	for c, g := range t.rows[0].cells {
		if c != t.cols.schedule && c != t.cols.owner && c != t.cols.deliver && g.len() >= 2 && isHan(p.r[g.a]) {
			if t.header.cells == nil || t.cols.schedule > c {
				t.cols.task = c
			} else {
				t.cols.content = c
			}
			return
		}
	}
}

// dateColumn is the column where at least half the rows begin with a date.
func (t *table) dateColumn(p *page) int {
	if len(t.rows) == 0 {
		return -1
	}
	for c := range t.rows[0].cells {
		hits, filled := 0, 0
		for _, r := range t.rows {
			if c < len(r.cells) && !r.cells[c].empty() {
				filled++
				if startsWithDate(p, r.cells[c]) {
					hits++
				}
			}
		}
		if hits > 0 && hits*2 >= filled {
			return c
		}
	}
	return -1
}

func startsWithDate(p *page, g rng) bool {
	d, ok := dateAt(p, p.r, g.a, g.b)
	return ok && d.a == g.a
}
