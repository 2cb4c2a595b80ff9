package development

import (
	"strings"

	"yaodian/hooks/kit"
)

// Kin is what was answered to whether those who talk with somebody, guide them
// or examine them are relatives of theirs: none, kin, or nothing yet. Who is
// whose relative is nowhere written down.
type Kin struct {
	Talk     string `db:"kin_talk"`
	Contacts string `db:"kin_contacts"`
	Review   string `db:"kin_review"`
	Above    string `db:"kin_above"`
}

// questions are asked once the step has come in which somebody had to be chosen.
func (k Kin) questions() []struct {
	step        int
	answer, who string
} {
	return []struct {
		step        int
		answer, who string
	}{{Talk, k.Talk, "谈话人"}, {Contacts, k.Contacts, "联系人和介绍人"}, {Review, k.Review, "政审人"}, {TalkAbove, k.Above, "上级谈话人"}}
}

// CheckKin: a relative who does it all the same does it for a reason that is
// written down (R-DEV-16, domain.md 0.1).
func CheckKin(k Kin, note string) error {
	for _, q := range k.questions() {
		if q.answer == "kin" && strings.TrimSpace(note) == "" {
			return kit.Reject("kin_note", "development_kin", q.who+"与本人有亲属关系的应当换人；确实不能换的，请写明原因。")
		}
	}
	return nil
}

// Asked is what is still to be declared by the last step done, and where a
// relative takes part (R-DEV-16): both are warned of, neither stops a case.
func (k Kin) Asked(step int) (missing, kin string) {
	var open, relatives []string
	for _, q := range k.questions() {
		switch {
		case q.answer == "kin":
			relatives = append(relatives, q.who)
		case q.answer == "" && step >= q.step:
			open = append(open, q.who)
		}
	}
	return strings.Join(open, "、"), strings.Join(relatives, "、")
}
