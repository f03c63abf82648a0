package main

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/open-feature/go-sdk/openfeature"

	"service/internal/config"
	"service/internal/logtest"
)

func made(t *testing.T, environment map[string]string) (handler, *logtest.Logs) {
	t.Helper()
	logs := &logtest.Logs{}
	handle, err := build(t.Context(), func(name string) string { return environment[name] }, logs)
	if err != nil {
		t.Fatal(err)
	}
	return handle, logs
}

func request(method, path, body string) events.APIGatewayV2HTTPRequest {
	event := events.APIGatewayV2HTTPRequest{
		Version: "2.0",
		RawPath: path,
		Headers: map[string]string{"content-type": "application/json"},
		Body:    body,
	}
	event.RequestContext.HTTP.Method = method
	event.RequestContext.HTTP.Path = path
	event.RequestContext.HTTP.SourceIP = "192.0.2.1"
	event.RequestContext.RequestID = "JKJaXmPLvHcESHA="
	return event
}

var test = map[string]string{"APP_ENV": "test", "AUTH_MODE": "disabled"}

func TestAnswersAsTheServiceDoes(t *testing.T) {
	handle, logs := made(t, test)
	for _, step := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"POST", "/v1/entries", `{"key":"opening-hours","text":"9 to 5"}`, http.StatusCreated, `"text":"9 to 5"`},
		{"POST", "/v1/entries", `{"key":"opening-hours","text":"9 to 5"}`, http.StatusConflict, `"requestId":"JKJaXmPLvHcESHA"`},
		{"POST", "/v1/entries", `{"key":"Not a key"}`, http.StatusBadRequest, `"pointer":"body/key"`},
		{"GET", "/v1/entries/opening-hours", "", http.StatusOK, `"key":"opening-hours"`},
		{"GET", "/v1/entries/absent", "", http.StatusNotFound, `"status":404`},
		{"GET", "/v1/nothing", "", http.StatusNotFound, `"status":404`},
	} {
		response, err := handle(context.Background(), request(step.method, step.path, step.body))
		if err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != step.status || !strings.Contains(response.Body, step.says) {
			t.Errorf("%s %s: %d %s", step.method, step.path, response.StatusCode, response.Body)
		}
	}
	found := slices.ContainsFunc(logs.Lines(t), func(line map[string]any) bool {
		return line["msg"] == "request completed" && line["request_id"] == "JKJaXmPLvHcESHA" && line["trace_id"] != ""
	})
	if !found {
		t.Errorf("no line has the id of API Gateway: %v", logs.Lines(t))
	}
}

func TestTheQueryArrives(t *testing.T) {
	handle, _ := made(t, test)
	event := request("GET", "/v1/entries", "")
	event.RawQueryString = "limit=0"
	response, err := handle(context.Background(), event)
	if err != nil || response.StatusCode != http.StatusBadRequest {
		t.Errorf("%d, %v", response.StatusCode, err)
	}
}

func TestHeedsTheParameterOfFlags(t *testing.T) {
	ssm := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		off := `{"flags": {"accept-entries": {"state": "ENABLED", "variants": {"off": false}, "defaultVariant": "off"}}}`
		_ = json.NewEncoder(w).Encode(map[string]any{"Parameter": map[string]string{"Value": off}})
	}))
	t.Cleanup(ssm.Close)
	t.Cleanup(func() { _ = openfeature.SetProviderAndWait(openfeature.NoopProvider{}) })
	t.Setenv("AWS_ENDPOINT_URL_SSM", ssm.URL)
	t.Setenv("AWS_ACCESS_KEY_ID", "tests")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "tests")
	t.Setenv("AWS_REGION", "eu-central-1")
	environment := maps.Clone(test)
	environment["FLAGS_PARAMETER"] = "/service/flags"
	handle, _ := made(t, environment)

	response, err := handle(context.Background(), request("POST", "/v1/entries", `{"key":"opening-hours","text":"9 to 5"}`))
	if err != nil || response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d %s, %v", response.StatusCode, response.Body, err)
	}
}

func TestTrustsNobodyWithoutAToken(t *testing.T) {
	handle, _ := made(t, map[string]string{
		"APP_ENV":       "test",
		"AUTH_ISSUER":   "https://issuer.example",
		"AUTH_AUDIENCE": "service",
		"AUTH_JWKS_URL": "https://127.0.0.1:1/keys",
	})
	response, err := handle(context.Background(), request("GET", "/v1/entries", ""))
	if err != nil || response.StatusCode != http.StatusUnauthorized {
		t.Errorf("%d, %v", response.StatusCode, err)
	}
}

func TestRefusesToForget(t *testing.T) {
	logs := &logtest.Logs{}
	_, err := build(t.Context(), func(string) string { return "" }, logs)
	var problems config.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	if !strings.Contains(problems.Error(), "TABLE_NAME: is required") || !strings.Contains(problems.Error(), "AUTH_ISSUER: is required") {
		t.Errorf("got %v", problems)
	}
}
