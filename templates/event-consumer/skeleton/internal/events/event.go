// Package events reads what comes out of Kafka: CloudEvents in binary mode, with
// Avro data whose schema is in a registry.
package events

import (
	"context"
	"fmt"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// Names of headers. Those of the binding of CloudEvents to Kafka begin with "ce_".
const (
	HeaderID        = "ce_id"
	HeaderSource    = "ce_source"
	HeaderType      = "ce_type"
	HeaderRequestID = "x-request-id"
	// HeaderFirstWritten is when a retried event was written to its own topic.
	HeaderFirstWritten = "first-written"
)

// Event is what happened.
type Event struct {
	// ID is the same whenever the same event comes again, and no other's.
	ID      string
	Type    string
	Key     string
	Written time.Time
	value   []byte
	decoder *Decoder
}

// Header of a record, or nothing.
func Header(record *kgo.Record, name string) string {
	for _, header := range record.Headers {
		if header.Key == name {
			return string(header.Value)
		}
	}
	return ""
}

// SetHeader replaces a header of a record, or adds it.
func SetHeader(record *kgo.Record, name, value string) {
	for index, header := range record.Headers {
		if header.Key == name {
			record.Headers[index].Value = []byte(value)
			return
		}
	}
	record.Headers = append(record.Headers, kgo.RecordHeader{Key: name, Value: []byte(value)})
}

// Written is when the event was written to its own topic.
func Written(record *kgo.Record) time.Time {
	if first, err := time.Parse(time.RFC3339Nano, Header(record, HeaderFirstWritten)); err == nil {
		return first
	}
	return record.Timestamp
}

// Read takes what names an event; its data is read by Data.
func Read(record *kgo.Record, decoder *Decoder) (Event, error) {
	id, source, kind := Header(record, HeaderID), Header(record, HeaderSource), Header(record, HeaderType)
	if id == "" || source == "" || kind == "" {
		return Event{}, Permanent(fmt.Errorf("the headers %s, %s and %s must not be empty", HeaderID, HeaderSource, HeaderType))
	}
	return Event{
		// An id is unique within its source only.
		ID:      source + " " + id,
		Type:    kind,
		Key:     string(record.Key),
		Written: Written(record),
		value:   record.Value,
		decoder: decoder,
	}, nil
}

// Data reads what the event says into a struct of the newest version.
func (e Event) Data(ctx context.Context, into any) error {
	return e.decoder.Decode(ctx, e.Type, e.value, into)
}
