//go:build !unix

package disk

// syncDir does nothing: these systems have no way to do it for a folder.
func syncDir(string) error { return nil }
