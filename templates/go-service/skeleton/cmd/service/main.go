// Command service runs the service. With the argument "health" it asks one that
// runs here whether it is well, for images that have no shell.
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

	"service"
	"service/internal/api"
	"service/internal/auth"
	"service/internal/config"
	"service/internal/contract"
	"service/internal/entries"
	"service/internal/lifecycle"
	"service/internal/logging"
	"service/internal/operations"
	"service/internal/telemetry"
)

// Set by the linker.
var version = "0.0.0"

// A collector that does not answer must not keep a finished process alive.
const flushLimit = 3 * time.Second

func main() {
	if len(os.Args) == 2 && os.Args[1] == "health" {
		os.Exit(operations.AskHealth(os.Getenv("PORT")))
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	// From the first signal on, a second one ends the process at once.
	context.AfterFunc(ctx, stop)
	if err := run(ctx, os.Getenv, os.Stdout); err != nil {
		os.Exit(1)
	}
}

// run serves until the context ends, then lets running requests finish. What
// went wrong has been logged when it returns.
func run(ctx context.Context, lookup func(string) string, out io.Writer) (err error) {
	logger := logging.New(out, slog.LevelInfo, "service")
	defer func() {
		var problems config.Problems
		switch {
		case errors.As(err, &problems):
			logger.Error("the configuration is wrong", "problems", []string(problems))
		case err != nil:
			logger.Error("the service ended", "error", err)
		}
	}()
	settings, err := config.Read(lookup)
	if err != nil {
		return err
	}
	document, err := contract.Load(service.Document)
	if err != nil {
		return err
	}
	logger = logging.New(out, settings.LogLevel, document.Title())
	// http.Server logs through the default logger.
	slog.SetDefault(logger)

	told, err := telemetry.Start(ctx, document.Title(), version, settings.OTLPEndpoint != "")
	if err != nil {
		return err
	}
	// Tokens are verified to the end, when the context has ended already.
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	bearer, err := auth.RequireBearer(background, settings.Auth, logger)
	if err != nil {
		return err
	}
	life := &lifecycle.Lifecycle{}
	handler, err := api.New(api.Options{
		Config:    settings,
		Contract:  document,
		Logger:    logger,
		Lifecycle: life,
		Metrics:   told.Metrics,
		Auth:      bearer,
		Entries:   entries.NewMemory(),
	})
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      30 * time.Second,
		// Longer than most load balancers keep an idle connection, so that it is
		// never this side that closes one just as a request arrives.
		IdleTimeout: 75 * time.Second,
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(settings.Host, strconv.Itoa(settings.Port)))
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	life.Enter(lifecycle.Ready)
	logger.Info("ready", "address", listener.Addr().String())

	select {
	case err := <-ended:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	life.Enter(lifecycle.Draining)
	logger.Info("draining")
	// Whoever routes requests here needs a moment to see that readiness is off.
	time.Sleep(settings.ShutdownDelay)
	return errors.Join(
		lifecycle.Within(settings.ShutdownTimeout, server.Shutdown),
		lifecycle.Within(flushLimit, told.Stop),
	)
}
