package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"casebook/content"
	"casebook/content/load"
	"casebook/index"
	"casebook/search"
	"casebook/server"
)

var searchCommand = command{
	name:    "search",
	args:    " WORDS…",
	summary: "search the pages in a terminal",
	example: "  casebook search prison rehabilitation\n" +
		"  casebook search '\"community policing\" -prison region:sahel'\n" +
		"  casebook search --json --lang fr enfants\n" +
		"  casebook search -- -prison reintegration\n",
	setup: func(flags *flag.FlagSet) runner {
		var opts searchOptions
		contentFlag(flags, &opts.content)
		flags.BoolVar(&opts.json, "json", false, "print what /api/v1/search answers")
		flags.StringVar(&opts.lang, "lang", "", "`language` of labels and of the page version shown (without it: the site's first)")
		flags.IntVar(&opts.size, "size", search.DefaultSize, "`number` of results, 0 to 100")
		return opts.run
	},
}

type searchOptions struct {
	content string
	json    bool
	lang    string
	size    int
}

// run answers one question. No result is an answer too: it exits 0.
func (o *searchOptions) run(ctx context.Context, env environment, args []string) error {
	text := strings.Join(args, " ")
	switch {
	case strings.TrimSpace(text) == "":
		return &usageError{msg: "no words to search for", command: "search"}
	case o.size < 0 || o.size > search.MaxSize:
		return &usageError{msg: fmt.Sprintf("--size %d is not between 0 and %d", o.size, search.MaxSize), command: "search"}
	}
	fsys, closeFS, err := openContent(o.content)
	if err != nil {
		return err
	}
	defer closeFS()
	lib, _, err := load.Load(ctx, fsys, load.Options{Today: env.now()})
	if err != nil {
		return fmt.Errorf("reading %s: %w", contentName(o.content), err)
	}
	if o.lang == "" {
		o.lang = lib.Site.Languages[0]
	} else if !slices.Contains(lib.Site.Languages, o.lang) {
		return &usageError{msg: fmt.Sprintf("the site is not in %q; its languages are %s", o.lang, strings.Join(lib.Site.Languages, ", ")), command: "search"}
	}
	snapshot, err := index.Build(ctx, lib, index.Options{Deadline: -1})
	if err != nil {
		return fmt.Errorf("indexing %s: %w", contentName(o.content), err)
	}
	defer snapshot.Release()

	q := search.Parse(text, snapshot)
	q.Lang, q.Size = o.lang, o.size
	result, err := snapshot.Search(ctx, q)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(env.stdout)
	if o.json {
		err = writeJSON(w, snapshot, q, result)
	} else {
		printResult(w, lib, q, result, showsBold(env))
	}
	if err = errors.Join(err, w.Flush()); err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	return nil
}

// writeJSON prints what the interface for programs answers.
func writeJSON(w io.Writer, snapshot *index.Snapshot, q search.Query, res *search.Result) error {
	site, err := server.New(server.Config{Acquire: func() server.Corpus { return nil }})
	if err != nil {
		return err
	}
	data, err := site.SearchJSON(snapshot, q, res)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// printResult prints one result a paragraph: title, id, passage. On a
// terminal the words that were looked for are bold.
func printResult(w io.Writer, lib *content.Library, q search.Query, res *search.Result, terminal bool) {
	fmt.Fprintf(w, "%d %s\n", res.Total, map[bool]string{true: "result", false: "results"}[res.Total == 1])
	for _, x := range res.Added {
		fmt.Fprintf(w, "also searched for: %s\n", strings.Join(x.Added, ", "))
	}
	if res.DidYou != nil {
		fmt.Fprintf(w, "did you mean: %s (%d)\n", res.DidYou.Text, res.DidYou.Total)
	}
	for i, h := range res.Hits {
		title := ""
		if page, err := lib.Page(h.ID); err == nil {
			title = page.In(h.Lang).Title
		} else {
			title = "(cannot be read: " + err.Error() + ")"
		}
		if terminal {
			title = "\x1b[1m" + title + "\x1b[0m"
		}
		fmt.Fprintf(w, "\n%d. %s\n   %s\n", (q.Page-1)*q.Size+i+1, title, h.ID)
		if text := marked(h.Passage, terminal); text != "" {
			fmt.Fprintf(w, "   %s\n", text)
		}
	}
}

func marked(p search.Passage, terminal bool) string {
	var b strings.Builder
	for _, piece := range p {
		if piece.Marked && terminal {
			b.WriteString("\x1b[1m" + piece.Text + "\x1b[0m")
		} else {
			b.WriteString(piece.Text)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// isTerminal reports whether w is a character device.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// showsBold reports whether the output can show bold letters, and the person
// before it wants them (no-color.org).
func showsBold(env environment) bool {
	return isTerminal(env.stdout) && env.getenv("NO_COLOR") == "" && env.getenv("TERM") != "dumb"
}
