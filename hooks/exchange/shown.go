package exchange

import (
	"maps"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
)

// normal is a stored value as a cell would give it: an export is compared with
// what it was written from.
func normal(c sheet.Column, value any) any {
	text := c.Text(value)
	again, _, err := c.Value(sheet.Cell{Raw: text, Shown: text}, sheet.From1900)
	if err != nil || again == nil {
		return value
	}
	if list, ok := again.([]string); ok && c.Kind == sheet.References {
		return slices.Clip(list)
	}
	return again
}

func (e *entry) show(c sheet.Column, cell string, value any) string {
	switch {
	case c.Mask != nil:
		return masked(c, c.Text(value))
	case c.Target != "":
		return cell
	}
	return c.Text(value)
}

// masked is the mask of a value, also of one that isn't what it should be.
func masked(c sheet.Column, text string) string {
	mask := c.Mask(text)
	if mask == "" && text != "" {
		return "***"
	}
	return mask
}

func (e *entry) showOld(c sheet.Column, r *core.Record, old map[string]string) string {
	if c.Mask != nil {
		return masked(c, e.matcher.holds(c, r))
	}
	named := func(id string) string {
		if name, ok := old[id]; ok {
			return name
		}
		return id
	}
	value := valueOf(c, r)
	switch v := value.(type) {
	case string:
		if c.Kind == sheet.Reference {
			return named(v)
		}
	case []string:
		if c.Kind == sheet.References {
			words := make([]string, len(v))
			for i, id := range v {
				words[i] = named(id)
			}
			return strings.Join(words, "、")
		}
	}
	return e.show(c, "", value)
}

// oldNames are the names of what the candidates refer to.
func (e *entry) oldNames(tx core.App, candidates map[int]map[string][]*core.Record) (map[string]string, error) {
	out := map[string]string{}
	for field, t := range e.targets {
		ids := map[string]bool{}
		for _, byKey := range candidates {
			for _, records := range byKey {
				for _, r := range records {
					for _, id := range r.GetStringSlice(field) {
						ids[id] = true
					}
				}
			}
		}
		_, info, err := e.hand.request(tx, "GET", nil)
		if err != nil {
			return nil, err
		}
		names, err := t.names(tx, info, slices.Collect(maps.Keys(ids)))
		if err != nil {
			return nil, err
		}
		maps.Copy(out, names)
	}
	return out, nil
}
