// Command function answers requests that API Gateway hands to AWS Lambda. It is the
// same application that cmd/service makes listen.
package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"
	"go.opentelemetry.io/otel"

	"service/internal/assembly"
	"service/internal/config"
	"service/internal/entries"
	"service/internal/flagparam"
	"service/internal/lifecycle"
	"service/internal/logging"
	"service/internal/table"
)

// Set by the linker.
var version = "0.0.0"

// A collector that does not answer must not keep a caller waiting.
const flushLimit = 500 * time.Millisecond

type handler = func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error)

func main() {
	handle, err := build(context.Background(), os.Getenv, os.Stdout)
	if err != nil {
		os.Exit(1)
	}
	lambda.Start(handle)
}

// build makes the handler, once for many requests. What went wrong has been logged
// when it fails.
func build(ctx context.Context, lookup func(string) string, out io.Writer) (handler, error) {
	store, err := open(ctx, lookup)
	if err != nil {
		assembly.Report(logging.New(out, slog.LevelInfo, "service"), err)
		return nil, err
	}
	built, err := assembly.New(ctx, lookup, out, version, store)
	if err != nil {
		return nil, err
	}
	look, err := followFlags(ctx, lookup, built.Logger)
	if err != nil {
		assembly.Report(built.Logger, err)
		return nil, err
	}
	built.Lifecycle.Enter(lifecycle.Ready)
	proxy := httpadapter.NewV2(built.Handler)
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		// Lambda stops the clock of a function that has answered: what it tells
		// leaves before that.
		defer func() {
			if err := lifecycle.Within(flushLimit, flush); err != nil {
				built.Logger.WarnContext(ctx, "sending traces and metrics failed", "error", err)
			}
		}()
		look(ctx)
		return proxy.ProxyWithContext(ctx, correlate(event))
	}, nil
}

// open finds where entries are kept. Instances of a function share nothing but a
// table, so memory is for development alone.
func open(ctx context.Context, lookup func(string) string) (entries.Store, error) {
	name := lookup("TABLE_NAME")
	if name != "" {
		return table.Open(ctx, name)
	}
	if environment := lookup("APP_ENV"); environment == "development" || environment == "test" {
		return entries.NewMemory(), nil
	}
	problems := config.Problems{"TABLE_NAME: is required in production"}
	// All that is wrong, at once.
	var others config.Problems
	if _, err := config.Read(lookup); errors.As(err, &others) {
		problems = append(problems, others...)
	}
	return nil, problems
}

// followFlags lets a parameter say which flags are on, where there is one. Each request
// calls what it returns.
func followFlags(
	ctx context.Context, lookup func(string) string, logger *slog.Logger,
) (look func(context.Context), err error) {
	name := lookup("FLAGS_PARAMETER")
	if name == "" {
		return func(context.Context) {}, nil
	}
	parameter, err := flagparam.Follow(ctx, name, logger)
	if err != nil {
		return nil, err
	}
	return parameter.Look, nil
}

// correlate takes API Gateway's id where the caller gave none, so that its access
// log and the function's log can be read together.
func correlate(event events.APIGatewayV2HTTPRequest) events.APIGatewayV2HTTPRequest {
	if event.Headers["x-request-id"] == "" && event.RequestContext.RequestID != "" {
		headers := map[string]string{"x-request-id": strings.TrimRight(event.RequestContext.RequestID, "=")}
		for name, value := range event.Headers {
			if name != "x-request-id" {
				headers[name] = value
			}
		}
		event.Headers = headers
	}
	return event
}

type flusher interface {
	ForceFlush(ctx context.Context) error
}

func flush(ctx context.Context) error {
	for _, provider := range []any{otel.GetTracerProvider(), otel.GetMeterProvider()} {
		if sending, ok := provider.(flusher); ok {
			if err := sending.ForceFlush(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}
