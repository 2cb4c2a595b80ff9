package vault

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// header explains the file to whoever finds it.
const header = `# 要点的密钥文件。没有它，数据库里的身份证号等加密内容谁也打不开，包括系统管理员。
# 请把它备份到与数据备份不同的地方，不要发给任何人，不要放进数据目录。
# 每行一把密钥，最后一行用于加密，之前的只用于打开旧数据和旧备份，不要删除。
`

// ErrExposed: others than the owner may read the file.
var ErrExposed = errors.New("vault: key file is readable by others")

// Load reads the ring from a file. A missing file is fs.ErrNotExist.
func Load(path string) (*Ring, error) {
	secrets, err := read(path)
	if err != nil {
		return nil, err
	}
	return New(secrets...)
}

func read(path string) ([][]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%w: %s", ErrExposed, path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var secrets [][]byte
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		s, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			return nil, fmt.Errorf("vault: %s has a line that is no key", path)
		}
		secrets = append(secrets, s)
	}
	return secrets, lines.Err()
}

// Create writes a new file with one key. It never replaces a file.
func Create(path string) (*Ring, error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("create %s: %w", path, fs.ErrExist)
	}
	if err := write(path, NewSecret()); err != nil {
		return nil, err
	}
	return Load(path)
}

// Extend adds a new key to the file, which seals from now on.
func Extend(path string) (*Ring, error) {
	secrets, err := read(path)
	if err != nil {
		return nil, err
	}
	if err := write(path, append(secrets, NewSecret())...); err != nil {
		return nil, err
	}
	return Load(path)
}

// write replaces the file as a whole: after a power cut the old or the new one
// is there, never half of one.
func write(path string, secrets ...[]byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	text := header
	for _, s := range secrets {
		text += base64.StdEncoding.EncodeToString(s) + "\n"
	}
	if _, err = f.WriteString(text); err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
