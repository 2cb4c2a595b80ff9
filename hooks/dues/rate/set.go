package rate

import (
	"fmt"
	"slices"
	"strings"
)

// Category is what somebody's dues are reckoned by (domain.md 1.1).
type Category string

// The categories, as the regulation names them.
const (
	WageMonthly    Category = "wage_monthly"
	WageAnnual     Category = "wage_annual"
	SelfEmployed   Category = "self_employed_quarter"
	Retired        Category = "retired"
	Farmer         Category = "farmer"
	FarmerBusiness Category = "farmer_business"
	VillageSubsidy Category = "village_subsidy"
	Student        Category = "student"
	Unemployed     Category = "unemployed"
	Relief         Category = "relief"
	Dibao          Category = "dibao"
	UnstableIncome Category = "unstable_income"
	None           Category = "none"
)

// Description is what people read about a category: its name, and what its
// base is; empty where nothing is asked.
type Description struct {
	Key        Category
	Name, Base string
}

// Categories lists all of them in the order in which people look for them.
var Categories = []Description{
	{WageMonthly, "按月领取工资", "月工资收入（税后，相对固定、经常性）"},
	{WageAnnual, "年薪制", "当月实际领取的薪酬"},
	{SelfEmployed, "不按月取得收入的个体经营者", "上季度月平均纯收入"},
	{Retired, "离退休", "月基本离退休费或基本养老金（不含津贴补贴）"},
	{Farmer, "农民", ""},
	{FarmerBusiness, "外出务工经商的农民", "本人申报的月均收入"},
	{VillageSubsidy, "领取定额补贴的村干部", "月补贴"},
	{Student, "学生", ""},
	{Unemployed, "下岗失业", ""},
	{Relief, "依靠抚恤或救济生活", ""},
	{Dibao, "领取最低生活保障金", ""},
	{UnstableIncome, "收入不稳定", "上月收入"},
	{None, "其他没有收入", ""},
}

// Name is what people read for a category; the key itself for an unknown one.
func (c Category) Name() string {
	for _, known := range Categories {
		if known.Key == c {
			return known.Name
		}
	}
	return string(c)
}

// Known reports whether c is one of Categories.
func (c Category) Known() bool {
	return slices.ContainsFunc(Categories, func(d Description) bool { return d.Key == c })
}

// Bracket is a step of a scale: bases up to and including UpTo are charged at
// Rate on the whole amount (R-DUES-02), in basis points.
type Bracket struct {
	UpTo Fen `json:"up_to"` // 0: no upper bound
	Rate int `json:"rate"`
}

// Scale says what a category pays: a share of the base by brackets, a fixed
// amount, or an amount that the branch sets between two bounds.
type Scale struct {
	Brackets []Bracket `json:"brackets,omitempty"`
	Fixed    Fen       `json:"fixed,omitempty"`
	Min      Fen       `json:"min,omitempty"`
	Max      Fen       `json:"max,omitempty"`
}

// Set is a numbered, dated version of the rates (费率版本).
type Set struct {
	No        string             `json:"no"`
	Title     string             `json:"title"`
	Document  string             `json:"document"`  // 文号
	Effective string             `json:"effective"` // first month, YYYY-MM
	Cap       Fen                `json:"cap"`       // most per person and month; 0: none
	Unit      Fen                `json:"unit"`      // amounts are rounded to it: 1, 10 or 100 fen
	Scales    map[Category]Scale `json:"scales"`
}

// In picks the set that is in force in a month: the latest that has begun.
// Sets may come in any order; two never begin in the same month.
func In(sets []Set, month string) (Set, bool) {
	var found Set
	for _, s := range sets {
		if s.Effective <= month && s.Effective > found.Effective {
			found = s
		}
	}
	return found, found.No != ""
}

// Check says what is wrong with a set before it can take effect; empty: nothing.
func (s Set) Check() []string {
	var wrong []string
	if s.Document == "" {
		wrong = append(wrong, "没有写明文号。")
	}
	if s.Unit != 1 && s.Unit != 10 && s.Unit != 100 {
		wrong = append(wrong, "取整单位只能是 1 分、1 角或 1 元。")
	}
	if s.Cap < 0 {
		wrong = append(wrong, "每月上限不能为负。")
	}
	for _, c := range Categories {
		scale, ok := s.Scales[c.Key]
		if !ok {
			wrong = append(wrong, fmt.Sprintf("没有写明“%s”怎样交纳。", c.Name))
			continue
		}
		if problem := scale.check(); problem != "" {
			wrong = append(wrong, fmt.Sprintf("“%s”：%s", c.Name, problem))
		}
	}
	for key := range s.Scales {
		if !key.Known() {
			wrong = append(wrong, fmt.Sprintf("没有“%s”这个类别。", key))
		}
	}
	slices.Sort(wrong)
	return wrong
}

func (s Scale) check() string {
	shapes := 0
	for _, used := range []bool{len(s.Brackets) > 0, s.Fixed != 0, s.Min != 0 || s.Max != 0} {
		if used {
			shapes++
		}
	}
	switch {
	case shapes != 1:
		return "按比例、定额、幅度三种只能写明一种。"
	case s.Fixed < 0, s.Min < 0:
		return "金额不能为负。"
	case s.Max < s.Min:
		return "幅度的上限不能低于下限。"
	}
	return checkBrackets(s.Brackets)
}

func checkBrackets(brackets []Bracket) string {
	for i, b := range brackets {
		last := i == len(brackets)-1
		switch {
		case b.Rate <= 0 || b.Rate > 10_000:
			return "比例须在 0 到 100% 之间。"
		case last != (b.UpTo == 0):
			return "只有最后一档不写上限，而且必须不写。"
		case i > 0 && !last && b.UpTo <= brackets[i-1].UpTo:
			return "各档的上限要由低到高。"
		}
	}
	return ""
}

// bracket finds the step that a base falls into; the bound belongs to the
// lower step (3000 元以下 contains 3000).
func (s Scale) bracket(base Fen) (lower Fen, found Bracket) {
	for _, b := range s.Brackets {
		if b.UpTo == 0 || base <= b.UpTo {
			return lower, b
		}
		lower = b.UpTo
	}
	return lower, Bracket{}
}

// words describes a step the way the regulation does.
func (b Bracket) words(lower Fen) string {
	round := func(f Fen) string { return strings.TrimSuffix(f.String(), ".00") }
	switch {
	case lower == 0:
		return fmt.Sprintf("%s 元（含）以下", round(b.UpTo))
	case b.UpTo == 0:
		return fmt.Sprintf("%s 元以上", round(lower))
	}
	return fmt.Sprintf("%s 元以上至 %s 元（含）", round(lower), round(b.UpTo))
}
