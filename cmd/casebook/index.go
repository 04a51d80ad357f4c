package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"time"

	"casebook/index"
)

var indexCommand = command{
	name:    "index",
	summary: "build the index of the pages ahead, so that serve --index starts at once",
	example: "  casebook index --content ./pages --index ./index\n  casebook serve --content ./pages --index ./index\n",
	setup: func(flags *flag.FlagSet) runner {
		var opts indexOptions
		contentFlag(flags, &opts.content)
		indexFlag(flags, &opts.index)
		return opts.run
	},
}

type indexOptions struct {
	content string
	index   string
}

func indexFlag(fs *flag.FlagSet, value *string) {
	fs.StringVar(value, "index", "", "`folder` of the index on disk, made if it is missing; it can always be built again")
}

// run makes sure that the index is there, whole and of the content.
func (o *indexOptions) run(ctx context.Context, env environment, args []string) error {
	switch {
	case len(args) > 0:
		return &usageError{msg: fmt.Sprintf("index takes no arguments, but there is %q", args[0]), command: "index"}
	case o.index == "":
		return &usageError{msg: "no folder for the index; name one with --index", command: "index"}
	}
	fsys, closeFS, err := openContent(o.content)
	if err != nil {
		return err
	}
	defer closeFS()
	begun := env.now()
	stored, built, err := openIndex(ctx, env, o.index, fsys, o.content, false, func(string, string) {})
	if err != nil {
		return err
	}
	defer stored.Snapshot.Release()
	lib := stored.Snapshot.Library()
	what := fmt.Sprintf("%s of %s is up to date", o.index, contentName(o.content))
	if built {
		what = fmt.Sprintf("built %s of %s in %s", o.index, contentName(o.content), env.now().Sub(begun).Round(10*time.Millisecond))
	}
	fmt.Fprintf(env.stdout, "%s: %s, revision %s\n", what, counted(lib.Len(), "page"), lib.Revision)
	if n := len(lib.LeftOut); n > 0 {
		fmt.Fprintf(env.stderr, "casebook: left out because of errors: %s; casebook check shows them\n", counted(n, "file"))
	}
	return nil
}

// counted is a number with its thing.
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// openIndex opens the index in dir, and builds it first where there is none
// that can be used; tell learns why. Where another process builds one, wait
// says whether to wait for that instead of failing.
func openIndex(ctx context.Context, env environment, dir string, fsys fs.FS, contentDir string, wait bool, tell func(what, why string)) (stored *index.Stored, built bool, err error) {
	src := index.Source{FS: fsys, Today: env.now()}
	for {
		stored, err = index.Open(ctx, dir, src, index.Options{})
		var unusable *index.UnusableError
		switch {
		case err == nil:
			return stored, built, nil
		case !errors.As(err, &unusable):
			return nil, false, fmt.Errorf("opening the index: %w", err)
		case built:
			return nil, false, fmt.Errorf("opening the new index: %w", err)
		}
		tell("building the index", unusable.Why)
		err = buildIndex(ctx, env, dir, src)
		switch {
		case err == nil:
			built = true
		case wait && errors.Is(err, index.ErrBusy):
			tell("waiting for the index", index.ErrBusy.Error())
			if err := index.Wait(ctx, dir); err != nil {
				return nil, false, err
			}
		default:
			return nil, false, fmt.Errorf("indexing %s: %w", contentName(contentDir), err)
		}
	}
}

func buildIndex(ctx context.Context, env environment, dir string, src index.Source) error {
	show := newProgress(env)
	defer show.end()
	return index.Write(ctx, dir, src, index.Options{Progress: show.update})
}
