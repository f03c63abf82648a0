package api_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"

	"service/internal/apitest"
	"service/internal/contract"
)

// Each operation answers as the document says.
func TestContract(t *testing.T) {
	text := func(length int) string { return `{"key": "new", "text": "` + strings.Repeat("x", length) + `"}` }
	for name, ask := range map[string]*http.Request{
		"listEntries 200": httptest.NewRequest("GET", "/v1/entries?limit=1", nil),
		"listEntries 400": httptest.NewRequest("GET", "/v1/entries?limit=0", nil),
		"createEntry 201": jsonRequest(text(3)),
		"createEntry 400": jsonRequest(`{"key": "Not A Key", "text": "text"}`),
		"createEntry 409": jsonRequest(`{"key": "one", "text": "text"}`),
		"createEntry 413": jsonRequest(text(70_000)),
		"createEntry 415": httptest.NewRequest("POST", "/v1/entries", strings.NewReader("a,b")),
		"getEntry 200":    httptest.NewRequest("GET", "/v1/entries/one", nil),
		"getEntry 400":    httptest.NewRequest("GET", "/v1/entries/NOT", nil),
		"getEntry 404":    httptest.NewRequest("GET", "/v1/entries/absent", nil),
		"deleteEntry 204": httptest.NewRequest("DELETE", "/v1/entries/one", nil),
		"deleteEntry 404": httptest.NewRequest("DELETE", "/v1/entries/absent", nil),
	} {
		t.Run(name, func(t *testing.T) {
			service := apitest.New(t, apitest.Options{})
			for _, key := range []string{"one", "two"} {
				service.Post("/v1/entries", `{"key": "`+key+`", "text": "text"}`)
			}
			id, wanted, _ := strings.Cut(name, " ")
			response := service.Do(ask)
			if strconv.Itoa(response.Code) != wanted {
				t.Fatalf("answered %d: %s", response.Code, response.Body)
			}
			err := openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
				RequestValidationInput: contract.Input(service.Contract.Route(id), ask),
				Status:                 response.Code,
				Header:                 response.Header(),
				Body:                   response.Result().Body,
				Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEveryOperationHasOneHandler(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	_, err := service.Contract.Mux(map[string]http.HandlerFunc{
		"listEntries": nil, "createEntry": nil, "getEntry": nil, "paintEntry": nil,
	})
	for _, mistake := range []string{"nothing handles deleteEntry", "has no paintEntry"} {
		if err == nil || !strings.Contains(err.Error(), mistake) {
			t.Errorf("%q is missing in %v", mistake, err)
		}
	}
}

func jsonRequest(body string) *http.Request {
	request := httptest.NewRequest("POST", "/v1/entries", strings.NewReader(body))
	request.Header.Set("content-type", "application/json; charset=utf-8")
	return request
}
