package notify

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// worker sends what is due while the server runs. It is woken by each new
// delivery after its commit, and every minute for what had to wait; what was
// due when the server went down is due when it starts.
type worker struct {
	bell    chan struct{}
	quit    chan struct{}
	stopped chan struct{}
}

func newWorker() *worker { return &worker{bell: make(chan struct{}, 1)} }

// wake never waits: a bell that rings already is heard.
func (w *worker) wake() {
	select {
	case w.bell <- struct{}{}:
	default:
	}
}

// notice rings for a delivery that can go out at once.
func (w *worker) notice(e *core.RecordEvent) error {
	if State(e.Record.GetString("state")) == Due && !e.Record.GetDateTime("next_try").Time().After(kit.Now(e.App)) {
		w.wake()
	}
	return e.Next()
}

func (w *worker) start(e *core.ServeEvent) error {
	if w.quit == nil {
		w.quit, w.stopped = make(chan struct{}), make(chan struct{})
		go w.run(e.App, w.quit, w.stopped)
	}
	w.wake()
	return e.Next()
}

// farewell is how long a server that goes down waits for the message that is
// being sent.
const farewell = 3 * time.Second

func (w *worker) stop(e *core.TerminateEvent) error {
	if w.quit != nil {
		close(w.quit)
		select {
		case <-w.stopped:
		case <-time.After(farewell):
		}
		w.quit = nil
	}
	return e.Next()
}

func (w *worker) run(app core.App, quit, stopped chan struct{}) {
	defer close(stopped)
	for {
		select {
		case <-quit:
			return
		case <-w.bell:
			w.drain(app, quit)
		}
	}
}

// drain delivers until nothing more can be settled now.
func (w *worker) drain(app core.App, quit chan struct{}) {
	for anyDue(app) {
		n, err := Deliver(app)
		if err != nil {
			app.Logger().Error("Failed to deliver messages", "error", err)
			return
		}
		select {
		case <-quit:
			return
		default:
		}
		if n == 0 {
			return
		}
	}
}

// anyDue looks before anything is claimed: a look locks nothing.
func anyDue(app core.App) bool {
	var n int
	err := app.DB().NewQuery(`SELECT count(*) FROM (SELECT 1 FROM notify_deliveries WHERE state = 'due' AND next_try <= {:now} LIMIT 1)`).
		Bind(dbx.Params{"now": stamp(kit.Now(app))}).Row(&n)
	return err == nil && n > 0
}
