// Package results makes the page of a search: the result in words, what is
// chosen, the filters beside the hits, how the query was read and, where nothing
// was found, what to do instead.
package results
