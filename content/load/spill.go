package load

import (
	"io"
	"sync"

	"casebook/content"
	"casebook/content/record"
)

// A Spill keeps the bodies of pages outside of memory while they are loaded:
// a temporary file, which nobody else writes to, for as long as the Library is
// used.
type Spill interface {
	io.Writer
	io.ReaderAt
}

// A spilling writes bodies to a Spill, from several goroutines.
type spilling struct {
	to  Spill
	mu  sync.Mutex
	end int64
	err error // the first that writing met
}

// A span is where a body is in a Spill.
type span struct{ off, size int64 }

// take writes a body away, empties it and returns where it is.
func (s *spilling) take(body *content.Body) span {
	b := record.AppendBody(nil, body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return span{}
	}
	if _, s.err = s.to.Write(b); s.err != nil {
		return span{}
	}
	*body = content.Body{}
	at := span{s.end, int64(len(b))}
	s.end += at.size
	return at
}

// inMemory is the store of a library whose pages are in memory.
type inMemory []*content.Page

func (m inMemory) Len() int                              { return len(m) }
func (m inMemory) ID(place int) string                   { return m[place].ID }
func (m inMemory) Page(place int) (*content.Page, error) { return m[place], nil }

// A spilledPages has pages in memory and their bodies in a Spill.
type spilledPages struct {
	inMemory
	bodies []spans // by place
	from   io.ReaderAt
}

// spans are where the bodies of a page and of its translations are.
type spans struct {
	own          span
	translations map[string]span
}

// Page returns a copy of the page with its body, and of its translations.
func (s spilledPages) Page(place int) (*content.Page, error) {
	at := s.bodies[place]
	p, err := s.whole(s.inMemory[place], at.own)
	if err != nil || p.Translations == nil {
		return p, err
	}
	translations := make(map[string]*content.Page, len(p.Translations))
	for lang, t := range p.Translations {
		t, err := s.whole(t, at.translations[lang])
		if err != nil {
			return nil, err
		}
		t.Of = p
		translations[lang] = t
	}
	p.Translations = translations
	return p, nil
}

// whole returns a copy of a page with its body.
func (s spilledPages) whole(p *content.Page, at span) (*content.Page, error) {
	b := make([]byte, at.size)
	if _, err := s.from.ReadAt(b, at.off); err != nil {
		return nil, err
	}
	whole := *p
	var err error
	if whole.Body, err = record.DecodeBody(string(b)); err != nil {
		return nil, err
	}
	return &whole, nil
}
