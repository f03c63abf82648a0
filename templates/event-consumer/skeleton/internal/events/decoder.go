package events

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/twmb/avro"
	"github.com/twmb/franz-go/pkg/sr"

	"service/contract"
)

// Decoder reads Avro in the wire format of schema registries: the id of the schema
// an event was written with stands before its data.
type Decoder struct {
	registry *sr.Client
	mutex    sync.Mutex
	// known readers, by type of event and id of the schema.
	known map[string]*avro.Schema
}

// NewDecoder makes a decoder that asks a registry for schemas it does not know.
func NewDecoder(registry *sr.Client) *Decoder {
	return &Decoder{registry: registry, known: map[string]*avro.Schema{}}
}

// Decode reads data into a struct of the newest version that this service knows.
func (d *Decoder) Decode(ctx context.Context, name string, value []byte, into any) error {
	id, data, err := new(sr.ConfluentHeader).DecodeID(value)
	if err != nil {
		return Permanent(fmt.Errorf("the event does not say its schema: %w", err))
	}
	schema, err := d.schema(ctx, name, id)
	if err != nil {
		return err
	}
	rest, err := schema.Decode(data, into)
	if err != nil {
		return Permanent(fmt.Errorf("the event does not fit schema %d: %w", id, err))
	}
	if len(rest) > 0 {
		return Permanent(fmt.Errorf("the event has %d bytes more than schema %d", len(rest), id))
	}
	return nil
}

// schema that reads what was written with the one of an id.
func (d *Decoder) schema(ctx context.Context, name string, id int) (*avro.Schema, error) {
	key := fmt.Sprintf("%s/%d", name, id)
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if schema, found := d.known[key]; found {
		return schema, nil
	}
	text, err := d.registry.SchemaByID(ctx, id)
	var refused *sr.ResponseError
	if errors.As(err, &refused) && refused.StatusCode == http.StatusNotFound {
		return nil, Permanent(fmt.Errorf("the registry has no schema %d", id))
	}
	if err != nil {
		return nil, Unavailable(fmt.Errorf("asking the registry for schema %d: %w", id, err))
	}
	writer, err := avro.Parse(text.Schema)
	if err != nil {
		return nil, Permanent(fmt.Errorf("schema %d: %w", id, err))
	}
	newest, err := contract.Newest(name)
	if err != nil {
		return nil, Permanent(err)
	}
	schema, err := avro.Resolve(writer, newest.Schema)
	if err != nil {
		return nil, Permanent(fmt.Errorf("schema %d is not compatible with version %d of %s: %w", id, newest.Number, name, err))
	}
	d.known[key] = schema
	return schema, nil
}
