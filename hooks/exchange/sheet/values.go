package sheet

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Cell is a cell as it is stored and as the spreadsheet shows it: 43634 may be
// shown as 2019/6/18. In a text file both are the same.
type Cell struct{ Raw, Shown string }

// Empty reports whether there is nothing to see in the cell.
func (c Cell) Empty() bool { return trim(c.Shown) == "" && trim(c.Raw) == "" }

// text is what a person sees, except where a spreadsheet shortens a long number
// to 1.38E+10 and still has all of it.
func (c Cell) text() string {
	if c.Shown == "" || exponent.MatchString(c.Shown) && plain.MatchString(c.Raw) && c.Raw != c.Shown {
		return c.Raw
	}
	return c.Shown
}

var exponent = regexp.MustCompile(`^\d(\.\d+)?[eE]\+\d+$`)

// Clear is what a person writes to empty a stored value: a blank cell leaves it
// as it is, because most tables that come in are only part of the record.
const Clear = "（清空）"

// TooLong stands in a workbook where the text doesn't fit into a cell.
const TooLong = "（内容太长，请导出为 CSV）"

// masked is a number with its middle hidden, as lists show it.
var masked = regexp.MustCompile(`\*{3,}`)

// silent reports whether a cell says nothing about the value: blank, or what
// an export wrote in place of it.
func (c Column) silent(text string) bool {
	switch c.Kind {
	case Phone, Identity, Code, Date:
		return text == "" || text == TooLong || masked.MatchString(text)
	}
	return text == "" || text == TooLong
}

// Value reads a cell as its column says. A cell that says nothing is nil. The
// note tells what was understood where that isn't obvious.
func (c Column) Value(cell Cell, era Era) (value any, note string, err error) {
	text := unguard(trim(cell.text()))
	if c.silent(text) {
		return nil, "", nil
	}
	if bare(text) == bare(Clear) {
		return c.zero(), "", nil
	}
	if c.Max > 0 && utf8.RuneCountInString(text) > c.Max {
		return nil, "", problem("too_long", "“%s”最多 %d 个字，这里有 %d 个。", c.Title, c.Max, utf8.RuneCountInString(text))
	}
	switch c.Kind {
	case Date, Month, Moment:
		return c.day(Cell{trim(cell.Raw), text}, era)
	case Whole, Decimal, Money:
		value, err = c.number(Cell{trim(cell.Raw), text})
	case Identity:
		value, err = identity(cell, text)
	default:
		value, err = c.word(text)
	}
	return value, "", err
}

// word reads every kind that is neither a date nor a number.
func (c Column) word(text string) (any, error) {
	switch c.Kind {
	case Name:
		return squeeze(text), nil
	case Code:
		return bare(text), nil
	case Phone:
		return phone(text)
	case Bool:
		return yes(c, text)
	case Choice:
		return c.choose(text)
	case Choices:
		return c.chooseAll(text)
	case References:
		return splitList(text), nil
	case JSON:
		if !json.Valid([]byte(text)) {
			return nil, problem("json", "“%s”里的内容不是 JSON，请原样保留导出的内容。", c.Title)
		}
	}
	return text, nil
}

// zero is the value of an emptied cell.
func (c Column) zero() any {
	switch c.Kind {
	case Bool:
		return false
	case Whole, Money:
		return int64(0)
	case Decimal:
		return float64(0)
	case Choices, References:
		return []string{}
	case JSON:
		return "null"
	}
	return ""
}

// Text writes a value the way Value reads it.
func (c Column) Text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "是"
		}
		return "否"
	case int64:
		if c.Kind == Money {
			return yuan(v)
		}
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []string:
		words := make([]string, len(v))
		for i, one := range v {
			words[i] = c.wordOf(one)
		}
		return strings.Join(words, "、")
	case string:
		if c.Kind == Moment {
			return beijing(v)
		}
		return c.wordOf(trim(v))
	}
	return fmt.Sprint(value)
}

func (c Column) wordOf(value string) string {
	for _, o := range c.Options {
		if o.Value == value {
			return o.Word
		}
	}
	return value
}

// yeses are the ways to say yes and no; 有 and 无 answer questions such as 有无.
var yeses = map[string]bool{
	"是": true, "√": true, "✓": true, "✔": true, "对": true, "有": true, "y": true, "yes": true, "true": true, "1": true, "t": true,
	"否": false, "×": false, "✗": false, "✘": false, "x": false, "错": false, "无": false, "没有": false, "不是": false,
	"n": false, "no": false, "false": false, "0": false, "f": false, "-": false, "—": false,
}

func yes(c Column, text string) (any, error) {
	if v, ok := yeses[strings.ToLower(bare(text))]; ok {
		return v, nil
	}
	return nil, problem("bool", "“%s”请填“是”或“否”，这里是“%s”。", c.Title, clip(text))
}

// choose finds the option that is meant: by its word, an alias or the value.
func (c Column) choose(text string) (any, error) {
	want := fold(text)
	for _, o := range c.Options {
		if fold(o.Word) == want || fold(o.Value) == want {
			return o.Value, nil
		}
	}
	for _, o := range c.Options {
		for _, alias := range o.Aliases {
			if fold(alias) == want {
				return o.Value, nil
			}
		}
	}
	words := make([]string, len(c.Options))
	for i, o := range c.Options {
		words[i] = o.Word
	}
	return nil, problem("choice", "“%s”没有“%s”，可以填：%s。", c.Title, clip(text), strings.Join(words, "、"))
}

func (c Column) chooseAll(text string) (any, error) {
	out := []string{}
	for _, one := range splitList(text) {
		value, err := c.choose(one)
		if err != nil {
			return nil, err
		}
		out = append(out, value.(string))
	}
	return out, nil
}

func fold(s string) string { return strings.ToLower(bare(s)) }
