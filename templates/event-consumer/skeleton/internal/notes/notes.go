// Package notes is the example: it keeps the newest text of each note.
package notes

import (
	"context"
	"errors"
	"fmt"

	"service/internal/events"
	"service/internal/store"
)

// Changed says that the text of a note is another. Its fields are those of the
// newest schema in contract/note-changed.
type Changed struct {
	Key      string `avro:"key"`
	Revision int64  `avro:"revision"`
	Text     string `avro:"text"`
	Author   string `avro:"author"`
}

// HandleChanged keeps a text. An event that was tried again may come after younger
// ones, and one that is early may come before older ones: the revision tells.
func HandleChanged(ctx context.Context, event events.Event, tx store.Tx) error {
	var change Changed
	if err := event.Data(ctx, &change); err != nil {
		return err
	}
	if change.Revision < 1 {
		return events.Permanent(fmt.Errorf("revision %d: the first one is 1", change.Revision))
	}
	kept, err := tx.Note(ctx, change.Key)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	switch {
	case change.Revision <= kept.Revision:
		return nil
	case change.Revision > kept.Revision+1:
		return fmt.Errorf("revision %d came before revision %d", change.Revision, kept.Revision+1)
	default:
		return tx.PutNote(ctx, store.Note(change))
	}
}
