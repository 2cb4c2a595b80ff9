package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// types is also the list of what may be served: a lock file, a shell script or
// a dot file is not in it. A table of our own saves us from a Windows registry
// that says .js is text/plain.
var types = map[string]string{
	".html":        "text/html; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".mjs":         "text/javascript; charset=utf-8",
	".json":        "application/json",
	".webmanifest": "application/manifest+json",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".jpg":         "image/jpeg",
	".woff2":       "font/woff2",
	".txt":         "text/plain; charset=utf-8",
}

// file is one file as it goes over the wire; gz is nil where packing is no use.
type file struct {
	ctype, etag string
	raw, gz     []byte
}

// Site is pb_public in memory, with the hash of all of it as its build name.
type Site struct {
	Build string
	files map[string]*file
}

// Load reads the whole folder. In every .html file %BUILD% becomes the build name.
func Load(public fs.FS) (*Site, error) {
	s := &Site{files: map[string]*file{}}
	all := sha256.New()
	err := fs.WalkDir(public, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if hidden(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		ctype := types[path.Ext(p)]
		if d.IsDir() || ctype == "" {
			return nil
		}
		b, err := fs.ReadFile(public, p)
		if err != nil {
			return err
		}
		fmt.Fprintf(all, "%s %x\n", p, sha256.Sum256(b)) // WalkDir goes in lexical order
		s.files[p] = &file{ctype: ctype, raw: b}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("web: read pb_public: %w", err)
	}
	s.Build = hex.EncodeToString(all.Sum(nil))[:10]
	for _, f := range s.files {
		if err := f.finish(s.Build); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// hidden reports whether a name is kept from the network: dot files and folders.
func hidden(name string) bool {
	return len(name) > 1 && strings.HasPrefix(name, ".")
}

// finish writes the build name into a page, names the version and packs it.
func (f *file) finish(build string) error {
	if strings.HasPrefix(f.ctype, "text/html") {
		f.raw = bytes.ReplaceAll(f.raw, []byte("%BUILD%"), []byte(build))
	}
	sum := sha256.Sum256(f.raw)
	f.etag = `W/"` + hex.EncodeToString(sum[:8]) + `"`
	if f.packed() {
		return nil
	}
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(f.raw); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	f.gz = buf.Bytes()
	return nil
}

// packed reports whether the format is compressed by itself.
func (f *file) packed() bool {
	return f.ctype == "image/png" || f.ctype == "image/jpeg" || f.ctype == "font/woff2"
}
