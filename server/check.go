package server

import (
	"errors"
	"strings"

	"casebook/content"
	"casebook/server/address"
)

// Check returns what keeps the server from serving a library, all of it at
// once (see address.Collisions), and logs the languages that it has no messages in.
// Whoever swaps in a new library checks it first.
func (s *Server) Check(lib *content.Library) error {
	var errs []error
	for _, p := range address.Collisions(lib) {
		errs = append(errs, p)
	}
	for _, lang := range lib.Site.Languages {
		if !s.readers.Messages.Has(lang) {
			s.log.Warn("no messages in a language of site.yaml", "lang", lang, "instead", s.readers.Messages.Fallback(),
				"there_are", strings.Join(s.readers.Messages.Languages(), ", "))
		}
	}
	return errors.Join(errs...)
}
