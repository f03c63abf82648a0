// Package operations answers machines that look after the service, not its users.
package operations

import (
	"encoding/json"
	"net/http"
	"time"

	"service/internal/lifecycle"
)

// Answers is healthy for services that are well while they answer at all.
func Answers() bool { return true }

// Register puts probes and metrics into a mux. A service that is not healthy is
// started anew by whatever runs it.
func Register(mux *http.ServeMux, life *lifecycle.Lifecycle, healthy func() bool, metrics http.Handler) {
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		if !healthy() {
			status(w, http.StatusServiceUnavailable, "stuck")
			return
		}
		status(w, http.StatusOK, "ok")
	})
	mux.HandleFunc("GET /ready", func(w http.ResponseWriter, _ *http.Request) {
		code := http.StatusServiceUnavailable
		if life.State() == lifecycle.Ready {
			code = http.StatusOK
		}
		status(w, code, life.State().String())
	})
	mux.Handle("GET /metrics", metrics)
}

func status(w http.ResponseWriter, code int, text string) {
	w.Header().Set("content-type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]string{"status": text})
}

// AskHealth asks a service that runs here whether it is well, for images that have
// no shell. It gives the exit code of the process that asks.
func AskHealth(port string) int {
	if port == "" {
		port = "8080"
	}
	client := http.Client{Timeout: 2 * time.Second}
	response, err := client.Get("http://127.0.0.1:" + port + "/health")
	if err != nil {
		return 1
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return 1
	}
	return 0
}
