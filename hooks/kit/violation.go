// Package kit holds the few words every capability shares: how a rule is
// broken, what runs in one transaction, who is at work, what day it is.
package kit

import (
	"errors"
	"maps"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/tools/router"
)

// violation is a business rule that a write would break.
//
// It answers in the user's words: PocketBase turns it into
// {"data": {field: {"code": …, "message": …}}}.
type violation struct{ code, message string }

func (v violation) Code() string  { return v.code }
func (v violation) Error() string { return v.message }

// Resolve keeps the message as written. Without it PocketBase would append an
// ASCII full stop to the Chinese sentence.
func (v violation) Resolve(data map[string]any) any {
	data["message"] = v.message
	return data
}

// Reject refuses a write because of one field (HTTP 400).
func Reject(field, code, message string) error {
	return validation.Errors{field: violation{code, message}}
}

// Forbid refuses an operation as a whole, whoever asks (HTTP 403).
func Forbid(code, message string) error {
	err := router.NewForbiddenError("", validation.Errors{"operation": violation{code, message}})
	err.Message = message
	return err
}

// Violations lists the rules that err says were broken; none for any other error.
func Violations(err error) []error {
	var fields validation.Errors
	if !errors.As(err, &fields) {
		return nil
	}
	out := make([]error, 0, len(fields))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		out = append(out, fields[name])
	}
	return out
}
