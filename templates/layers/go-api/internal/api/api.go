// Package api puts the application together.
package api

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"service"
	"service/internal/auth"
	"service/internal/config"
	"service/internal/contract"
	"service/internal/entries"
	"service/internal/lifecycle"
	"service/internal/logging"
	"service/internal/operations"
	"service/internal/problem"
)

// Options of the application.
type Options struct {
	Config    config.Config
	Contract  *contract.Contract
	Logger    *slog.Logger
	Lifecycle *lifecycle.Lifecycle
	Metrics   http.Handler
	Auth      auth.Middleware
	Entries   entries.Store
}

// New makes the whole application, not yet listening.
func New(options Options) (http.Handler, error) {
	handler := &entries.Handler{Store: options.Entries, Logger: options.Logger}
	routes, err := options.Contract.Mux(map[string]http.HandlerFunc{
		"listEntries": handler.List,
		"createEntry": handler.Create,
		"getEntry":    handler.Get,
		"deleteEntry": handler.Remove,
	})
	if err != nil {
		return nil, err
	}

	// From the inside out: what comes last here is asked first.
	api := limitBody(options.Config.BodyLimit, routes)
	api = options.Auth(api)
	// Before authentication, so that guessing tokens is limited as well.
	api = limitRate(options.Config)(api)
	api = recoverPanics(options.Logger, api)
	api = findRoute(routes, logRequests(options.Logger, refuseUnknown(api)))
	api = otelhttp.NewHandler(api, "request")

	root := http.NewServeMux()
	operations.Register(root, options.Lifecycle, operations.Answers, options.Metrics)
	root.HandleFunc("GET /openapi.yaml", serveDocument)
	root.Handle("/", api)
	return correlate(protect(root)), nil
}

// serveDocument shows callers what they may ask for.
func serveDocument(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("content-type", "application/yaml; charset=utf-8")
	_, _ = w.Write(service.Document)
}

// correlate gives each request an id, the caller's own when it is one.
func correlate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := logging.WithRequestID(r.Context(), r.Header.Get("x-request-id"))
		w.Header().Set("x-request-id", logging.RequestID(ctx))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// findRoute tells spans, metrics and logs which route a request takes, before
// anything can refuse it.
func findRoute(routes *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, r.Pattern = routes.Handler(r)
		next.ServeHTTP(w, r)
	})
}

// refuseUnknown answers for paths and methods that the service does not have.
func refuseUnknown(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Pattern == "" {
			problem.Write(w, r, http.StatusNotFound, fmt.Sprintf("There is nothing at %s %s", r.Method, r.URL.Path))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// recoverPanics keeps one broken request from ending all others.
func recoverPanics(logger *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			logger.ErrorContext(r.Context(), "request failed", "error", cause, "stack", string(debug.Stack()))
			problem.Write(w, r, http.StatusInternalServerError, "")
		}()
		next.ServeHTTP(w, r)
	})
}

// protect tells browsers to do nothing with answers that are not meant for them.
func protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
		w.Header().Set("x-content-type-options", "nosniff")
		w.Header().Set("referrer-policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}
