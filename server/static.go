package server

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// staticFiles are the files of templates/static under names that carry the
// hash of their content, so that they may be kept for ever.
type staticFiles struct {
	urls  map[string]string // "site.css" → "/static/site.3f1c0a9be214.css"
	files map[string]*staticFile
}

type staticFile struct {
	contentType string
	body        []byte
}

func loadStatic(fsys fs.FS, prefix string) (*staticFiles, error) {
	sf := &staticFiles{urls: map[string]string{}, files: map[string]*staticFile{}}
	err := fs.WalkDir(fsys, "static", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(file, "static/")
		sum := sha256.Sum256(data)
		ext := path.Ext(name)
		hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		sf.urls[name] = prefix + hashed
		sf.files[hashed] = &staticFile{contentType: mime.TypeByExtension(ext), body: data}
		return nil
	})
	return sf, err
}

func (sf *staticFiles) url(name string) (string, error) {
	u, ok := sf.urls[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return u, nil
}

func (sf *staticFiles) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := sf.files[path.Base(r.URL.Path)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	send(w, r, http.StatusOK, f.contentType, f.body)
}
