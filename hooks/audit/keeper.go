package audit

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// bindKeeper watches what only the system keeper does: settings, the schema,
// backups.
func bindKeeper(app core.App) {
	app.OnModelCreateExecute("_params").BindFunc(noteSettings)
	app.OnModelUpdateExecute("_params").BindFunc(noteSettings)

	app.OnCollectionCreateExecute().BindFunc(noteCollection(Create))
	app.OnCollectionUpdateExecute().BindFunc(noteCollection(Update))
	app.OnCollectionDeleteExecute().BindFunc(noteCollection(Delete))

	app.OnBackupCreate().BindFunc(noteBackup("生成备份。"))
	app.OnBackupRestore().BindFunc(noteBackup("恢复备份。"))
}

// bindRoutes gives every request its actor and watches the routes that no hook
// announces.
func bindRoutes(e *core.ServeEvent) error {
	e.Router.BindFunc(carryActor)
	e.Router.BindFunc(watchKeeper)
	return e.Next()
}

func noteSettings(e *core.ModelEvent) error {
	after, ok := e.Model.(*core.Settings)
	if !ok {
		return e.Next()
	}
	changes, err := settingsChanges(e.App.Settings(), after)
	if err != nil {
		return err
	}
	return kit.Within(&e.App, e.Context, func() error {
		if err := e.Next(); err != nil || len(changes) == 0 {
			return err
		}
		return Note(e.App, e.Context, Event{Action: Update, Collection: "_settings", Label: "系统设置", Changes: changes})
	})
}

// settingsChanges compares two settings by their paths, such as smtp.host.
// PocketBase leaves secrets out of the JSON.
func settingsChanges(before, after *core.Settings) (Changes, error) {
	from, err := flat(before)
	if err != nil {
		return nil, err
	}
	to, err := flat(after)
	if err != nil {
		return nil, err
	}
	changes := Changes{}
	for _, path := range slices.Compact(slices.Sorted(maps.Keys(union(from, to)))) {
		if from[path] != to[path] {
			changes[path] = []any{short(from[path]), short(to[path])}
		}
	}
	for path, pair := range map[string][2]string{
		"smtp.password": {before.SMTP.Password, after.SMTP.Password}, "s3.secret": {before.S3.Secret, after.S3.Secret},
		"backups.s3.secret": {before.Backups.S3.Secret, after.Backups.S3.Secret},
	} {
		if pair[0] != pair[1] {
			changes[path] = hidden
		}
	}
	return changes, nil
}

func union(a, b map[string]any) map[string]any {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// flat is the JSON of v as paths with plain values; lists stay text.
func flat(v any) (map[string]any, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return nil, err
	}
	out := map[string]any{}
	var walk func(path string, node any)
	walk = func(path string, node any) {
		switch value := node.(type) {
		case map[string]any:
			for key, inner := range value {
				walk(strings.TrimPrefix(path+"."+key, "."), inner)
			}
		case []any:
			text, _ := json.Marshal(value)
			out[path] = string(text)
		default:
			out[path] = value
		}
	}
	walk("", tree)
	return out, nil
}

// noteCollection notes a change of the schema. The tables of the trail itself
// change by migrations alone.
func noteCollection(action Action) func(*core.CollectionEvent) error {
	return func(e *core.CollectionEvent) error {
		return kit.Within(&e.App, e.Context, func() error {
			before, after := e.Collection, e.Collection
			switch action {
			case Create:
				before = nil
			case Delete:
				after = nil
			default:
				stored, err := e.App.FindCollectionByNameOrId(e.Collection.Id)
				if err != nil {
					return err
				}
				before = stored
			}
			changes, err := collectionChanges(e.App, before, after)
			if err != nil || len(changes) == 0 {
				return next(e, err)
			}
			own := e.Collection.Name == Entries || e.Collection.Name == Anchors || before != nil && (before.Name == Entries || before.Name == Anchors)
			if own && kit.ActorOf(e.App, e.Context).Kind != kit.BySystem {
				return kit.Forbid("audit_append_only", "留痕的数据表不能在管理界面里修改或删除。")
			}
			if err := e.Next(); err != nil || own {
				return err
			}
			return Note(e.App, e.Context, Event{
				Action: action, Collection: "_collections", ID: e.Collection.Id, Label: e.Collection.Name, Changes: changes,
			})
		})
	}
}

