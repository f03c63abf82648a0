// Command service runs the service. With the argument "health" it asks one that
// runs here whether it is well, for images that have no shell.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"service/internal/assembly"
	"service/internal/entries"
	"service/internal/flagfile"
	"service/internal/lifecycle"
	"service/internal/operations"
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
func run(ctx context.Context, lookup func(string) string, out io.Writer) error {
	// Tokens are verified to the end, when the context has ended already.
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	built, err := assembly.New(background, lookup, out, version, entries.NewMemory())
	if err != nil {
		return err
	}
	if err = followFlags(background, built); err == nil {
		err = serve(ctx, built)
	}
	assembly.Report(built.Logger, err)
	return err
}

func followFlags(ctx context.Context, built *assembly.Service) error {
	if built.Config.FlagsFile == "" {
		return nil
	}
	return flagfile.Follow(ctx, built.Config.FlagsFile, built.Logger)
}

func serve(ctx context.Context, built *assembly.Service) error {
	settings, life, logger := built.Config, built.Lifecycle, built.Logger
	server := &http.Server{
		Handler:           built.Handler,
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
		lifecycle.Within(flushLimit, built.Telemetry.Stop),
	)
}
