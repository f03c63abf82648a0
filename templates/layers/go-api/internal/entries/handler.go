package entries

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"service/internal/auth"
	"service/internal/flags"
	"service/internal/problem"
)

// Handler answers the operations on entries. What reaches it fits the API
// document, so it checks nothing that the document says already.
type Handler struct {
	Store  Store
	Logger *slog.Logger
}

var key = regexp.MustCompile(`^[a-z0-9-]+$`)

type page struct {
	Items      []Entry `json:"items"`
	NextCursor string  `json:"nextCursor,omitempty"`
}

// List handles listEntries.
func (h *Handler) List(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	// The document's default has been applied by now.
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil {
		h.fail(w, r, err)
		return
	}
	after, err := readCursor(query.Get("cursor"))
	if err != nil {
		problem.Write(w, r, http.StatusBadRequest, "The cursor is not one that this API gave")
		return
	}
	// One more than asked for tells whether there is a next page.
	found, err := h.Store.List(r.Context(), after, limit+1)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	answer := page{Items: found}
	if len(found) > limit {
		answer.Items = found[:limit]
		answer.NextCursor = base64.RawURLEncoding.EncodeToString([]byte(found[limit-1].Key))
	}
	h.send(w, r, http.StatusOK, answer)
}

// Create handles createEntry.
func (h *Handler) Create(w http.ResponseWriter, r *http.Request) {
	if !flags.AcceptEntries.On(r.Context(), auth.Caller(r.Context())) {
		w.Header().Set("retry-after", "60")
		problem.Write(w, r, http.StatusServiceUnavailable, "No entries are accepted at the moment")
		return
	}
	var wanted struct {
		Key  string `json:"key"`
		Text string `json:"text"`
	}
	if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil {
		h.fail(w, r, err)
		return
	}
	entry := Entry{
		Key:       wanted.Key,
		Text:      wanted.Text,
		CreatedAt: time.Now().UTC(),
		CreatedBy: auth.Caller(r.Context()),
	}
	if err := h.Store.Add(r.Context(), entry); err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("location", "/v1/entries/"+url.PathEscape(entry.Key))
	h.send(w, r, http.StatusCreated, entry)
}

// Get handles getEntry.
func (h *Handler) Get(w http.ResponseWriter, r *http.Request) {
	entry, err := h.Store.Get(r.Context(), r.PathValue("key"))
	if err != nil {
		h.fail(w, r, err)
		return
	}
	h.send(w, r, http.StatusOK, entry)
}

// Remove handles deleteEntry.
func (h *Handler) Remove(w http.ResponseWriter, r *http.Request) {
	if err := h.Store.Remove(r.Context(), r.PathValue("key")); err != nil {
		h.fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func readCursor(cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	after, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil && !key.Match(after) {
		err = errors.New("no key")
	}
	return string(after), err
}

func (h *Handler) send(w http.ResponseWriter, r *http.Request, status int, body any) {
	w.Header().Set("content-type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		h.Logger.InfoContext(r.Context(), "the answer was not taken", "error", err)
	}
}

func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, ErrNotFound):
		problem.Write(w, r, http.StatusNotFound, "There is no entry under this key")
	case errors.Is(err, ErrExists):
		problem.Write(w, r, http.StatusConflict, "There is already an entry under this key")
	default:
		// What went wrong inside is for the logs, not for the caller.
		h.Logger.ErrorContext(r.Context(), "request failed", "error", err)
		problem.Write(w, r, http.StatusInternalServerError, "")
	}
}