func next(e *core.CollectionEvent, err error) error {
	if err != nil {
		return err
	}
	return e.Next()
}

// collectionChanges compares two schemas: rules and names with their texts,
// fields by name, and of everything else, which may hold secrets, only that it
// changed.
func collectionChanges(app core.App, before, after *core.Collection) (Changes, error) {
	from, err := schemaOf(app, before)
	if err != nil {
		return nil, err
	}
	to, err := schemaOf(app, after)
	if err != nil {
		return nil, err
	}
	changes := Changes{}
	for key := range union(from, to) {
		a, b := from[key], to[key]
		if reflect.DeepEqual(a, b) {
			continue
		}
		_, oldText := a.(string)
		_, newText := b.(string)
		switch {
		case key == "fields":
			changes[key] = []any{fieldsOnly(a, b), fieldsOnly(b, a)}
		case (oldText || a == nil) && (newText || b == nil):
			changes[key] = []any{short(a), short(b)}
		default:
			changes[key] = hidden
		}
	}
	return changes, nil
}

// schemaOf is the JSON of a collection, which leaves secrets out, and its
// options as they are stored, which have them.
func schemaOf(app core.App, c *core.Collection) (map[string]any, error) {
	out := map[string]any{}
	if c == nil {
		return out, nil
	}
	raw, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(raw, &out)
	delete(out, "created")
	delete(out, "updated")
	if err != nil {
		return nil, err
	}
	export, err := c.DBExport(app)
	out["options"] = []string{fmt.Sprint(export["options"])}
	return out, err
}

// fieldsOnly names the fields of a list that aren't alike in another.
func fieldsOnly(list, other any) string {
	have, _ := list.([]any)
	others, _ := other.([]any)
	var names []string
	for _, field := range have {
		alike := func(o any) bool { return reflect.DeepEqual(field, o) }
		if properties, ok := field.(map[string]any); ok && !slices.ContainsFunc(others, alike) {
			names = append(names, fmt.Sprint(properties["name"]))
		}
	}
	return Clip(strings.Join(names, "、"), 2*longest)
}

func noteBackup(what string) func(*core.BackupEvent) error {
	return func(e *core.BackupEvent) error {
		if err := Note(e.App, e.Context, Event{Action: Backup, Label: e.Name, Reason: what}); err != nil {
			return err
		}
		return e.Next()
	}
}

// watchKeeper notes, before it happens, what goes around all hooks: raw SQL and
// the whole database as a file.
func watchKeeper(e *core.RequestEvent) error {
	var event Event
	switch key := e.Request.PathValue("key"); e.Request.Pattern {
	case "POST /api/sql":
		form := struct {
			Query string `json:"query"`
		}{}
		if err := e.BindBody(&form); err != nil || !e.HasSuperuserAuth() {
			return e.Next() // refused further in
		}
		if err := CheckSQL(form.Query); err != nil {
			return err
		}
		event = Event{Action: SQL, Reason: Clip(MaskSQL(form.Query), 2000)}
	case "GET /api/backups/{key}":
		keeper, err := e.App.FindAuthRecordByToken(e.Request.URL.Query().Get("token"), core.TokenTypeFile)
		if err != nil || !keeper.IsSuperuser() {
			return e.Next()
		}
		e.App = kit.As(e.App, actorOf(keeper, kit.BySuperuser))
		event = Event{Action: Export, Label: key, Reason: "下载备份。"}
	case "DELETE /api/backups/{key}":
		event = Event{Action: Backup, Label: key, Reason: "删除备份。"}
	case "POST /api/backups/upload":
		event = Event{Action: Backup, Reason: "上传备份。"}
	default:
		return e.Next()
	}
	if event.Action != Export && !e.HasSuperuserAuth() {
		return e.Next()
	}
	if err := Note(e.App, e.Request.Context(), event); err != nil {
		return err
	}
	return e.Next()
}
