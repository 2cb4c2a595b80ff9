package rate

import (
	"fmt"
	"strings"
)

// Role says what an item of somebody's income does to the base (domain.md 1.2).
type Role string

// The roles of an item.
const (
	Counted  Role = "counted"
	Excluded Role = "excluded"
	Deducted Role = "deducted"
)

// Item is a part of somebody's monthly income, or what is taken off it.
type Item struct {
	Name   string
	Amount Fen
	Role   Role
}

// BaseOf adds up what counts, less what is deducted. Who is paid by the quarter
// owes by the average of its months (§4), halves up.
func BaseOf(category Category, items []Item) Fen {
	var sum, counted Fen
	for _, item := range items {
		switch item.Role {
		case Counted:
			sum += item.Amount
			counted++
		case Deducted:
			sum -= item.Amount
		}
	}
	if category == SelfEmployed && counted > 1 && sum > 0 {
		return (2*sum + counted) / (2 * counted)
	}
	return sum
}

// usual is what the notice of 2017 says of an item by a word of its name.
var usual = []struct {
	word string
	role Role
}{
	{"奖励性绩效", Excluded}, {"奖励绩效", Excluded}, {"住房补贴", Excluded}, {"交通补贴", Excluded}, {"公车", Excluded}, {"公务用车", Excluded},
	{"通讯", Excluded}, {"加班", Excluded}, {"误餐", Excluded}, {"取暖", Excluded}, {"防暑", Excluded}, {"降温", Excluded}, {"物业", Excluded},
	{"艰苦边远", Excluded}, {"艰边", Excluded}, {"办案津贴", Excluded}, {"审计补贴", Excluded}, {"信访津贴", Excluded}, {"政府特殊津贴", Excluded},
	{"年终", Excluded}, {"个人所得税", Deducted}, {"个税", Deducted}, {"养老保险", Deducted}, {"医疗保险", Deducted}, {"失业保险", Deducted},
	{"工伤保险", Deducted}, {"生育保险", Deducted}, {"社保", Deducted}, {"社会保险", Deducted}, {"公积金", Deducted}, {"年金", Deducted},
}

// CheckItem: what the notice lists is treated as it says, unless a reason names
// who decided otherwise.
func CheckItem(item Item, reason string) error {
	if item.Amount <= 0 {
		return &Refusal{"amount", "dues_item_amount", "每一项的金额须大于零；要减去的项目请选“扣除”。"}
	}
	if len([]rune(strings.TrimSpace(reason))) >= 2 {
		return nil
	}
	for _, u := range usual {
		if strings.Contains(item.Name, u.word) && item.Role != u.role && !(u.role == Deducted && item.Role == Excluded) {
			return &Refusal{"reason", "dues_item_reason", fmt.Sprintf("按规定“%s”应当%s；另有决定的，请写明依据和作出决定的组织。", item.Name, roleWords[u.role])}
		}
	}
	return nil
}

var roleWords = map[Role]string{Counted: "计入", Excluded: "不计入", Deducted: "扣除"}
