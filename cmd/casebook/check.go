package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"casebook/content"
	"casebook/content/load"
	"casebook/server/address"
)

var checkCommand = command{
	name:    "check",
	args:    " [FILE …]",
	summary: "check the pages and say what is wrong, where, and what would be right",
	example: "  casebook check --content .\n  casebook check --content . --format json case-studies/my-case.md\n",
	setup: func(flags *flag.FlagSet) runner {
		var opts checkOptions
		contentFlag(flags, &opts.content)
		flags.StringVar(&opts.format, "format", "text", "how to print the problems: `text` or json")
		return opts.run
	},
}

type checkOptions struct {
	content string
	format  string
}

// run prints every problem of the files and folders named (of all, if none
// is), and fails if one of them is an error or a warning.
func (o *checkOptions) run(ctx context.Context, env environment, files []string) error {
	if o.format != "text" && o.format != "json" {
		return &usageError{msg: fmt.Sprintf("unknown format %q; it is text or json", o.format), command: "check"}
	}
	fsys, closeFS, err := openContent(o.content)
	if err != nil {
		return err
	}
	defer closeFS()
	wanted, err := o.contentPaths(files)
	if err != nil {
		return err
	}
	lib, problems, err := load.Load(ctx, fsys, load.Options{Today: env.now()})
	if err != nil {
		return fmt.Errorf("reading %s: %w", contentName(o.content), err)
	}
	problems = withCollisions(problems, lib)
	if len(files) > 0 {
		problems = slices.DeleteFunc(problems, func(p *content.Problem) bool {
			return !slices.ContainsFunc(wanted, func(w string) bool { return w == "." || p.Path == w || strings.HasPrefix(p.Path, w+"/") })
		})
	}
	w := bufio.NewWriter(env.stdout)
	if o.format == "json" {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if problems == nil {
			problems = content.Problems{}
		}
		err = enc.Encode(map[string]any{"problems": problems, "errors": problems.Errors(), "warnings": len(problems) - problems.Errors()})
	} else {
		for _, p := range problems {
			fmt.Fprintln(w, p)
		}
	}
	if err = errors.Join(err, w.Flush()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if len(problems) > 0 {
		return errProblems
	}
	return nil
}

// withCollisions adds what would keep serve from serving the content.
func withCollisions(problems content.Problems, lib *content.Library) content.Problems {
	problems = append(address.Collisions(lib), problems...)
	slices.SortStableFunc(problems, func(a, b *content.Problem) int { return strings.Compare(a.Path, b.Path) })
	return problems
}

// contentPaths turns arguments, which name files or folders relative to the
// working folder or to the content folder, into paths as problems have them.
// One that is not there is wrong usage: silence would look like a clean check.
func (o *checkOptions) contentPaths(files []string) ([]string, error) {
	var paths []string
	for _, f := range files {
		p := filepath.ToSlash(filepath.Clean(f))
		if o.content != "" {
			abs, err1 := filepath.Abs(f)
			root, err2 := filepath.Abs(o.content)
			if rel, err := filepath.Rel(root, abs); err1 == nil && err2 == nil && err == nil && filepath.IsLocal(rel) && exists(abs) {
				p = filepath.ToSlash(rel)
			}
		}
		if !contentHas(o.content, p) {
			return nil, &usageError{msg: fmt.Sprintf("no file %s in %s", f, contentName(o.content)), command: "check"}
		}
		paths = append(paths, strings.TrimPrefix(path.Clean(p), "./"))
	}
	return paths, nil
}
