package flags

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

// Flag is something that can be turned off and on while the service runs.
type Flag struct {
	Key string
	// Default holds while nobody says otherwise. That of a kill switch is true: a
	// lost file must not turn anything off.
	Default bool
}

// Asks whatever provider is set, now or later. Without one, defaults hold.
var client = openfeature.NewDefaultClient()

// On tells whether a flag is on for a subject. It is its default when that cannot be
// told.
func (f Flag) On(ctx context.Context, subject string) bool {
	return client.Boolean(ctx, f.Key, f.Default, openfeature.NewEvaluationContext(subject, nil))
}
