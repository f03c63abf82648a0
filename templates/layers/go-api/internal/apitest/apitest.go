// Package apitest makes applications for tests.
package apitest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"service"
	"service/internal/api"
	"service/internal/auth"
	"service/internal/config"
	"service/internal/contract"
	"service/internal/entries"
	"service/internal/lifecycle"
	"service/internal/logging"
	"service/internal/logtest"
	"service/internal/telemetry"
)

// Service is an application that listens nowhere.
type Service struct {
	Contract  *contract.Contract
	Lifecycle *lifecycle.Lifecycle
	Logs      *logtest.Logs
	handler   http.Handler
}

// Options change what New makes.
type Options struct {
	// Environment is added to one without authentication.
	Environment map[string]string
	Store       entries.Store
}

// New makes a service.
func New(t *testing.T, options Options) *Service {
	t.Helper()
	environment := map[string]string{"APP_ENV": "test", "AUTH_MODE": "disabled"}
	for name, value := range options.Environment {
		environment[name] = value
	}
	settings, err := config.Read(func(name string) string { return environment[name] })
	if err != nil {
		t.Fatal(err)
	}
	document, err := contract.Load(service.Document)
	if err != nil {
		t.Fatal(err)
	}
	told, err := telemetry.Start(t.Context(), document.Title(), "0.0.0", false)
	if err != nil {
		t.Fatal(err)
	}
	logs := &logtest.Logs{}
	logger := logging.New(logs, settings.LogLevel, document.Title())
	bearer, err := auth.RequireBearer(t.Context(), settings.Auth, logger)
	if err != nil {
		t.Fatal(err)
	}
	if options.Store == nil {
		options.Store = entries.NewMemory()
	}
	life := &lifecycle.Lifecycle{}
	handler, err := api.New(api.Options{
		Config:    settings,
		Contract:  document,
		Logger:    logger,
		Lifecycle: life,
		Metrics:   told.Metrics,
		Auth:      bearer,
		Entries:   options.Store,
	})
	if err != nil {
		t.Fatal(err)
	}
	return &Service{Contract: document, Lifecycle: life, Logs: logs, handler: handler}
}

// Do sends a request.
func (s *Service) Do(request *http.Request) *httptest.ResponseRecorder {
	response := httptest.NewRecorder()
	s.handler.ServeHTTP(response, request)
	return response
}

// Get reads a path.
func (s *Service) Get(path string) *httptest.ResponseRecorder {
	return s.Do(httptest.NewRequest(http.MethodGet, path, nil))
}

// Post sends JSON.
func (s *Service) Post(path, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	request.Header.Set("content-type", "application/json")
	return s.Do(request)
}

// JSON reads a body.
func JSON(t *testing.T, response *httptest.ResponseRecorder) map[string]any {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal(response.Body.Bytes(), &body); err != nil {
		t.Fatalf("the body %q: %v", response.Body, err)
	}
	return body
}
