package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync"
)

// Static are the files of templates/static under names that carry the
// hash of their content, so that readers may keep them for ever. Each is
// compressed once, as hard as can be, when somebody first asks for it: brotli's
// best takes a tenth of a second for the stylesheet, and the first answer must
// not wait for it.
type Static struct {
	urls   map[string]string      // "site.css" → "/static/site.3f1c0a9be214.css"
	files  map[string]*staticFile // by hashed name
	byName map[string]*staticFile // by plain name
}

type staticFile struct {
	contentType string
	etag        string
	plain       []byte
	encoded     map[encoding]func() []byte // nil where it would be no smaller
}

// staticTypes are the media types of static files by ending. They don't come
// from the machine's own table, so that every machine serves alike.
var staticTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": TypeSVG,
	".png": "image/png", ".ico": "image/x-icon", ".webmanifest": "application/manifest+json", ".txt": TypeText,
	".woff2": "font/woff2", ".json": TypeJSON, ".xml": TypeXML,
}

// LoadStatic hashes the files of the folder static; their URLs begin with
// prefix.
func LoadStatic(fsys fs.FS, prefix string) (*Static, error) {
	sf := &Static{urls: make(map[string]string), files: make(map[string]*staticFile), byName: make(map[string]*staticFile)}
	err := fs.WalkDir(fsys, "static", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(file, "static/")
		ext := path.Ext(name)
		contentType, ok := staticTypes[ext]
		if !ok {
			return fmt.Errorf("%s: no media type for the ending %q", file, ext)
		}
		f := newStaticFile(contentType, data)
		sum := sha256.Sum256(data)
		hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		sf.urls[name], sf.files[hashed], sf.byName[name] = prefix+hashed, f, f
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	return sf, nil
}

func newStaticFile(contentType string, data []byte) *staticFile {
	f := &staticFile{contentType: contentType, etag: ETag(data), plain: data, encoded: make(map[encoding]func() []byte)}
	for _, enc := range []encoding{gzipped, brotlied} {
		f.encoded[enc] = sync.OnceValue(func() []byte {
			out := compress(enc, best, data)
			defer out.release()
			if out.Len() >= len(data) {
				return nil
			}
			return bytes.Clone(out.Bytes())
		})
	}
	return f
}

// URL is the address of a file by its plain name; a template function.
func (sf *Static) URL(name string) (string, error) {
	u, ok := sf.urls[name]
	if !ok {
		return "", fmt.Errorf("there is no static file %q", name)
	}
	return u, nil
}

// hashedName is a name as loadStatic makes it: "site.3f1c0a9be214.css".
var hashedName = regexp.MustCompile(`^(.+)\.[0-9a-f]{12}(\.[a-z0-9]+)$`)

// ServeHTTP serves the file of r.URL.Path, which is the hashed name alone. A
// name with another hash comes from a page sent by an earlier version of the
// program: it gets the file of today, to be asked for again next time.
func (sf *Static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f, ok := sf.files[r.URL.Path]; ok {
		f.serve(w, r, "public, max-age=31536000, immutable")
		return
	}
	if m := hashedName.FindStringSubmatch(r.URL.Path); m != nil {
		if f, ok := sf.byName[m[1]+m[2]]; ok {
			f.serve(w, r, "no-cache")
			return
		}
	}
	PlainError(w, r, http.StatusNotFound)
}

// Icon answers browsers that ask for an icon before they have read a page.
func (sf *Static) Icon(w http.ResponseWriter, r *http.Request) {
	for _, name := range []string{"favicon.ico", "icon.svg"} {
		if f, ok := sf.byName[name]; ok {
			f.serve(w, r, "public, max-age=86400")
			return
		}
	}
	PlainError(w, r, http.StatusNotFound)
}

func (f *staticFile) serve(w http.ResponseWriter, r *http.Request, cacheControl string) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", cacheControl)
	h.Set("ETag", f.etag)
	h.Add("Vary", "Accept-Encoding")
	if matches(r.Header.Values("If-None-Match"), f.etag) {
		notModified(w)
		return
	}
	body := f.plain
	if enc := negotiate(r.Header.Values("Accept-Encoding")); enc != identity && compressible(f.contentType) {
		if packed := f.encoded[enc](); packed != nil {
			h.Set("Content-Encoding", string(enc))
			body = packed
		}
	}
	write(w, r, http.StatusOK, body)
}
