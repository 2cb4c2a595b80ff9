package exchange

import (
	"fmt"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/kit"
)

// namesIn are the names of everything that records refer to, by field.
func namesIn(app core.App, info *core.RequestInfo, d sheet.Description, records []*core.Record) (map[string]map[string]string, error) {
	out := map[string]map[string]string{}
	for _, c := range d.Columns {
		if c.Target == "" {
			continue
		}
		t, err := targetOf(app, c.Target)
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, r := range records {
			ids = append(ids, r.GetStringSlice(c.Field)...)
		}
		slices.Sort(ids)
		if out[c.Field], err = t.names(app, info, slices.Compact(ids)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// seen is what the viewer sees of a record: hidden fields are masked or left
// out, and what a hook masked stays masked. A mask is the same for everybody,
// the system keeper included: opening what is behind it leaves a trace.
func seen(app core.App, d sheet.Description, r *core.Record, names map[string]map[string]string) map[string]any {
	visible := r.PublicExport()
	seals := sealsOf(app, d.Collection)
	out := map[string]any{}
	for _, c := range d.Columns {
		if s, sealed := seals[c.Field]; sealed {
			out[c.Field] = masked(c, s.text(app, r))
			continue
		}
		if c.Mask != nil {
			out[c.Field] = masked(c, r.GetString(c.Field))
			continue
		}
		if _, ok := visible[c.Field]; !ok {
			continue
		}
		value := valueOf(c, r)
		named := func(id string) string {
			if name, ok := names[c.Field][id]; ok {
				return name
			}
			return id
		}
		switch v := value.(type) {
		case string:
			if c.Kind == sheet.Reference {
				value = named(v)
			}
		case []string:
			if c.Kind == sheet.References {
				words := make([]string, len(v))
				for i, id := range v {
					words[i] = named(id)
				}
				value = words
			}
		}
		out[c.Field] = value
	}
	return out
}

// mark says at the foot of the page who exported it and when.
func (l List) mark(app core.App) string {
	name := "系统管理员"
	if !l.Auth.IsSuperuser() {
		name = l.Auth.GetString("name")
	}
	return fmt.Sprintf("%s %s 导出，仅限内部使用", name, kit.Now(app).Format("2006-01-02 15:04"))
}

func extension(f sheet.Format) string {
	if f == sheet.XLSX {
		return ".xlsx"
	}
	return ".csv"
}
