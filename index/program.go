package index

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/index/disk"
	"casebook/index/file"
	"casebook/index/text"
)

//go:embed sample
var sampleFiles embed.FS

// program knows this program by its version of bleve and by a digest of what it
// makes of a small content and of a text in several languages. An index that was
// built by one that makes something else of them would give other answers than
// this one: it is built again, whoever forgot to say so.
var program = sync.OnceValue(func() disk.Program {
	h := sha256.New()
	if err := digestProgram(h); err != nil {
		return disk.Program{Digest: "unknown: " + err.Error()} // a test fails
	}
	return disk.Program{Digest: hex.EncodeToString(h.Sum(nil))[:16], Bleve: bleveVersion()}
})

// bleveVersion names the versions of the modules that analyze words and write
// segments. It is "" where the program does not know them, as in tests.
func bleveVersion() string {
	var versions []string
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			switch d.Path {
			case "github.com/blevesearch/bleve/v2", "github.com/blevesearch/zapx/v17":
				versions = append(versions, d.Version)
			}
		}
	}
	return strings.Join(versions, " and zapx ")
}

func digestProgram(w io.Writer) error {
	ctx := context.Background()
	files, err := fs.Sub(sampleFiles, "sample")
	if err != nil {
		return err
	}
	lib, problems, err := content.Load(ctx, files, content.Options{Today: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	if problems.Errors() > 0 || lib.Len() != 2 {
		return fmt.Errorf("%d pages, %v", lib.Len(), problems)
	}
	s, err := newSnapshot(lib, Options{})
	if err != nil {
		return err
	}
	seen := s.newFacts()
	to := digestSink{w, &memorySink{docs: make([]bindex.Document, len(s.Units))}}
	memos, err := s.analyze(ctx, to, seen, Options{Workers: 1})
	if err != nil {
		return err
	}
	if err := s.complete(ctx, to, seen, memos); err != nil {
		return err
	}
	err = disk.WriteSample(ctx, w, lib, func(state *file.Writer) error {
		s.writeState(state)
		return nil
	})
	if err != nil {
		return err
	}
	for _, tag := range []string{"en", "fr", "es", "ar", "ru", "zh"} {
		l, err := text.NewLanguage(tag)
		if err != nil {
			return err
		}
		fmt.Fprintln(w, tag, textField(l), titleField(l))
		text.NewAnalyzer(l).Tokens(sampleText, func(t text.Token) { fmt.Fprintln(w, t.Pos, t.Start, t.End, t.Compound, t.Stop, t.Whole, t.Terms) })
	}
	_, err = fmt.Fprintln(w, lexical.Fold(sampleText))
	return err
}

// A digestSink writes what bleve would be given, and the forward index.
type digestSink struct {
	w    io.Writer
	rows *memorySink
}

func (d digestSink) put(p *portion) error {
	for i, doc := range p.docs {
		fmt.Fprintln(d.w, p.First+i, doc.ID())
		doc.VisitFields(d.field)
	}
	return d.rows.put(p)
}

func (d digestSink) field(f bindex.Field) {
	freqs := f.AnalyzedTokenFrequencies()
	fmt.Fprintln(d.w, f.Name(), f.Options(), f.AnalyzedLength())
	for _, term := range sortedKeys(freqs) {
		fmt.Fprintln(d.w, term, freqs[term].Frequency())
	}
}

func (d digestSink) finish(context.Context, Options) (segment.Segment, error) { return nil, nil }

func (d digestSink) forward(s *Snapshot, write writeRows) error {
	if err := d.rows.forward(s, write); err != nil {
		return err
	}
	_, err := d.w.Write(s.forward.Data)
	return err
}

func (d digestSink) frequencies(s *Snapshot) error {
	_, err := d.w.Write(s.frequencies.Data)
	return err
}

// sampleText has what analysis treats in some way of its own.
const sampleText = `The organizations' COVID-19 counter-narrative isn't Côte d’Ivoire's; U.S. and UNSCR 2178 (2014), para. 5: 3.5 % of re-integration programmes.
L'énergie des prisonniers libérés, aujourd'hui, à l’œuvre. Los niños y la cooperación. الإرهابيون المقاتلون الأجانب في السجون. Ёлка и дети. 恐怖主义战斗人员 カタカナ 한국어 e-mail wi-fi C++ naïve Straße`
