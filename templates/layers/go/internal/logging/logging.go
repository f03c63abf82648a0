// Package logging writes JSON lines that carry the ids of their request.
package logging

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"regexp"
	"strings"

	"go.opentelemetry.io/otel/trace"
)

type requestIDKey struct{}

var requestID = regexp.MustCompile(`^[\w.:-]{1,128}$`)

// RequestID of the request that a context belongs to.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// WithRequestID gives whatever is done in a context an id: the one that came along
// when it is one, else a new one.
func WithRequestID(ctx context.Context, id string) context.Context {
	if !requestID.MatchString(id) {
		id = rand.Text()
	}
	return context.WithValue(ctx, requestIDKey{}, id)
}

// New makes the logger of the service.
func New(out io.Writer, level slog.Level, service string) *slog.Logger {
	handler := slog.NewJSONHandler(out, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(groups []string, attr slog.Attr) slog.Attr {
			if len(groups) == 0 && attr.Key == slog.LevelKey {
				return slog.String(attr.Key, strings.ToLower(attr.Value.String()))
			}
			return attr
		},
	})
	return slog.New(correlated{handler}).With("service", service)
}

// correlated adds the ids of the request that a line is about.
type correlated struct{ slog.Handler }

func (c correlated) Handle(ctx context.Context, record slog.Record) error {
	if id := RequestID(ctx); id != "" {
		record.AddAttrs(slog.String("request_id", id))
	}
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		record.AddAttrs(
			slog.String("trace_id", span.TraceID().String()),
			slog.String("span_id", span.SpanID().String()),
		)
	}
	return c.Handler.Handle(ctx, record)
}

func (c correlated) WithAttrs(attrs []slog.Attr) slog.Handler {
	return correlated{c.Handler.WithAttrs(attrs)}
}

func (c correlated) WithGroup(name string) slog.Handler {
	return correlated{c.Handler.WithGroup(name)}
}
