package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-feature/go-sdk/openfeature"
)

func TestHeedsAFlagThatIsTurnedWhileItRuns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "flags.json")
	turn := func(variant string) {
		text := `{"flags": {"accept-entries": {"state": "ENABLED",
			"variants": {"on": true, "off": false}, "defaultVariant": "` + variant + `"}}}`
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	turn("off")
	t.Cleanup(func() { _ = openfeature.SetProviderAndWait(openfeature.NoopProvider{}) })
	service := start(t, map[string]string{"FLAGS_FILE": file, "RATE_LIMIT_MAX": "100000"})
	url := service.url(t)
	post := func() int {
		response, err := http.Post(url+"/v1/entries", "application/json", strings.NewReader(`{"key": "a", "text": "b"}`))
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		return response.StatusCode
	}
	if status := post(); status != http.StatusServiceUnavailable {
		t.Errorf("turned off, it answered %d", status)
	}
	turn("on")
	status := 0
	for deadline := time.Now().Add(20 * time.Second); status != http.StatusCreated && time.Now().Before(deadline); {
		status = post()
		time.Sleep(5 * time.Millisecond)
	}
	if status != http.StatusCreated {
		t.Errorf("turned on, it answered %d", status)
	}
	service.stop()
	if err := <-service.ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}
