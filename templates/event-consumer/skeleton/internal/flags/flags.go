// Package flags names what can be turned off and on while the service runs, and asks.
package flags

// HandleNotes tells whether events of a topic are handled. Off, they stay where they
// are and wait.
var HandleNotes = Flag{Key: "handle-notes", Default: true}
