package exchange

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/kit"
)

// Preview works out in the background what an import would do.
func Preview(app core.App, id string, auth *core.Record) {
	deskOf(app).begin(func(ctx context.Context) { run(app, ctx, id, auth, (*job).preview) })
}

// Apply writes an import in the background.
func Apply(app core.App, id string, auth *core.Record) {
	deskOf(app).begin(func(ctx context.Context) { run(app, ctx, id, auth, (*job).apply) })
}

// run does one job and leaves behind why it didn't end well.
func run(app core.App, ctx context.Context, id string, auth *core.Record, work func(*job) error) {
	record, err := app.FindRecordById(Imports, id)
	if err != nil {
		app.Logger().Error("Lost an import", "import", id, "error", err)
		return
	}
	j := &job{app, ctx, record, auth}
	if err = work(j); err == nil {
		return
	}
	app.Logger().Warn("An import ended early", "import", id, "error", err)
	if err := fail(app, id, sentenceOf(err)); err != nil {
		app.Logger().Error("An import can't be marked as failed", "import", id, "error", err)
	}
}

// fail marks an import that has written nothing.
func fail(app core.App, id, message string) error {
	record, err := app.FindRecordById(Imports, id) // the job's own may hold what was taken back
	if err != nil {
		return err
	}
	record.Load(map[string]any{"state": string(Failed), "message": clip(message, 200)})
	return kit.SaveAsSystem(app, context.Background(), record)
}

// From takes a table in as the system keeper, from the command line: it is
// previewed and, unless this is only a trial or a row is faulty, applied. The
// import is the record of it either way.
func From(app core.App, ctx context.Context, c *core.Collection, path string, trial bool) (*core.Record, []sheet.Fault, error) {
	auth, err := keeper(app)
	if err != nil {
		return nil, nil, err
	}
	record, err := Receive(app, ctx, Upload{c, auth, path, filepath.Base(path)})
	if err != nil {
		return nil, nil, err
	}
	deskOf(app).do(func(context.Context) { run(app, ctx, record.Id, auth, (*job).preview) })
	faults, err := Faults(app, record.Id)
	if err != nil {
		return nil, nil, err
	}
	if record, err = app.FindRecordById(Imports, record.Id); err != nil {
		return nil, nil, err
	}
	if State(record.GetString("state")) != Ready {
		return record, faults, errors.New(record.GetString("message"))
	}
	if trial || len(faults) > 0 {
		record.Load(map[string]any{"state": string(Expired), "file": ""})
		return record, faults, errors.Join(dropRows(app, record.Id), kit.SaveAsSystem(app, ctx, record))
	}
	deskOf(app).do(func(context.Context) { run(app, ctx, record.Id, auth, (*job).apply) })
	if record, err = app.FindRecordById(Imports, record.Id); err != nil {
		return nil, nil, err
	}
	if State(record.GetString("state")) != Done {
		return record, nil, errors.New(record.GetString("message"))
	}
	return record, nil, nil
}

const interrupted = "服务器停止时这项工作没有做完，什么也没有写入，请重新上传。"

// sentenceOf is what a failed job says: a sentence written for people, or that
// it was the program's fault.
func sentenceOf(err error) string {
	var bad *sheet.FileError
	switch {
	case errors.As(err, &bad):
		return bad.Message
	case errors.Is(err, context.Canceled):
		return interrupted
	case len(kit.Violations(err)) > 0:
		_, message := told(kit.Violations(err)[0])
		return message
	case err.Error() != "" && err.Error()[0] >= 0x80:
		return err.Error()
	}
	return "程序出错，什么也没有写入，请与系统管理员联系。"
}

// pickUp deals at start with what was under way when the server stopped:
// nothing of it was committed.
func pickUp(e *core.ServeEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	for _, c := range []string{Imports, Exports} {
		records, err := e.App.FindAllRecords(c, dbx.In("state", string(Uploaded), string(Previewing), string(Applying), string(Running)))
		if err != nil {
			return err
		}
		for _, r := range records {
			r.Load(map[string]any{"state": string(Failed), "message": interrupted})
			if err := kit.SaveAsSystem(e.App, context.Background(), r); err != nil {
				return err
			}
		}
	}
	tidy(e.App, kit.Now(e.App))
	return nil
}

// tidy takes away files and rows whose day is over.
func tidy(app core.App, now time.Time) {
	n, err := Tidy(app, now)
	app.Logger().Info("Cleared imports and exports", "records", n, "error", err)
}

// Tidy clears what is older than a day. It can be repeated or skipped.
func Tidy(app core.App, now time.Time) (cleared int, err error) {
	for _, c := range []string{Imports, Exports} {
		old, err := app.FindAllRecords(c, dbx.NewExp("file != '' AND updated < {:before}", dbx.Params{"before": now.Add(-Keep).UTC().Format("2006-01-02 15:04:05.000Z")}))
		if err != nil {
			return cleared, err
		}
		for _, r := range old {
			if err := clearOne(app, r, now); err != nil {
				return cleared, err
			}
			cleared++
		}
	}
	return cleared, nil
}

func clearOne(app core.App, r *core.Record, now time.Time) error {
	if !Outdated(r.GetDateTime("updated").Time(), now) {
		return nil
	}
	r.Set("file", "")
	switch state := State(r.GetString("state")); {
	case state == Ready, r.Collection().Name == Exports && state == Done:
		r.Load(map[string]any{"state": string(Expired), "message": "超过一天，文件已经清除。"})
	}
	if r.Collection().Name == Imports {
		if err := dropRows(app, r.Id); err != nil {
			return err
		}
	}
	return kit.SaveAsSystem(app, context.Background(), r)
}
