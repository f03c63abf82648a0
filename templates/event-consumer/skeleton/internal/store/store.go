// Package store keeps what events changed, together with which events that were.
package store

import (
	"context"
	"errors"
	"time"
)

// Note is the newest text of the example.
type Note struct {
	Key      string
	Revision int64
	Text     string
	Author   string
}

// ErrNotFound says that there is nothing under a key.
var ErrNotFound = errors.New("there is nothing under this key")

// Tx is what one event may read and change.
type Tx interface {
	// Note fails with ErrNotFound.
	Note(ctx context.Context, key string) (Note, error)
	PutNote(ctx context.Context, note Note) error
}

// Store keeps results. When it cannot be reached, its errors are
// events.ErrUnavailable.
type Store interface {
	// Once does the work of an event unless that was done before, and tells whether
	// it did. What was changed is kept together with the id, or not at all.
	Once(ctx context.Context, id string, work func(tx Tx) error) (fresh bool, err error)
	// Forget the ids of events that were processed before a time.
	Forget(ctx context.Context, before time.Time) (int64, error)
	Close()
}
