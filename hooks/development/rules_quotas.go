package development

import (
	"fmt"

	"yaodian/hooks/kit"
)

// CheckAllotted: branches together get no more places than there are.
func CheckAllotted(total, allotted int) error {
	if allotted > total {
		return kit.Reject("allocated", "development_over_allotted", fmt.Sprintf("党工委的名额共 %d 名，分到支部的合计 %d 名，超过了。", total, allotted))
	}
	return nil
}

// CheckExtra: places are added by a document.
func CheckExtra(extra int, document string) error {
	if extra > 0 && document == "" {
		return kit.Reject("extra_document", "development_extra", "追加名额须经党工委批准，请填写文号。")
	}
	return nil
}
