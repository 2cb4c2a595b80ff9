package elections

import (
	"fmt"
	"slices"

	"yaodian/hooks/kit"
)

// Candidates is how many candidates an election has at least: a fifth more than
// seats, rounded up (domain.md 4.4: three of four, five of six, seven of nine).
func Candidates(seats int) int { return (seats*6 + 4) / 5 }

// CheckCandidates: there is a choice. A by-election may have as many candidates
// as seats.
func CheckCandidates(kind string, seats, approved int) error {
	need := Candidates(seats)
	if kind == "byelection" {
		need = seats
	}
	if approved < need {
		return kit.Reject("state", "elections_candidates_few", fmt.Sprintf("应选 %d 名，正式候选人至少 %d 名，现在只有 %d 名。", seats, need, approved))
	}
	return nil
}

// Ballot is an election in numbers, and nothing else.
type Ballot struct {
	Expected, Present, Issued, Returned, Invalid int
}

// Check: four fifths have come, no more ballots came back than went out, and no
// more went out than people had come.
func (b Ballot) Check() error {
	switch {
	case b.Expected < 1 || b.Present > b.Expected:
		return kit.Reject("expected", "elections_expected", "应到人数不能少于实到人数，也不能为 0。")
	case b.Present*5 < b.Expected*4:
		return kit.Reject("present", "elections_quorum", fmt.Sprintf("应到 %d 人，实到 %d 人，不足五分之四（%d 人），选举无效。", b.Expected, b.Present, (b.Expected*4+4)/5))
	case b.Issued < 1 || b.Issued > b.Present:
		return kit.Reject("issued", "elections_issued", "发出的选票不能多于实到人数，也不能为 0。")
	case b.Returned > b.Issued:
		return kit.Reject("returned", "elections_returned", "收回的选票多于发出的，选举无效，须重新选举。")
	case b.Invalid > b.Returned:
		return kit.Reject("invalid", "elections_invalid", "废票不能多于收回的选票。")
	}
	return nil
}

// CheckTally: nobody has more votes than there are valid ballots.
func (b Ballot) CheckTally(yes, no, abstain int) error {
	if valid := b.Returned - b.Invalid; yes+no+abstain > valid {
		return kit.Reject("yes", "elections_votes", fmt.Sprintf("赞成、反对、弃权合计不能多于有效选票 %d 张。", valid))
	}
	return nil
}

// Count is the votes of one candidate.
type Count struct {
	ID    string `db:"id"`
	Round int    `db:"round"`
	Yes   int    `db:"yes"`
}

// Elected are who has more than half of those present, at most as many as
// there are seats, those with the most votes first. Exactly half isn't enough.
// Where the last seat is shared, those concerned are voted on again: a later
// round decides among those it was held for, after the seats that an earlier
// one has filled.
func Elected(seats, present int, counts []Count) ([]string, error) {
	var elected []string
	slices.SortStableFunc(counts, func(a, b Count) int {
		if a.Round != b.Round {
			return a.Round - b.Round
		}
		return b.Yes - a.Yes
	})
	for len(counts) > 0 {
		n := slices.IndexFunc(counts, func(c Count) bool { return c.Round != counts[0].Round })
		if n < 0 {
			n = len(counts)
		}
		round := counts[:n]
		counts = counts[n:]
		won := slices.IndexFunc(round, func(c Count) bool { return c.Yes*2 <= present })
		if won < 0 {
			won = len(round)
		}
		left := seats - len(elected)
		if won > left {
			for left > 0 && won > left && round[left-1].Yes == round[left].Yes {
				left-- // the shared seats wait for the next round
			}
			if len(counts) == 0 && left < seats-len(elected) {
				return nil, kit.Reject("state", "elections_tie", "有候选人得票相等，超过应选名额，须就票数相等的再次投票，并登记第二次的票数。")
			}
			won = left
		}
		for _, c := range round[:won] {
			elected = append(elected, c.ID)
		}
	}
	return elected, nil
}

// CheckCounters: at least two count, none of whom stands.
func CheckCounters(counters, candidates []string) error {
	if len(counters) < 2 {
		return kit.Reject("counters", "elections_counters_few", "监票人、计票人合计不能少于两人。")
	}
	for _, c := range counters {
		if slices.Contains(candidates, c) {
			return kit.Reject("counters", "elections_counter_stands", "候选人不能监票、计票，请另选他人。")
		}
	}
	return nil
}

// CheckHeld: an election has been held on a real day, after its approval was
// asked for, and not in the future.
func CheckHeld(on, requested, today string) error {
	if on != "" && (!kit.IsDate(on) || on > today || on < requested) {
		return kit.Reject("held_on", "elections_held_on", "选举日期不能早于请示日期，也不能晚于今天。")
	}
	return nil
}

// CheckComplaints: what was reported about the discipline of an election is
// settled before its result is confirmed. Only the number is known (R-TERM-06).
func CheckComplaints(state string, received, handled int) error {
	switch {
	case handled > received:
		return kit.Reject("handled", "elections_complaints", "办结的举报不能多于收到的。")
	case (state == "confirmed" || state == "filed") && handled < received:
		return kit.Reject("handled", "elections_complaints_open", fmt.Sprintf("收到 %d 件换届纪律举报，办结 %d 件，全部办结以后才能批准结果。", received, handled))
	}
	return nil
}

// CheckStands: who stands is a full member in good standing.
func CheckStands(kind, state, membership string) error {
	if kind != "member" || state != "active" || membership == "stopped" {
		return kit.Reject("person", "elections_not_member", "候选人须是有被选举权的正式党员，预备党员和停止党籍的不能列为候选人。")
	}
	return nil
}

// open are the states in which candidates may still change, and those in which
// votes may still be entered.
var (
	open      = []string{"preparing", "requested", "approved"}
	countable = []string{"approved", "counted"}
)

// CheckOpen: candidates are settled before the vote; who is written in by
// voters comes with the count.
func CheckOpen(state, source string) error {
	if slices.Contains(open, state) || state == "counted" && source == "written" {
		return nil
	}
	return kit.Reject("election", "elections_candidates_fixed", "选举已经进行，候选人不能再改；另选他人的请选“另选他人”，并在核对以前登记。")
}

// CheckCountable: votes are entered after the approval and stay as they were
// verified.
func CheckCountable(state string) error {
	if slices.Contains(countable, state) {
		return nil
	}
	return kit.Reject("election", "elections_tallies_fixed", "批复以前不能登记票数，核对以后票数不能修改。")
}
