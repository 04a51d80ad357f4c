// Package templates holds what readers see as data: the HTML templates, the
// messages in each language and the static files. It has no behaviour.
package templates

import "embed"

// FS holds layout.html, one file per page, parts/*.html, messages/LANG.yaml
// and static/*.
//
//go:embed *.html parts/*.html messages/*.yaml static
var FS embed.FS
