// Package address knows every URL of the site: it makes the link of a query, a
// page or a term (Links), reads a query back out of a URL (Read), which is the
// inverse, and has the table of the program's own pages (OwnPages). It sends
// nothing and asks nobody: all of it is text in, text out.
//
// An address is made of the base URL's path, the prefix of a language (none for
// the site's first), and a path: one of the program's own pages, the id of a
// content page, the folder of a kind, or a facet and a term.
package address
