// Package example makes events as a producer does, for tests and for development.
package example

import (
	"context"
	"fmt"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sr"

	"service/contract"
	"service/internal/events"
	"service/internal/notes"
)

// Event to be sent.
type Event struct {
	ID string
	// Version of the schema that it is written with; 0 is the newest one.
	Version int
	Changed notes.Changed
}

// Record of an event. Its schema is registered, and the id of that goes before the
// data.
func Record(ctx context.Context, registry *sr.Client, topic string, event Event) (*kgo.Record, error) {
	versions, err := contract.Versions(contract.NoteChanged)
	if err != nil {
		return nil, err
	}
	number := event.Version
	if number < 1 || number > len(versions) {
		number = len(versions)
	}
	var id int
	// In their order, as they came to be.
	for _, version := range versions[:number] {
		registered, err := registry.CreateSchema(ctx, topic+"-value", sr.Schema{Schema: version.Text, Type: sr.TypeAvro})
		if err != nil {
			return nil, fmt.Errorf("registering version %d: %w", version.Number, err)
		}
		id = registered.ID
	}
	header, err := new(sr.ConfluentHeader).AppendEncode(nil, id, nil)
	if err != nil {
		return nil, err
	}
	value, err := versions[number-1].Schema.AppendEncode(header, event.Changed)
	if err != nil {
		return nil, fmt.Errorf("writing the event: %w", err)
	}
	record := &kgo.Record{Topic: topic, Key: []byte(event.Changed.Key), Value: value}
	for name, value := range map[string]string{
		"ce_specversion":    "1.0",
		events.HeaderID:     event.ID,
		events.HeaderSource: "/example",
		events.HeaderType:   contract.NoteChanged,
		"content-type":      "application/avro",
	} {
		events.SetHeader(record, name, value)
	}
	return record, nil
}
