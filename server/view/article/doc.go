// Package article makes the page of a content page of any kind: its text, its
// facts, what it refers to and what refers to it, pages like it, its sources,
// and how to cite it.
package article
