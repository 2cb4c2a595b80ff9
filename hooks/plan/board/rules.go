package board

// Measured is how far a target has come: the sum of what evidence counted, and
// how often.
type Measured struct {
	Sum     float64 `json:"sum"`     // of evidence whose duty was accepted
	Count   int     `json:"count"`   // how many numbers that are
	Waiting float64 `json:"waiting"` // of evidence whose duty wasn't accepted yet
	Value   float64 `json:"value"`   // what is compared with the target
	Met     bool    `json:"met"`
}

// shares are the units of targets that are a part of a whole.
var shares = map[string]bool{"%": true, "％": true, "‰": true, "分": true}

// Measure compares what was counted with a target. An amount is the sum; a
// share (80%) is the mean, which Sum and Count open into its numerator and
// denominator. What has only an upper bound isn't met before something was
// counted (R-IMP-06).
func Measure(m Measured, unit string, least, most *float64) Measured {
	m.Value = m.Sum
	if shares[unit] && m.Count > 0 {
		m.Value = m.Sum / float64(m.Count)
	}
	m.Met = m.Count > 0 && (least == nil || m.Value >= *least) && (least != nil || most != nil && m.Value <= *most)
	return m
}
