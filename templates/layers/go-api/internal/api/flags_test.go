package api_test

import (
	"net/http"
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"

	"service/internal/apitest"
	"service/internal/flags"
)

func turnOff(t *testing.T, flag flags.Flag) {
	t.Helper()
	err := openfeature.SetProviderAndWait(memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
		flag.Key: {
			State:          memprovider.Enabled,
			Variants:       map[string]any{"off": false},
			DefaultVariant: "off",
		},
	}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = openfeature.SetProviderAndWait(openfeature.NoopProvider{}) })
}

func TestCreatesNoEntriesWhenTheyAreTurnedOffAndAnswersAllElse(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	service.Post("/v1/entries", `{"key": "one", "text": "text"}`)
	turnOff(t, flags.AcceptEntries)
	refused := service.Post("/v1/entries", `{"key": "two", "text": "text"}`)
	if refused.Code != http.StatusServiceUnavailable || refused.Header().Get("retry-after") != "60" {
		t.Errorf("answered %d %v", refused.Code, refused.Header())
	}
	if kind := refused.Header().Get("content-type"); kind != "application/problem+json" {
		t.Errorf("content type %s", kind)
	}
	for path, status := range map[string]int{
		"/v1/entries": http.StatusOK, "/v1/entries/one": http.StatusOK, "/v1/entries/two": http.StatusNotFound,
	} {
		if answered := service.Get(path); answered.Code != status {
			t.Errorf("%s was answered %d", path, answered.Code)
		}
	}
}
