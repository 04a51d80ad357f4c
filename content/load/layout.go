package load

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/content"
	"casebook/content/lexical"
	"casebook/content/markdown"
	"casebook/content/source"
)

// A layout says what a path in the content folder is.
type layout struct {
	kinds []*content.Kind // the longest folder first
	langs []string
}

func newLayout(schema *content.Schema, site *content.Site) *layout {
	l := &layout{kinds: slices.Clone(schema.Kinds), langs: site.Languages}
	slices.SortStableFunc(l.kinds, func(a, b *content.Kind) int { return cmp.Compare(len(b.Folder), len(a.Folder)) })
	return l
}

// KindOf returns the kind whose folder holds a path, nil if there is none.
func (l *layout) KindOf(p string) *content.Kind {
	for _, k := range l.kinds {
		if len(p) > len(k.Folder)+1 && p[len(k.Folder)] == '/' && p[:len(k.Folder)] == k.Folder {
			return k
		}
	}
	return nil
}

// SplitLang divides "case-studies/x.fr" into id and language. Two letters
// behind a dot are a language whether or not the site has it; then the file is
// wrong, and not a page with a dot in its id.
func (l *layout) SplitLang(id string) (stem, lang string, ok bool) {
	dot := strings.LastIndexByte(id, '.')
	if dot < 0 || strings.IndexByte(id[dot:], '/') >= 0 {
		return id, "", false
	}
	lang = id[dot+1:]
	if slices.Contains(l.langs, lang) || len(lang) == 2 && source.LangTag.MatchString(lang) {
		return id[:dot], lang, true
	}
	return id, "", false
}

// An entry is the file of one page, before it is read.
type entry struct {
	path, file  string // file is the path, or what it links to
	id          string
	kind        *content.Kind
	lang        string
	translation bool
}

// A listing is what a content folder holds, by path.
type listing struct {
	pages    []entry
	images   []string
	problems content.Problems
}

// maxFiles bounds the files of a content folder, so that a wrong --content
// (the root of a disk) ends.
const maxFiles = 4_000_000

// maxFolders bounds folders inside each other: the way to each file leads
// through all of them.
const maxFolders = 64

// tooDeep reports whether a folder is inside more than maxFolders.
func tooDeep(folder string) bool { return strings.Count(folder, "/") >= maxFolders }

// list walks the content folder.
func (l *layout) list(ctx context.Context, fsys fs.FS) (*listing, error) {
	ls := &listing{}
	add := func(p string, sev content.Severity, code, msg, fix string) {
		ls.problems = append(ls.problems, &content.Problem{Path: p, Severity: sev, Code: code, Msg: msg, Fix: fix})
	}
	unreadable := func(p string, err error) {
		r := &source.Report{Path: p}
		r.Unreadable(err, source.MaxPageBytes)
		ls.problems = append(ls.problems, r.Problems()...)
	}
	files := 0
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if files++; files > maxFiles {
			return fmt.Errorf("the folder has more than %d files", maxFiles)
		}
		switch {
		case p == ".":
			return err
		case err != nil:
			unreadable(p, err)
			return nil
		case strings.HasPrefix(d.Name(), "."), p == "testdata": // tools' own folders, and Go's
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() && tooDeep(p):
			add(p, content.Error, "deep-folder", fmt.Sprintf("more than %d folders are inside each other", maxFolders), "move its pages up")
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		kind := l.KindOf(p)
		isPage := strings.HasSuffix(p, ".md") && !strings.EqualFold(d.Name(), "readme.md")
		if kind == nil {
			if isPage {
				add(p, content.Warning, "stray-page", "the page is in no kind's folder, so it is not shown", l.strayFix(p))
			}
			return nil
		}
		if !isPage && !markdown.IsImage(p) {
			if strings.EqualFold(path.Ext(p), ".md") && !isPage && !strings.EqualFold(d.Name(), "readme.md") {
				add(p, content.Warning, "stray-page", "the page's name does not end in .md, so it is not shown", "rename it to "+strings.TrimSuffix(d.Name(), path.Ext(p))+".md")
			}
			return nil
		}
		file := p
		if d.Type()&fs.ModeSymlink != 0 {
			if file, err = source.Follow(fsys, p); err != nil {
				unreadable(p, err)
				return nil
			}
			if info, err := fs.Stat(fsys, file); err == nil && info.IsDir() {
				return nil
			} else if err == nil && !info.Mode().IsRegular() {
				unreadable(p, source.ErrIrregular)
				return nil
			}
		} else if !d.Type().IsRegular() {
			unreadable(p, source.ErrIrregular)
			return nil
		}
		if why := badPath(p); why != "" {
			add(p, content.Error, "bad-name", why, "use letters, digits, - and _")
			return nil
		}
		if !isPage {
			ls.images = append(ls.images, p)
			return nil
		}
		e := entry{path: p, file: file, id: strings.TrimSuffix(p, ".md"), kind: kind}
		e.id, e.lang, e.translation = l.SplitLang(e.id)
		if !e.translation {
			e.lang = l.langs[0]
		} else if !slices.Contains(l.langs, e.lang) {
			add(p, content.Error, "unknown-language", "site.yaml has no language "+source.Quote(e.lang), source.DidYouMean(e.lang, l.langs))
			return nil
		}
		ls.pages = append(ls.pages, e)
		return nil
	})
	return ls, err
}

// badPath says why a path can't be an address, "" if it can: it may have
// letters and digits of every script, hyphens, underscores and points. Signs
// that are special in addresses would have to be escaped, blanks and quotes are
// lost where an address is copied, and marks of direction can't be seen.
func badPath(p string) string {
	for _, c := range p {
		if !unicode.In(c, unicode.L, unicode.M, unicode.N) && !strings.ContainsRune("-_./", c) || c == utf8.RuneError {
			return "the file's name holds " + source.Quote(string(c)) + ", which can't be part of an address"
		}
	}
	return ""
}

func (l *layout) strayFix(p string) string {
	var folders []string
	for _, k := range l.kinds {
		folders = append(folders, k.Folder)
	}
	slices.Sort(folders)
	dir, _, ok := strings.Cut(p, "/")
	if near, found := lexical.Nearest(dir, folders); ok && found {
		return "did you mean " + near + "/?"
	}
	return "pages are in " + strings.Join(folders, ", ")
}
