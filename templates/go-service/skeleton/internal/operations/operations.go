// Package operations answers machines that look after the service, not its users.
package operations

import (
	"encoding/json"
	"net/http"

	"service"
	"service/internal/lifecycle"
)

// Register puts probes, metrics and the API document into a mux.
func Register(mux *http.ServeMux, life *lifecycle.Lifecycle, metrics http.Handler) {
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
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
	mux.HandleFunc("GET /openapi.yaml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("content-type", "application/yaml; charset=utf-8")
		_, _ = w.Write(service.Document)
	})
}

func status(w http.ResponseWriter, code int, text string) {
	w.Header().Set("content-type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]string{"status": text})
}
