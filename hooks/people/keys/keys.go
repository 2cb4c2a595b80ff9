// Package keys gives an application the key ring that seals its sensitive
// fields, kept in a file outside the database (see vault).
//
// A sealed field is a hidden text field whose name ends in _sealed, a keyed
// hash one whose name is the same but for _hash. Whoever adds a collection with
// such fields needs nothing else: starting and rotating walk the schema.
package keys

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"yaodian/hooks/vault"
)

// EnvFile names the key file when no flag does.
const EnvFile = "YAODIAN_KEY_FILE"

const (
	storeKey = "yaodian.keys"
	pathKey  = "yaodian.keys.path"
)

// holder keeps the ring of one application. A ring from a file is read again
// when the file has changed: rotation runs beside the server.
type holder struct {
	mu   sync.Mutex
	path string
	read time.Time
	ring *vault.Ring
}

// Bind opens the ring before the server starts and refuses to start without
// the keys that the data needs.
func Bind(app core.App) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Priority: -100, Func: func(e *core.ServeEvent) error {
		if err := Start(e.App); err != nil {
			return err
		}
		return e.Next()
	}})
}

// Use gives the application a ring instead of a file.
func Use(app core.App, ring *vault.Ring) { app.Store().Set(storeKey, &holder{ring: ring}) }

// SetFile names the key file.
func SetFile(app core.App, path string) {
	if path != "" {
		app.Store().Set(pathKey, path)
	}
}

// File is the path of the key file: what SetFile named, or the environment, or
// a file beside the data directory.
func File(app core.App) string {
	if path, ok := app.Store().Get(pathKey).(string); ok {
		return path
	}
	if path := os.Getenv(EnvFile); path != "" {
		return path
	}
	return filepath.Clean(app.DataDir()) + ".key"
}

// Ring is the application's key ring.
func Ring(app core.App) (*vault.Ring, error) {
	h, ok := app.Store().Get(storeKey).(*holder)
	if !ok {
		path := File(app) // asks the store, which is locked while it sets
		h = app.Store().GetOrSet(storeKey, func() any { return &holder{path: path} }).(*holder)
	}
	return h.get()
}

func (h *holder) get() (*vault.Ring, error) {
	if h.path == "" {
		return h.ring, nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	info, err := os.Stat(h.path)
	if err != nil {
		if h.ring != nil {
			return h.ring, nil // the file went away while we run; what is in memory still serves
		}
		return nil, missing(h.path, err)
	}
	if h.ring != nil && info.ModTime().Equal(h.read) {
		return h.ring, nil
	}
	ring, err := vault.Load(h.path)
	if err != nil {
		return nil, unreadable(h.path, err)
	}
	h.ring, h.read = ring, info.ModTime()
	return ring, nil
}

// Start makes sure that the ring has every key that the data was sealed under.
// A new installation gets its first key.
func Start(app core.App) error {
	_, err := Ring(app)
	if errors.Is(err, fs.ErrNotExist) {
		return create(app)
	}
	if err != nil {
		return err
	}
	return Check(app)
}

// create makes the first key, unless there is data that needs another.
func create(app core.App) error {
	path := File(app)
	used, err := InUse(app)
	if err != nil {
		return err
	}
	if len(used) > 0 {
		return fmt.Errorf("数据库里有加密的内容，但没有找到密钥文件“%s”。请放回备份的密钥文件，或者用 --keyFile 写明它在哪里。", path)
	}
	if inside(path, app.DataDir()) {
		return fmt.Errorf("密钥文件“%s”不能放在数据目录里：备份会把它和数据一起带走。请用 --keyFile 换一个地方。", path)
	}
	if _, err := vault.Create(path); err != nil {
		return unreadable(path, err)
	}
	fmt.Fprintf(os.Stderr, "\n★ 已生成密钥文件 %s\n★ 身份证号等内容用它加密。请现在就把它备份到另一个地方：丢了它，这些内容再也打不开。\n\n", path)
	return nil
}

func inside(path, dir string) bool {
	a, err1 := filepath.Abs(path)
	b, err2 := filepath.Abs(dir)
	rel, err := filepath.Rel(b, a)
	return errors.Join(err, err1, err2) == nil && filepath.IsLocal(rel)
}

// Check fails when something was sealed under a key that isn't on the ring.
func Check(app core.App) error {
	ring, err := Ring(app)
	if err != nil {
		return err
	}
	used, err := InUse(app)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, id := range ring.IDs() {
		known[id] = true
	}
	for id := range used {
		if !known[id] {
			return fmt.Errorf("密钥文件“%s”不对：数据库里有用密钥 %s 加密的内容，而文件里没有这把密钥。请换回原来的密钥文件。", File(app), id)
		}
	}
	return nil
}

func missing(path string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return unreadable(path, err)
	}
	return fmt.Errorf("没有找到密钥文件“%s”，请用 --keyFile 写明它在哪里；新装的系统先运行一次 serve。%w", path, quiet{fs.ErrNotExist})
}

func unreadable(path string, err error) error {
	if errors.Is(err, vault.ErrExposed) {
		return fmt.Errorf("密钥文件“%s”别人也能读，请先收紧权限：chmod 600。", path)
	}
	return fmt.Errorf("读不出密钥文件“%s”，请检查它是否完整、是否有读写权限。%w", path, quiet{err})
}

// quiet keeps an error findable without printing it behind a Chinese sentence.
type quiet struct{ error }

func (quiet) Error() string   { return "" }
func (q quiet) Unwrap() error { return q.error }
