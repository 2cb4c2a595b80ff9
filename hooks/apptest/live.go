package apptest

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/tools/subscriptions"
)

// Listener is an open page that waits for changes over realtime.
type Listener struct {
	client subscriptions.Client
	heard  chan string
}

// Page opens a page that isn't subscribed to anything yet.
func (s *Server) Page(t testing.TB) *Listener {
	t.Helper()
	l := &Listener{client: subscriptions.NewDefaultClient(), heard: make(chan string, 1000)}
	s.App.SubscriptionsBroker().Register(l.client)
	t.Cleanup(func() { s.App.SubscriptionsBroker().Unregister(l.client.Id()) })
	go func() {
		for message := range l.client.Channel() {
			l.heard <- string(message.Data)
		}
	}()
	return l
}

// ID is what the page subscribes with.
func (l *Listener) ID() string { return l.client.Id() }

// Listen subscribes as one of the people, through the same request that a
// browser sends, and reports how it was answered.
func (s *Server) Listen(t testing.TB, who string, topics ...string) (*Listener, Answer) {
	t.Helper()
	l := s.Page(t)
	return l, s.Do(t, who, http.MethodPost, "/api/realtime", map[string]any{"clientId": l.ID(), "subscriptions": topics})
}

// Hear waits for n messages and fails the test if there are fewer or more.
func (l *Listener) Hear(t testing.TB, n int) []string {
	t.Helper()
	var got []string
	for len(got) < n {
		select {
		case message := <-l.heard:
			got = append(got, message)
		case <-time.After(3 * time.Second):
			t.Errorf("Expected %d messages, got %q", n, got)
			return got
		}
	}
	select {
	case message := <-l.heard:
		t.Errorf("Expected %d messages, got another: %s", n, message)
	case <-time.After(20 * time.Millisecond):
	}
	return got
}

// Drain is everything that the page has heard so far.
func (l *Listener) Drain() []string {
	var got []string
	for {
		select {
		case message := <-l.heard:
			got = append(got, message)
		case <-time.After(200 * time.Millisecond):
			return got
		}
	}
}
