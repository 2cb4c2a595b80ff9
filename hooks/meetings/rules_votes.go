package meetings

import "yaodian/hooks/kit"

// Mode is how a vote is counted (domain.md 3.2).
type Mode string

// The modes.
const (
	General    Mode = "assembly_general"  // 支部大会一般议题
	Developing Mode = "assembly_dev"      // 接收预备党员、转正
	Election   Mode = "assembly_election" // 选举
	Branch     Mode = "committee_branch"  // 支委会
	Street     Mode = "street_committee"  // 党工委会
	Major      Mode = "street_major"      // 党工委会：干部、重大项目、奖惩
	Life       Mode = "democratic_life"   // 民主生活会：只看到会，不表决
)

// Tally is the numbers of a vote. Written are opinions handed in before by who
// couldn't come: they count as votes, not as people present (domain.md 2.4).
type Tally struct{ Expected, Attended, Written, Yes, No, Abstain int }

// Check: the numbers are possible. That is all the house asks of a vote; people
// count it.
func (t Tally) Check(mode Mode) error {
	switch {
	case t.Expected <= 0:
		return kit.Reject("expected", "meetings_tally", "请填写应到人数。")
	case t.Attended < 0 || t.Written < 0 || t.Yes < 0 || t.No < 0 || t.Abstain < 0:
		return kit.Reject("yes", "meetings_tally", "人数不能是负数。")
	case t.Written > 0 && mode != Developing:
		return kit.Reject("written", "meetings_tally", "只有接收和转正的表决才计书面意见。")
	case t.Attended+t.Written > t.Expected:
		return kit.Reject("attended", "meetings_tally", "实到（连同书面意见）不能多于应到。")
	case t.Yes+t.No+t.Abstain > t.Attended+t.Written:
		return kit.Reject("yes", "meetings_tally", "赞成、反对、弃权之和不能多于实到（连同书面意见）。")
	}
	return nil
}

// Quorum: enough came for the vote to count. Half of sixteen is eight: enough
// for an ordinary matter, one too few to admit a member.
func (t Tally) Quorum(mode Mode) bool {
	switch mode {
	case General, Branch, Street:
		return t.Attended*2 >= t.Expected
	case Developing:
		return t.Attended*2 > t.Expected
	case Election:
		return t.Attended*5 >= t.Expected*4
	case Major, Life:
		return t.Attended*3 >= t.Expected*2
	}
	return false
}

// Passed: with a quorum, more than half of those expected agree; in an
// election and a branch committee, of those present.
func (t Tally) Passed(mode Mode) bool {
	if mode == Life || !t.Quorum(mode) {
		return false
	}
	if mode == Election || mode == Branch {
		return t.Yes*2 > t.Attended
	}
	return t.Yes*2 > t.Expected
}

// Remark tells where the sources differ: exactly four fifths were too few in
// 1990 and are enough since 2020.
func (t Tally) Remark(mode Mode) string {
	if mode == Election && t.Attended*5 == t.Expected*4 {
		return "到会恰好为应到的五分之四，按 2020 年条例有效。"
	}
	return ""
}

// CheckMode: appointments, major projects, rewards and punishments need two
// thirds of the committee (R-TOP-02).
func CheckMode(mode Mode, major string) error {
	grave := major == "appointment" || major == "project" || major == "award"
	if mode == Street && grave {
		return kit.Reject("mode", "meetings_mode_major", "干部任免、重大项目和奖惩要有三分之二以上委员到会，请选择相应的表决口径。")
	}
	return nil
}
