package parse

import "strings"

// Who is above every committee that uses this: what they issue is given.
var superiors = words("中央 国务院 中组部 中宣部 中央纪委 中纪委 教育部 省委 省政府 省纪委 上级 国家 全国 中办 国办 市委组织部 省委组织部 省教育厅 上级党委 自治区党委")

// Things that are made of a title and not the title itself: 制定《A》实施细则.
var derived = words("实施细则 实施方案 实施办法 实施意见 落实方案 落实措施 具体措施 工作措施 贯彻落实 贯彻措施 贯彻意见 任务分解 责任分工 分工方案 学习计划 学习方案 宣传方案 宣讲方案 配套 的实施 的具体 的落实 的贯彻 的学习 的分工 的工作方案 的配套 的意见 的措施 的宣传 学习 宣传 宣讲 培训 精神 要求 有关要求 规定的 情况 执行情况 落实情况 学习宣传 贯彻 解读 任务清单 重点任务 分工 台账 专题 读书 知识 实施 主题 心得 征文 简报 内刊 期刊 杂志 专刊 专栏 刊物 手抄报 宣传片 微视频 专题片 的通知 的批复 的决定 的函 的报告")

// qualify takes back a drafting action where the sentence says that the
// document is there already, is made by others, or is only referred to.
func (p *page) qualify(action string, b, clause rng) string {
	if !drafting(action) {
		return action
	}
	if w := oneAt(p.m, b.b, derived); w != "" && action != signAction {
		return citeAction
	}
	if p.madeElsewhere(rng{clause.a, b.a}) {
		return citeAction
	}
	return action
}

// madeElsewhere looks for 已印发, 中央出台, 配合县委制定 before a title.
func (p *page) madeElsewhere(g rng) bool {
	v, ok := p.verbBefore(g)
	if !ok {
		return false
	}
	subject := rng{max(g.a, v.a-12), v.a}
	near := rng{max(g.a, v.a-4), v.a}
	if anyIn(p.m, near, "已经", "去年", "此前", "年前") || hasBefore(p.m, v.a, "已") || hasBefore(p.m, v.a, "所") || anyIn(p.m, subject, "配合", "协助") {
		return true
	}
	for _, s := range superiors {
		at := indexIn(p.m, subject, s)
		if at < 0 || oneBefore(p.m, at, words("对标 落实 贯彻 按照 根据 结合 对照")) != "" {
			continue
		}
		behind := rng{at + runeLen(s), v.a}
		if behind.len() <= 4 && !anyIn(p.m, behind, "精神", "要求", "部署", "规定", "会", "意见", "的", "实际", "情况") {
			return true
		}
	}
	return false
}

// strength orders actions for a document that is named twice.
var strength = map[string]int{draftAction: 5, reviseAction: 4, signAction: 3, studyAction: 2, citeAction: 1}

// docKey is the title by which a document is known again.
func docKey(title string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ' || c == '　' || c == '\u00a0':
			return -1
		case c == '（':
			return '('
		case c == '）':
			return ')'
		}
		return fold(c)
	}, title)
}

// Verbs and kinds that make an unnamed document certain: 出台…实施细则. Others
// (制定整改措施) stay obligations of the kind document without an entry.
var (
	issueVerbs  = words("研究制定出台 制定出台 修订出台 研究出台 出台 制定印发 制定并印发 印发")
	makeVerbs   = words("研究制定 制定完善 制定 制订 修订完善 修订 起草")
	formalKinds = words("实施细则 实施方案 工作方案 实施办法 管理办法 实施意见 指导意见 暂行办法 试行办法 管理规定 工作规则 工作规程 细则 办法 方案 制度 规定 意见 条例 规则 规程")
	strictKinds = words("实施细则 实施办法 管理办法 暂行办法 试行办法 管理规定 工作规则 议事规则 工作规程 细则 办法 规则 规程")
	pledgeKinds = words("目标责任书 责任书 责任状 承诺书 军令状 协议书 保证书 公约 协议")
)

