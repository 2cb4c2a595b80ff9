package board_test

import (
	"testing"

	"yaodian/hooks/plan/board"
)

// TestR_IMP_06_Measure: an amount is a sum, a share is a mean; both open into what
// was counted.
func TestR_IMP_06_Measure(t *testing.T) {
	t.Parallel()
	n := func(f float64) *float64 { return &f }
	for _, c := range []struct {
		name        string
		sum         float64
		count       int
		unit        string
		least, most *float64
		value       float64
		met         bool
	}{
		{"six of six", 6, 3, "个", n(6), n(6), 6, true},
		{"five of six", 5, 3, "个", n(6), n(6), 5, false},
		{"more than promised", 5, 2, "名", n(2), n(4), 5, true},
		{"exactly the share", 240, 3, "%", n(80), nil, 80, true},
		{"below the share", 239, 3, "％", n(80), nil, 239.0 / 3, false},
		{"a cap kept", 3, 1, "件", nil, n(4), 3, true},
		{"a cap broken", 5, 1, "件", nil, n(4), 5, false},
		{"a cap, nothing counted", 0, 0, "件", nil, n(4), 0, false},
		{"a share, nothing counted", 0, 0, "%", n(80), nil, 0, false},
		{"nothing to reach", 5, 1, "个", nil, nil, 5, false},
	} {
		got := board.Measure(board.Measured{Sum: c.sum, Count: c.count}, c.unit, c.least, c.most)
		if got.Value != c.value || got.Met != c.met {
			t.Errorf("%s: Expected %v %v, got %v %v", c.name, c.value, c.met, got.Value, got.Met)
		}
	}
}
