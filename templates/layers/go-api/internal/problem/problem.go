// Package problem writes errors as RFC 9457 describes them.
package problem

import (
	"encoding/json"
	"net/http"

	"service/internal/logging"
)

// Problem is the body of every error.
type Problem struct {
	Type      string   `json:"type"`
	Title     string   `json:"title"`
	Status    int      `json:"status"`
	Detail    string   `json:"detail,omitempty"`
	RequestID string   `json:"requestId"`
	Errors    []Detail `json:"errors,omitempty"`
}

// Detail is one thing that was wrong with a request.
type Detail struct {
	Pointer string `json:"pointer"`
	Detail  string `json:"detail"`
}

// Write answers with a problem. The detail is for the caller: what went wrong
// inside belongs into the logs.
func Write(w http.ResponseWriter, r *http.Request, status int, detail string, errors ...Detail) {
	w.Header().Set("content-type", "application/problem+json")
	w.WriteHeader(status)
	// A caller who is gone cannot be told.
	_ = json.NewEncoder(w).Encode(Problem{
		Type:      "about:blank",
		Title:     http.StatusText(status),
		Status:    status,
		Detail:    detail,
		RequestID: logging.RequestID(r.Context()),
		Errors:    errors,
	})
}