// findUnnamed lists documents without 《》: issued ones and signed pledges.
func findUnnamed(p *page, g rng) []documentHit {
	var hits []documentHit
	for i := g.a; i < g.b; {
		if w, kinds, action := makingVerb(p.m, i); w != "" {
			end := i + runeLen(w)
			if hit, ok := p.nounPhrase(end, g.b, kinds, action); ok && !p.given(i, g) {
				hits = append(hits, hit)
				end = hit.b
			}
			i = end
			continue
		}
		if w := oneAt(p.m, i, words("签订 签署 签定")); w != "" {
			end := i + runeLen(w)
			for {
				hit, ok := p.nounPhrase(end, g.b, pledgeKinds, signAction)
				if !ok {
					break
				}
				hits = append(hits, hit)
				if end = hit.b; end >= g.b || !is(p.m[end], "、和及与") {
					break
				}
				end++
			}
			i = end
			continue
		}
		i++
	}
	return hits
}

// makingVerb reads the verb of an unnamed document. What is issued may be of
// any formal kind; what is only made must be of a kind that is always a paper.
func makingVerb(r []rune, i int) (verb string, kinds []string, action string) {
	if !is(r[i], "研制修出印起") {
		return "", nil, ""
	}
	if w := oneAt(r, i, issueVerbs); w != "" {
		action = draftAction
		if r[i] == '修' {
			action = reviseAction
		}
		return w, formalKinds, action
	}
	if w := oneAt(r, i, makeVerbs); w != "" {
		action = draftAction
		if r[i] == '修' {
			action = reviseAction
		}
		return w, strictKinds, action
	}
	return "", nil, ""
}

// given reports 中央出台的…办法 and 根据县委印发…方案: no promise.
func (p *page) given(i int, g rng) bool {
	clause := rng{i, i}
	for clause.a > g.a && !is(p.m[clause.a-1], "，；。\n\t") {
		clause.a--
	}
	return anyIn(p.m, rng{clause.a, i}, "根据", "按照", "落实", "学习", "贯彻", "已", "配合", "对照", "依据") || anyIn(p.m, rng{max(clause.a, i-6), i}, superiors...)
}

// maxPhrase bounds the name of an unnamed document.
const maxPhrase = 36

// nounPhrase reads the name that begins at a and ends with one of kinds.
func (p *page) nounPhrase(a, end int, kinds []string, action string) (documentHit, bool) {
	for a < end && is(p.m[a], "了好并") {
		a++
	}
	best := 0
	var stem rng
	for i := a; i < end && i < a+maxPhrase; i++ {
		if is(p.m[i], "，。；\n\t：《》") || p.m[i] == '的' && i == a {
			break
		}
		if w := oneAt(p.m, i, kinds); w != "" {
			best = i + runeLen(w)
			i = best - 1
			stem = rng{a, best - runeLen(w)}
			if action == signAction || best < end && is(p.m[best], "和及与、") {
				break
			}
		}
	}
	if best == 0 || action != signAction && p.isBareStem(stem) || best < end && is(p.m[best], "的落执要") {
		return documentHit{}, false
	}
	g := rng{a, best}
	if best < end && p.m[best] == '（' {
		for j := best; j < end && j < best+8; j++ {
			if p.m[j] == '）' {
				g.b = j + 1
				break
			}
		}
	}
	return documentHit{g, p.clean(g), action}, true
}

// isBareStem reports a name that names nothing: 相关制度, 规划和办法.
func (p *page) isBareStem(g rng) bool {
	for _, w := range bareWords {
		for g.len() >= runeLen(w) && hasAt(p.m, g.a, w) {
			g.a += runeLen(w)
		}
	}
	return g.len() < 3 || is(p.m[g.b-1], "和与及、")
}

var bareWords = words("相关 有关 配套 各项 具体 一系列 系列 管理 工作 正式 相应 规章 落实 若干 并 的 一批 新 本 学校 各类")
