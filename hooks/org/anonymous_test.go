package org_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/org"
)

func TestCheckAnonymous(t *testing.T) {
	t.Parallel()
	const no = "org_identity_in_text"
	for text, want := range map[string]string{
		"": "", "东风3号户，两口人，2026年5月起帮扶": "", "2026-05-18走访": "", "2026年5月18日走访": "",
		"电话15400010001": no, "154 0001 0001": no, "１５４００010001": no, "11010519491231002X": no, "0101-8888": no, "第123456号": "",
	} {
		apptest.Refused(t, text, org.CheckAnonymous("brief", text), want)
	}
}
