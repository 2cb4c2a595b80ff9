package imports

import (
	"strings"
	"unicode/utf8"

	"yaodian/hooks/kit"
)

// CheckConfirm: an import is confirmed once, after it was handed in, and by
// somebody else than the clerk who made it and whoever handed it in.
func CheckConfirm(state, clerk, submitter, by string) error {
	switch {
	case state == "confirmed":
		return kit.Reject("state", "plan_import_confirmed", "这份导入已经确认过了，不会重复生成。")
	case state != "submitted":
		return kit.Reject("state", "plan_import_not_submitted", "经办人还没有送交确认，请先核对并送交。")
	case by == "":
		return kit.Reject("confirmed_by", "plan_confirm_by", "确认须由有确认权的负责人本人登录办理。")
	case by == clerk || by == submitter:
		return kit.Reject("confirmed_by", "plan_same_person", "导入或送交的人不能自己确认，请由另一位负责人确认。")
	}
	return nil
}

// CheckYear: a plan belongs to a year that the calendar knows.
func CheckYear(year int) error {
	if year < 2000 || year > 2099 {
		return kit.Reject("year", "plan_year_out_of_range", "年度应当在 2000 到 2099 之间。")
	}
	return nil
}

// maxText is the greatest length of a plan's text, in characters.
const maxText = 1_000_000

// CheckText: there is something to read, and not more than a plan can be.
func CheckText(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return kit.Reject("text", "plan_file_empty", "没有文字可读，请粘贴工作要点的全文，或者上传文件。")
	case utf8.RuneCountInString(text) > maxText:
		return kit.Reject("text", "plan_text_long", "全文超过 100 万字，不像是一份工作要点，请检查。")
	}
	return nil
}
