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

	"casebook/content/lexical"
	"casebook/content/load"
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
	lib, problems, err := load.Load(ctx, files, load.Options{Today: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)})
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
	if err := s.build(ctx, "", Options{Workers: 1}); err != nil {
		return err
	}
	defer s.Release()
	if err := s.words.Dump(w); err != nil {
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
		fmt.Fprintln(w, tag, l.Code)
		text.NewAnalyzer(l).Tokens(sampleText, func(t text.Token) { fmt.Fprintln(w, t.Pos, t.Start, t.End, t.Compound, t.Stop, t.Whole, t.Terms) })
	}
	_, err = fmt.Fprintln(w, lexical.Fold(sampleText))
	return err
}

// sampleText has what analysis treats in some way of its own.
const sampleText = `The organizations' COVID-19 counter-narrative isn't Côte d’Ivoire's; U.S. and UNSCR 2178 (2014), para. 5: 3.5 % of re-integration programmes.
L'énergie des prisonniers libérés, aujourd'hui, à l’œuvre. Los niños y la cooperación. الإرهابيون المقاتلون الأجانب في السجون. Ёлка и дети. 恐怖主义战斗人员 カタカナ 한국어 e-mail wi-fi C++ naïve Straße`
