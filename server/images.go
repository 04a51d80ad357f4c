package server

import (
	"errors"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"casebook/server/web"
)

// imageTypes are the media types of the images that may stand among the
// pages, by ending.
var imageTypes = map[string]string{
	".svg": web.TypeSVG, ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif",
}

// image answers with an image that stands among the pages; false where the
// path names none. Only files that the library has checked are read.
func (s *Server) image(w http.ResponseWriter, r *request) (bool, error) {
	name := strings.TrimPrefix(r.Path, "/")
	contentType, ok := imageTypes[strings.ToLower(path.Ext(name))]
	if !ok || s.cfg.Files == nil {
		return false, nil
	}
	if _, ok := slices.BinarySearch(r.Library.Images, name); !ok {
		return false, nil
	}
	r.passing = true // the file is read anew each time
	data, err := fs.ReadFile(s.cfg.Files, name)
	if errors.Is(err, fs.ErrNotExist) { // taken away since the library was loaded
		return false, nil
	}
	if err != nil {
		return false, err
	}
	web.Send(w, r.Request, http.StatusOK, contentType, data)
	return true, nil
}
