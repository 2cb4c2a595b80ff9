package exchange

import (
	"context"
	"sync"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
)

const deskKey = "yaodian.exchange"

// desk does one import or export after the other, so that two never write into
// each other.
type desk struct {
	described map[string]sheet.Description
	seals     map[string]Seal // by collection.field

	turn    sync.Mutex
	jobs    sync.WaitGroup
	ctx     context.Context
	stopped context.CancelFunc
}

func newDesk(app core.App, described []sheet.Description) {
	d := &desk{described: map[string]sheet.Description{}, seals: map[string]Seal{}}
	d.ctx, d.stopped = context.WithCancel(context.Background())
	for _, one := range described {
		d.described[one.Collection] = one
	}
	app.Store().Set(deskKey, d)
}

func deskOf(app core.App) *desk {
	d, _ := app.Store().Get(deskKey).(*desk)
	return d
}

// do runs a job when its turn comes; after the end of the server it runs none.
func (d *desk) do(job func(context.Context)) {
	d.turn.Lock()
	defer d.turn.Unlock()
	if d.ctx.Err() == nil {
		job(d.ctx)
	}
}

// begin is do in the background.
func (d *desk) begin(job func(context.Context)) {
	d.jobs.Go(func() { d.do(job) })
}

func (d *desk) stop() {
	d.stopped()
	d.jobs.Wait()
}

// Wait returns when every job that was begun has ended.
func Wait(app core.App) { deskOf(app).jobs.Wait() }
