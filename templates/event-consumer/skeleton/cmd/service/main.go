// Command service reads events. With the argument "health" it asks one that runs
// here whether it is well, for images that have no shell; with "redrive" it gives
// dead letters another chance.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"service/contract"
	"service/internal/config"
	"service/internal/consumer"
	"service/internal/events"
	"service/internal/flagfile"
	"service/internal/flags"
	"service/internal/kafka"
	"service/internal/lifecycle"
	"service/internal/logging"
	"service/internal/notes"
	"service/internal/operations"
	"service/internal/store"
	"service/internal/telemetry"
)

// Set by the linker.
var version = "0.0.0"

const (
	// A collector that does not answer must not keep a finished process alive.
	flushLimit = 3 * time.Second
	// How long a database may take to let the service in.
	startLimit     = 30 * time.Second
	forgetInterval = time.Hour
)

// handlers by the type of event. A type is also the folder of its schemas.
var handlers = map[string]consumer.Handler{
	contract.NoteChanged: notes.HandleChanged,
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "health" {
		os.Exit(operations.AskHealth(os.Getenv("PORT")))
	}
	work := run
	if len(os.Args) == 2 && os.Args[1] == "redrive" {
		work = redrive
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	// From the first signal on, a second one ends the process at once.
	context.AfterFunc(ctx, stop)
	if err := work(ctx, os.Getenv, os.Stdout); err != nil {
		os.Exit(1)
	}
}

// report logs why the process ends.
func report(logger *slog.Logger, err error) {
	var problems config.Problems
	switch {
	case errors.As(err, &problems):
		logger.Error("the configuration is wrong", "problems", []string(problems))
	case err != nil:
		logger.Error("the service ended", "error", err.Error())
	}
}

func routeOf(settings config.Config) consumer.Route {
	return consumer.Route{
		Topic:  settings.Kafka.Topic,
		Group:  settings.Kafka.Group,
		Delays: settings.RetryDelays,
	}
}

func redrive(ctx context.Context, lookup func(string) string, out io.Writer) (err error) {
	logger := logging.New(out, slog.LevelInfo, "service")
	defer func() { report(logger, err) }()
	settings, err := config.Read(lookup)
	if err != nil {
		return err
	}
	moved, err := consumer.Redrive(ctx, kafka.Options(settings.Kafka), routeOf(settings))
	logger.Info("dead letters redriven", "events", moved)
	return err
}

// run reads events until the context ends, then finishes or gives back what it
// holds. What went wrong has been logged when it returns.
func run(ctx context.Context, lookup func(string) string, out io.Writer) (err error) {
	logger := logging.New(out, slog.LevelInfo, "service")
	defer func() { report(logger, err) }()
	settings, err := config.Read(lookup)
	if err != nil {
		return err
	}
	name := settings.Kafka.Group
	logger = logging.New(out, settings.LogLevel, name)
	// http.Server logs through the default logger.
	slog.SetDefault(logger)

	told, err := telemetry.Start(ctx, name, version, settings.OTLPEndpoint != "")
	if err != nil {
		return err
	}
	if settings.FlagsFile != "" {
		if err := flagfile.Follow(ctx, settings.FlagsFile, logger); err != nil {
			return err
		}
	}
	kept, err := openStore(ctx, settings.Store)
	if err != nil {
		return err
	}
	defer kept.Close()
	registry, err := kafka.Registry(settings.Registry)
	if err != nil {
		return err
	}
	metrics, err := consumer.NewMetrics(name)
	if err != nil {
		return err
	}
	life := &lifecycle.Lifecycle{}
	reading, err := consumer.New(consumer.Options{
		Client:          kafka.Options(settings.Kafka),
		Route:           routeOf(settings),
		Handlers:        handlers,
		Decoder:         events.NewDecoder(registry),
		Store:           kept,
		Paused:          func(ctx context.Context, topic string) bool { return !flags.HandleNotes.On(ctx, topic) },
		HandlerTimeout:  settings.HandlerTimeout,
		ShutdownTimeout: settings.ShutdownTimeout,
		Logger:          logger,
		Metrics:         metrics,
		Joined:          func() { life.Enter(lifecycle.Ready) },
	})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	operations.Register(mux, life, reading.Healthy, told.Metrics)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	listener, err := net.Listen("tcp", net.JoinHostPort(settings.Host, strconv.Itoa(settings.Port)))
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	serving := make(chan error, 1)
	go func() { serving <- server.Serve(listener) }()
	logger.Info("started", "address", listener.Addr().String(), "topics", routeOf(settings).Topics())

	working, stop := context.WithCancel(ctx)
	defer stop()
	go forget(working, kept, settings.Store.Retention, logger)
	ended := make(chan error, 1)
	go func() { ended <- reading.Run(working) }()
	select {
	case failure := <-serving:
		err = fmt.Errorf("serving probes: %w", failure)
	case <-ctx.Done():
	}
	life.Enter(lifecycle.Draining)
	logger.Info("draining")
	stop()
	return errors.Join(
		err,
		<-ended,
		lifecycle.Within(flushLimit, server.Shutdown),
		lifecycle.Within(flushLimit, told.Stop),
	)
}

func openStore(ctx context.Context, settings config.Store) (store.Store, error) {
	if settings.URL == "" {
		return store.NewMemory(), nil
	}
	limited, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	return store.OpenPostgres(limited, settings.URL)
}

// forget keeps the list of processed events from growing for ever.
func forget(ctx context.Context, kept store.Store, retention time.Duration, logger *slog.Logger) {
	ticker := time.NewTicker(forgetInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			forgotten, err := kept.Forget(ctx, time.Now().Add(-retention))
			if err != nil {
				logger.Warn("forgetting processed events failed", "error", err.Error())
				continue
			}
			logger.Info("processed events forgotten", "events", forgotten)
		}
	}
}
