package people

import (
	"strings"
)

// MaskMobile keeps the first three and the last four digits.
func MaskMobile(s string) string {
	if len(s) != 11 {
		return ""
	}
	return s[:3] + "****" + s[7:]
}

// MaskTel keeps the area code and the last two digits.
func MaskTel(s string) string {
	head := strings.IndexByte(s, '-') + 1
	if len(s)-head < 3 {
		return ""
	}
	return s[:head] + strings.Repeat("*", len(s)-head-2) + s[len(s)-2:]
}

// MaskBirth keeps year and month.
func MaskBirth(day string) string {
	if len(day) != len("2006-01-02") {
		return ""
	}
	return day[:7]
}

// MaskAddress keeps what stands before the street's neighbourhoods and doors.
func MaskAddress(s string) string {
	if s == "" {
		return ""
	}
	for _, end := range []string{"街道", "镇", "乡", "区", "县", "市"} {
		if at := strings.Index(s, end); at >= 0 {
			return s[:at+len(end)] + "***"
		}
	}
	return "***"
}
