package org

import (
	"regexp"

	"yaodian/hooks/kit"
)

var (
	// identity is what a telephone, an account or an identity number looks like.
	identity = regexp.MustCompile(`[0-9０-９]([ -]?[0-9０-９]){6,}`)
	isoDate  = regexp.MustCompile(`20[0-9]{2}-[0-9]{2}-[0-9]{2}`)
)

// CheckAnonymous: a text that describes without naming holds no telephone, no
// account and no identity number (domain.md 11.4).
func CheckAnonymous(field, text string) error {
	if identity.MatchString(isoDate.ReplaceAllString(text, "日")) {
		return kit.Reject(field, "org_identity_in_text", "这里不能写电话、证件号、账号等能认出本人的号码，请删去。")
	}
	return nil
}
