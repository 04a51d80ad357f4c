package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"

	"casebook/content"
)

func contentFlag(fs *flag.FlagSet, value *string) {
	fs.StringVar(value, "content", "", "`folder` with the pages, instead of those built into the program")
}

// openContent opens a content folder, or the built-in content for "". What is
// read through it cannot lead outside, whatever links the folder holds.
func openContent(dir string) (fs.FS, func(), error) {
	if dir == "" {
		return content.Default, func() {}, nil
	}
	root, err := os.OpenRoot(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, &usageError{msg: fmt.Sprintf("there is no folder %s", dir)}
	case err != nil:
		return nil, nil, &usageError{msg: fmt.Sprintf("%s cannot be opened as a folder: %v", dir, errors.Unwrap(err))}
	}
	return root.FS(), func() { root.Close() }, nil
}

// contentName is how messages call the content that --content names.
func contentName(dir string) string {
	if dir == "" {
		return "the built-in content"
	}
	return dir
}

func contentHas(dir, path string) bool {
	fsys, closeFS, err := openContent(dir)
	if err != nil {
		return false
	}
	defer closeFS()
	_, err = fs.Stat(fsys, path)
	return err == nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
