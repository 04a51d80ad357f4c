package content

import (
	"io"
	"sync"
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

// A bodySpan is where a body is in a Spill.
type bodySpan struct{ off, size int64 }

// take writes the body of a page away.
func (s *spilling) take(p *Page) {
	e := encoder{}
	e.body(&p.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return
	}
	if _, s.err = s.to.Write(e.b); s.err != nil {
		return
	}
	p.Body, p.spilled = Body{}, bodySpan{s.end, int64(len(e.b))}
	s.end += int64(len(e.b))
}

// A spilledPages has pages in memory and their bodies in a Spill.
type spilledPages struct {
	memory
	from io.ReaderAt
}

// Page returns a copy of the page with its body, and of its translations.
func (s spilledPages) Page(place int) (*Page, error) {
	p, err := s.whole(s.memory[place])
	if err != nil || p.Translations == nil {
		return p, err
	}
	translations := make(map[string]*Page, len(p.Translations))
	for lang, t := range p.Translations {
		t, err := s.whole(t)
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
func (s spilledPages) whole(p *Page) (*Page, error) {
	b := make([]byte, p.spilled.size)
	if _, err := s.from.ReadAt(b, p.spilled.off); err != nil {
		return nil, err
	}
	d := decoding{s: string(b)}
	whole := *p
	whole.spilled = bodySpan{}
	if d.body(&whole.Body); d.err != nil || d.s != "" {
		return nil, errRecord
	}
	return &whole, nil
}
