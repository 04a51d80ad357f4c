package content

// A Site is what site.yaml says of the whole.
type Site struct {
	Title      Text
	Tagline    Text     // one line: what it is for
	Intro      Text     // a sentence or two for the home page
	Languages  []string // of the interface; the first has no URL prefix
	Licence    Text
	LicenceURL string
	RepoURL    string    // where editors find the files, "" if nowhere
	EditURL    string    // with {path}, "" if none
	HistoryURL string    // with {path}, "" if none
	Contact    string    // mail address or URL for corrections, "" if none
	Map        string    // name of the facet shown as the home page's map, "" if none
	Matrix     [2]string // names of the two facets of the gap map
	Ways       []string  // facets offered on the home page as ways in, in order
	Examples   []Text    // example searches
	Nav        []string  // kinds in the main navigation, in order
	About      string    // id of the page behind /about, "" for the built-in one
}
