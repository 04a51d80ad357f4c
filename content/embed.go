package content

import (
	"embed"
	"io/fs"
)

//go:embed site.yaml schema.yaml glossary.yaml
//go:embed vocabularies case-studies good-practices frameworks guides
var shipped embed.FS

// Default is the content that the program is shipped with: what stands beside
// this file.
var Default fs.FS = shipped
