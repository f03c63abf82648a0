package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"service/internal/config"
	"service/internal/logtest"
)

// started is a service in this process, on a free port.
type started struct {
	logs  *logtest.Logs
	stop  context.CancelFunc
	ended chan error
}

func start(t *testing.T, more map[string]string) *started {
	t.Helper()
	environment := map[string]string{
		"APP_ENV": "test", "AUTH_MODE": "disabled",
		"HOST": "127.0.0.1", "PORT": "0", "SHUTDOWN_DELAY_MS": "0",
	}
	for name, value := range more {
		environment[name] = value
	}
	ctx, stop := context.WithCancel(t.Context())
	s := &started{logs: &logtest.Logs{}, stop: stop, ended: make(chan error, 1)}
	go func() {
		s.ended <- run(ctx, func(name string) string { return environment[name] }, s.logs)
	}()
	return s
}

func (s *started) url(t *testing.T) string {
	t.Helper()
	return "http://" + s.logs.Await(t, "ready")["address"].(string)
}

func TestDrains(t *testing.T) {
	service := start(t, map[string]string{"SHUTDOWN_DELAY_MS": "200"})
	url := service.url(t)
	body, writer := io.Pipe()
	answered := make(chan int, 1)
	go func() {
		response, err := http.Post(url+"/v1/entries", "application/json", body)
		if err != nil {
			answered <- 0
			return
		}
		_ = response.Body.Close()
		answered <- response.StatusCode
	}()
	if _, err := writer.Write([]byte(`{"key": "slow",`)); err != nil {
		t.Fatal(err)
	}

	service.stop()
	service.logs.Await(t, "draining")
	readiness, err := http.Get(url + "/ready")
	if err != nil {
		t.Fatal(err)
	}
	_ = readiness.Body.Close()
	if readiness.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("ready while draining: %d", readiness.StatusCode)
	}
	if _, err := writer.Write([]byte(`"text": "finished"}`)); err != nil {
		t.Fatal(err)
	}
	_ = writer.Close()
	if status := <-answered; status != http.StatusCreated {
		t.Errorf("the running request was answered %d", status)
	}
	if err := <-service.ended; err != nil {
		t.Errorf("ended with %v", err)
	}
	if _, err := http.Get(url + "/health"); err == nil {
		t.Error("still answers")
	}
}

func TestAWrongConfigurationEndsIt(t *testing.T) {
	service := start(t, map[string]string{"PORT": "http"})
	var problems config.Problems
	if err := <-service.ended; !errors.As(err, &problems) {
		t.Fatalf("ended with %v", err)
	}
	line := service.logs.Await(t, "the configuration is wrong")
	if line["level"] != "error" || !strings.Contains(line["problems"].([]any)[0].(string), "PORT") {
		t.Errorf("logged %v", line)
	}
}

func TestSendsTracesAndMetrics(t *testing.T) {
	var mutex sync.Mutex
	received := map[string]string{}
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mutex.Lock()
		defer mutex.Unlock()
		received[r.URL.Path] += string(body)
	}))
	defer collector.Close()
	// The exporters read it themselves, so that all its relatives work as well.
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	service := start(t, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL})
	response, err := http.Get(service.url(t) + "/v1/entries")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	service.stop()
	if err := <-service.ended; err != nil {
		t.Fatal(err)
	}
	mutex.Lock()
	defer mutex.Unlock()
	if !strings.Contains(received["/v1/traces"], "GET /v1/entries") {
		t.Error("the collector got no span")
	}
	if !strings.Contains(received["/v1/metrics"], "http.server.request.duration") {
		t.Error("the collector got no metric")
	}
}
