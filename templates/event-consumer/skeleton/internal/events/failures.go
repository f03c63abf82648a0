package events

import "errors"

type failure struct {
	error
	kind error
}

func (f failure) Unwrap() []error { return []error{f.error, f.kind} }

// What a failure means for its event. Any other error is of this event alone and
// may pass: the event is tried again later, while others go on.
var (
	// ErrPermanent will be the same at every attempt: the event is given up at once.
	ErrPermanent = errors.New("will not pass")
	// ErrUnavailable would befall every other event too: the partition waits.
	ErrUnavailable = errors.New("something that all events need is not there")
)

// Permanent marks an error that no further attempt will mend.
func Permanent(err error) error { return failure{err, ErrPermanent} }

// Unavailable marks an error that has nothing to do with the event at hand.
func Unavailable(err error) error { return failure{err, ErrUnavailable} }
