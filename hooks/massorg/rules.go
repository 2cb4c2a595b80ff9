package massorg

import (
	"slices"

	"yaodian/hooks/kit"
)

// CheckDay: something that happened has a real day, not in the future.
func CheckDay(field, on, today string) error {
	if !kit.IsDate(on) || on > today {
		return kit.Reject(field, "massorg_date", "请填写真实的日期，不能晚于今天。")
	}
	return nil
}

// CheckConsent: a consent has been given, and is withdrawn after that.
func CheckConsent(given, withdrawn, today string) error {
	if err := CheckDay("given_on", given, today); err != nil || withdrawn == "" {
		return err
	}
	if withdrawn < given {
		return kit.Reject("withdrawn_on", "massorg_date", "撤回日期不能早于同意日期。")
	}
	return CheckDay("withdrawn_on", withdrawn, today)
}

// CheckCarried: nothing sensitive is stored without the separate consent of the
// person to this purpose, and none that has been withdrawn carries anything
// (PIPL 29, 14.24).
func CheckCarried(filled, fits, standing bool) error {
	if filled && (!fits || !standing) {
		return kit.Reject("consent", "massorg_no_consent", "没有本人对这一项的单独同意，或者同意已经撤回，不能登记这些信息。")
	}
	return nil
}

// CheckVisitors: a household is visited by two at least (12.1).
func CheckVisitors(state string, visitors []string) error {
	visited := state == "visited" || state == "filed"
	if visited && len(slices.Compact(slices.Sorted(slices.Values(visitors)))) < 2 {
		return kit.Reject("visitors", "massorg_visitors", "入户核查至少两人。")
	}
	return nil
}
