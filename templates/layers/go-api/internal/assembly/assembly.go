// Package assembly puts the service together from what the environment says, however
// requests then come to it.
package assembly

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"service"
	"service/internal/api"
	"service/internal/auth"
	"service/internal/config"
	"service/internal/contract"
	"service/internal/entries"
	"service/internal/lifecycle"
	"service/internal/logging"
	"service/internal/telemetry"
)

// Service is the application with all it needs, not yet listening.
type Service struct {
	Config    config.Config
	Handler   http.Handler
	Lifecycle *lifecycle.Lifecycle
	Logger    *slog.Logger
	Telemetry *telemetry.Telemetry
}

// New makes the application. The context ends what it does in the background. What
// went wrong has been logged when it fails.
func New(
	ctx context.Context, lookup func(string) string, out io.Writer, version string, store entries.Store,
) (built *Service, err error) {
	logger := logging.New(out, slog.LevelInfo, "service")
	defer func() { Report(logger, err) }()
	settings, err := config.Read(lookup)
	if err != nil {
		return nil, err
	}
	document, err := contract.Load(service.Document)
	if err != nil {
		return nil, err
	}
	logger = logging.New(out, settings.LogLevel, document.Title())
	// http.Server logs through the default logger.
	slog.SetDefault(logger)

	told, err := telemetry.Start(ctx, document.Title(), version, settings.OTLPEndpoint != "")
	if err != nil {
		return nil, err
	}
	bearer, err := auth.RequireBearer(ctx, settings.Auth, logger)
	if err != nil {
		return nil, err
	}
	life := &lifecycle.Lifecycle{}
	handler, err := api.New(api.Options{
		Config:    settings,
		Contract:  document,
		Logger:    logger,
		Lifecycle: life,
		Metrics:   told.Metrics,
		Auth:      bearer,
		Entries:   store,
	})
	if err != nil {
		return nil, err
	}
	return &Service{
		Config:    settings,
		Handler:   handler,
		Lifecycle: life,
		Logger:    logger,
		Telemetry: told,
	}, nil
}

// Report logs why a service ends, if it does so by an error.
func Report(logger *slog.Logger, err error) {
	var problems config.Problems
	switch {
	case errors.As(err, &problems):
		logger.Error("the configuration is wrong", "problems", []string(problems))
	case err != nil:
		logger.Error("the service ended", "error", err)
	}
}
