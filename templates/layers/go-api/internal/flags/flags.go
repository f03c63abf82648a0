// Package flags names what can be turned off and on while the service runs, and asks.
package flags

// AcceptEntries tells whether entries may be created. Off, callers get 503 and come
// back later.
var AcceptEntries = Flag{Key: "accept-entries", Default: true}
