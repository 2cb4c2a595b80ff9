package web

import (
	"bytes"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

const (
	revalidate = "no-cache" // ask again each time; the ETag makes it a 304
	immutable  = "public, max-age=31536000, immutable"
	notFound   = "没有这个页面。"
)

// serve answers one request from memory.
func (s *Site) serve(e *core.RequestEvent) error {
	name, cache := s.locate(e.Request.URL.Path)
	f := s.files[name]
	if f == nil {
		return s.missing(e)
	}
	h := e.Response.Header()
	h.Set("Cache-Control", cache)
	h.Set("ETag", f.etag)
	f.headers(h, e.IsTLS())
	http.ServeContent(e.Response, e.Request, "", time.Time{}, bytes.NewReader(f.body(e.Request, h)))
	return nil
}

// locate turns a path of the URL into the name of a file and how long a
// browser may keep it. Only the present build may be kept for good; the path of
// an old build still answers, for tabs that were open during a release.
func (s *Site) locate(url string) (name, cache string) {
	cache = revalidate
	name = strings.TrimPrefix(path.Clean("/"+url), "/")
	if rest, ok := strings.CutPrefix(name, "b/"); ok {
		build, inner, _ := strings.Cut(rest, "/")
		if name = inner; build == s.Build {
			cache = immutable
		}
	}
	if name == "" || strings.HasSuffix(url, "/") {
		name = path.Join(name, "index.html")
	}
	return name, cache
}

// missing answers 404: a page with a way home for a person, JSON for a script.
func (s *Site) missing(e *core.RequestEvent) error {
	page := s.files["404.html"]
	if page == nil || !strings.Contains(e.Request.Header.Get("Accept"), "text/html") {
		err := router.NewNotFoundError("", nil)
		err.Message = notFound
		return err
	}
	h := e.Response.Header()
	h.Set("Cache-Control", revalidate)
	page.headers(h, e.IsTLS())
	body := page.body(e.Request, h)
	e.Response.WriteHeader(http.StatusNotFound)
	_, err := e.Response.Write(body)
	return err
}

// headers says what the file is and, for a page, what it may do.
func (f *file) headers(h http.Header, tls bool) {
	h.Set("Content-Type", f.ctype)
	h.Add("Vary", "Accept-Encoding")
	if tls {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	if strings.HasPrefix(f.ctype, "text/html") {
		h.Set("Content-Security-Policy", csp)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
	}
}

// body is the packed file where the browser takes it, and says so in h.
func (f *file) body(r *http.Request, h http.Header) []byte {
	plain := f.gz == nil || r.Header.Get("Range") != ""
	if plain || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return f.raw
	}
	h.Set("Content-Encoding", "gzip")
	return f.gz
}
