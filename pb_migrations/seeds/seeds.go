// Package seeds holds texts that a new database begins with and the program reads
// as well.
package seeds

import _ "embed"

// DuesRates are the rates of dues that hold in the whole country.
//
//go:embed dues_rates.json
var DuesRates []byte
