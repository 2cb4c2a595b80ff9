package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary be the program itself: what is tested is main
// with its flags, in a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("YAODIAN_MAIN") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func program(t testing.TB, dir string, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], args...)
	c.Dir, c.Env = dir, append(os.Environ(), "YAODIAN_MAIN=1")
	return c
}

// runMain executes a command to its end.
func runMain(t testing.TB, dir string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	c := program(t, dir, args...)
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), c.ProcessState.ExitCode()
}

// server is the running program.
type server struct {
	url, token string
	stop       func()
}

func serve(t testing.TB, dir, data, migrations string, automigrate bool) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()

	c := program(t, dir, "serve", "--http", address, "--dir", data, "--migrationsDir", migrations,
		"--dev=false", fmt.Sprintf("--automigrate=%v", automigrate))
	var log bytes.Buffer
	c.Stdout, c.Stderr = &log, &log
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{url: "http://" + address}
	s.stop = func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		_ = c.Wait()
	}
	for range 400 {
		if res, err := http.Get(s.url + "/api/health"); err == nil {
			_ = res.Body.Close()
			return s
		}
		time.Sleep(25 * time.Millisecond)
	}
	s.stop()
	t.Fatalf("the server doesn't answer:\n%s", log.String())
	return nil
}

func (s *server) send(t testing.TB, method, path string, body, answer any) int {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, s.url+path, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", s.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err = io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer != nil {
		if err := json.Unmarshal(raw, answer); err != nil {
			t.Fatalf("%s %s: %v\n%s", method, path, err, raw)
		}
	}
	return res.StatusCode
}

const keeper, password = "keeper@example.com", "keeper-2026"

func (s *server) signIn(t testing.TB) {
	t.Helper()
	var answer struct{ Token string }
	s.send(t, "POST", "/api/collections/_superusers/auth-with-password", map[string]string{"identity": keeper, "password": password}, &answer)
	if s.token = answer.Token; s.token == "" {
		t.Fatal("the superuser can't sign in")
	}
}

type schema struct {
	Fields []map[string]any `json:"fields"`
}

func (s *server) documents(t testing.TB) (c schema) {
	t.Helper()
	s.send(t, "GET", "/api/collections/documents", nil, &c)
	return c
}

func (s *server) controlsHidden(t testing.TB) bool {
	t.Helper()
	var settings struct{ Meta struct{ HideControls bool } }
	s.send(t, "GET", "/api/settings", nil, &settings)
	return settings.Meta.HideControls
}

func (c schema) has(field string) bool {
	return slices.ContainsFunc(c.Fields, func(f map[string]any) bool { return f["name"] == field })
}

// TestSchemaChangesTravel: what an administrator changes in the browser
// becomes a file that a fresh database, built from the Go migrations, replays.
func TestSchemaChangesTravel(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program")
	}
	dir := t.TempDir()
	migrations := filepath.Join(dir, "pb_migrations")
	first, fresh := filepath.Join(dir, "first"), filepath.Join(dir, "fresh")
	for _, data := range []string{first, fresh} {
		if out, errs, code := runMain(t, dir, "superuser", "upsert", keeper, password, "--dir", data); code != 0 {
			t.Fatal(out, errs)
		}
	}

	s := serve(t, dir, first, migrations, true)
	t.Cleanup(s.stop)
	s.signIn(t)
	if s.controlsHidden(t) {
		t.Error("with --automigrate the schema can't be edited in the browser")
	}
	c := s.documents(t)
	if len(c.Fields) == 0 || c.has("keyword") {
		t.Fatalf("documents has %d fields", len(c.Fields))
	}
	c.Fields = append(c.Fields, map[string]any{"name": "keyword", "type": "text", "help": "关键词。"})
	if code := s.send(t, "PATCH", "/api/collections/documents", c, nil); code != 200 {
		t.Fatalf("the change was refused with %d", code)
	}
	files, err := filepath.Glob(filepath.Join(migrations, "*_updated_documents.js"))
	if err != nil || len(files) != 1 {
		t.Fatalf("migrations: %v, %v", files, err)
	}
	s.stop()

	s = serve(t, dir, fresh, migrations, false)
	t.Cleanup(s.stop)
	s.signIn(t)
	if !s.documents(t).has("keyword") {
		t.Error("a fresh database doesn't replay the change")
	}
	if !s.controlsHidden(t) {
		t.Error("without --automigrate the schema can be edited in the browser")
	}
	s.stop()

	s = serve(t, dir, first, migrations, false)
	t.Cleanup(s.stop)
	s.signIn(t)
	if !s.documents(t).has("keyword") {
		t.Error("the change is lost, or was applied twice, where it was made")
	}
}

// TestParseNeedsNoDatabase: reading a plan leaves no trace on the disk.
func TestParseNeedsNoDatabase(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "plan.txt"), []byte("2026年工作要点\n一、学习\n1.集中学习。每季度一次。\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out, errs, code := runMain(t, dir, "plan", "parse", "plan.txt", "--json")
	if code != 0 || errs != "" || !json.Valid([]byte(out)) {
		t.Errorf("%d %s\n%s", code, errs, out)
	}
	out, errs, code = runMain(t, dir, "plan", "parse", "missing.txt", "--json")
	if code != 1 || out != "" || errs != "没有找到文件“missing.txt”。\n" {
		t.Errorf("%d %s\n%s", code, errs, out)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestMainRefuses(t *testing.T) {
	dir := t.TempDir()
	for want, args := range map[string][]string{
		"没有“serv”这个命令": {"serv"},
		"请写明邮箱和密码":     {"superuser", "upsert", "--dir", filepath.Join(dir, "data")},
		"请先运行一次 serve": {"plan", "import", "README.md", "--org", "qh", "--dir", filepath.Join(dir, "data")},
	} {
		wd, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		out, errs, code := runMain(t, wd, append(args, "--dev=false")...)
		if code != 1 || out != "" || !strings.Contains(errs, want) || !strings.HasSuffix(errs, "。\n") {
			t.Errorf("%v: %d\n%s%s", args, code, out, errs)
		}
	}
	out, _, code := runMain(t, dir, "--version")
	if code != 0 || !strings.Contains(out, version) {
		t.Errorf("%d %s", code, out)
	}
}

// BenchmarkColdStart is the time from starting the program on an existing
// database to its first answer (target: 2 s).
func BenchmarkColdStart(b *testing.B) {
	dir := b.TempDir()
	data, migrations := filepath.Join(dir, "data"), filepath.Join(dir, "none")
	serve(b, dir, data, migrations, false).stop()
	for b.Loop() {
		s := serve(b, dir, data, migrations, false)
		b.StopTimer()
		s.stop()
		b.StartTimer()
	}
}
