package apptest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

// Who may ask besides the people of apptest.
const (
	Guest  = ""       // nobody is signed in
	Keeper = "keeper" // a superuser, made when first asked for
)

// Server answers requests to one application without a port, so that a test
// can follow a person through several requests. ApiScenario starts anew for
// each.
type Server struct {
	App *tests.TestApp

	mux    http.Handler
	mu     sync.Mutex
	tokens map[string]string
}

// Serve begins to answer for app, which can be served once.
func Serve(t testing.TB, app *tests.TestApp) *Server {
	t.Helper()
	s := &Server{App: app, tokens: map[string]string{Guest: ""}}
	router, err := apis.NewRouter(app)
	if err != nil {
		t.Fatal(err)
	}
	event := &core.ServeEvent{App: app, Router: router}
	err = app.OnServe().Trigger(event, func(e *core.ServeEvent) (err error) {
		s.mux, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Port answers on a port of 127.0.0.1 too, for clients that are programs of
// their own, and gives its URL.
func (s *Server) Port(t testing.TB) string {
	t.Helper()
	server := httptest.NewServer(s.mux)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	return server.URL
}

// NewServer serves a fresh application.
func NewServer(t testing.TB) *Server {
	t.Helper()
	return Serve(t, New(t))
}

// Answer is what came back.
type Answer struct {
	Status int
	Body   string
}

// Short is the beginning of the body, enough to see why a test failed.
func (a Answer) Short() string { return a.Body[:min(len(a.Body), 600)] }

// Has reports whether the body contains s.
func (a Answer) Has(s string) bool { return strings.Contains(a.Body, s) }

// Count is how many records a list holds, -1 where it isn't a list.
func (a Answer) Count() int {
	list := struct{ Items []any }{}
	if a.Status != http.StatusOK || json.Unmarshal([]byte(a.Body), &list) != nil || list.Items == nil {
		return -1
	}
	return len(list.Items)
}

// Text is a text at the top of the answer, such as its token.
func (a Answer) Text(field string) string {
	fields := map[string]any{}
	_ = json.Unmarshal([]byte(a.Body), &fields)
	text, _ := fields[field].(string)
	return text
}

// Want fails the test unless the answer has the status and contains every text.
func (a Answer) Want(t testing.TB, status int, texts ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("Expected status %d, got %d: %s", status, a.Status, a.Short())
	}
	for _, text := range texts {
		if !a.Has(text) {
			t.Errorf("Expected %s in %d: %s", text, a.Status, a.Short())
		}
	}
}

// Do sends a request as one of the people. Their session begins with their
// first request. A body that isn't a string is sent as JSON.
func (s *Server) Do(t testing.TB, who, method, url string, body any) Answer {
	t.Helper()
	return s.Send(t, s.Token(t, who), method, url, body)
}

// Send is Do with any token.
func (s *Server) Send(t testing.TB, token, method, url string, body any) Answer {
	t.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		reader = strings.NewReader(string(raw))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // /api/realtime never ends by itself
	defer cancel()
	request := httptest.NewRequestWithContext(ctx, method, url, reader)
	request.Header.Set("Content-Type", "application/json")
	return s.answer(token, request)
}

// Ask sends a request that isn't JSON, such as an upload, as one of the people.
func (s *Server) Ask(t testing.TB, who string, request *http.Request) Answer {
	t.Helper()
	return s.answer(s.Token(t, who), request)
}

func (s *Server) answer(token string, request *http.Request) Answer {
	if token != "" {
		request.Header.Set("Authorization", token)
	}
	recorder := httptest.NewRecorder()
	s.mux.ServeHTTP(recorder, request)
	return Answer{recorder.Code, recorder.Body.String()}
}

// Upload sends fields and files as a browser's form does. Files are name and
// content by the field they belong to.
func (s *Server) Upload(t testing.TB, who, url string, fields map[string]string, files map[string][2]string) Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for name, file := range files {
		part, err := form.CreateFormFile(name, file[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, file[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, url, &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Authorization", s.Token(t, who))
	recorder := httptest.NewRecorder()
	s.mux.ServeHTTP(recorder, request)
	return Answer{recorder.Code, recorder.Body.String()}
}

// Token is the session of one of the people; it stays the same even when it
// has become invalid.
func (s *Server) Token(t testing.TB, who string) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if token, ok := s.tokens[who]; ok {
		return token
	}
	var record *core.Record
	if who == Keeper {
		record = Create(t, s.App, core.CollectionNameSuperusers, map[string]any{"email": "keeper@example.com", "password": Password})
	} else {
		record = Person(t, s.App, who)
	}
	token, err := record.NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	s.tokens[who] = token
	return token
}

// URL is the address of a collection's records, or of one of them.
func URL(collection string, id ...string) string {
	return strings.Join(append([]string{"/api/collections", collection, "records"}, id...), "/")
}

// cheapPasswords makes bcrypt sixty times faster than in production: tests of
// signing in are about who gets in, not about how long it takes.
func cheapPasswords(app core.App) error {
	people, err := app.FindCollectionByNameOrId("people")
	if err != nil {
		return err
	}
	people.Fields.GetByName(core.FieldNamePassword).(*core.PasswordField).Cost = 4
	return app.Save(people)
}
