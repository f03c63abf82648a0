// Package contract makes routes of the API document, and lets only requests
// through that fit it.
package contract

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"service/internal/problem"
)

// Contract is the API document, read.
type Contract struct {
	document *openapi3.T
	routes   map[string]*routers.Route
}

// Load reads an API document.
func Load(document []byte) (*Contract, error) {
	loader := openapi3.NewLoader()
	read, err := loader.LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("reading the API document: %w", err)
	}
	if err := read.Validate(loader.Context); err != nil {
		return nil, fmt.Errorf("the API document: %w", err)
	}
	routes := map[string]*routers.Route{}
	for path, item := range read.Paths.Map() {
		for method, operation := range item.Operations() {
			if operation.OperationID == "" {
				return nil, fmt.Errorf("the API document: %s %s has no operationId", method, path)
			}
			routes[operation.OperationID] = &routers.Route{
				Spec:      read,
				Path:      path,
				PathItem:  item,
				Method:    method,
				Operation: operation,
			}
		}
	}
	return &Contract{document: read, routes: routes}, nil
}

// Title names the service.
func (c *Contract) Title() string { return c.document.Info.Title }

// Route of an operation, or nil.
func (c *Contract) Route(operationID string) *routers.Route { return c.routes[operationID] }

// Mux routes every operation of the document to its handler. An operation
// without a handler is a mistake, and so is a handler without an operation.
func (c *Contract) Mux(handlers map[string]http.HandlerFunc) (*http.ServeMux, error) {
	var mistakes []error
	mux := http.NewServeMux()
	for id, route := range c.routes {
		handler, found := handlers[id]
		if !found {
			mistakes = append(mistakes, fmt.Errorf("nothing handles %s", id))
			continue
		}
		mux.Handle(route.Method+" "+route.Path, insist(route, handler))
	}
	for id := range handlers {
		if c.routes[id] == nil {
			mistakes = append(mistakes, fmt.Errorf("the API document has no %s", id))
		}
	}
	return mux, errors.Join(mistakes...)
}

// insist lets requests pass that fit the document.
func insist(route *routers.Route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !takes(route.Operation, r.Header.Get("content-type")) {
			problem.Write(w, r, http.StatusUnsupportedMediaType, "The body must be application/json")
			return
		}
		err := openapi3filter.ValidateRequest(r.Context(), Input(route, r))
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			problem.Write(w, r, http.StatusRequestEntityTooLarge, "The body is larger than the service accepts")
			return
		}
		found := append(unknown(route, r), details(err, "")...)
		if len(found) > 0 {
			problem.Write(w, r, http.StatusBadRequest, "The request does not fit the API document", found...)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Input is what a request is checked by.
func Input(route *routers.Route, r *http.Request) *openapi3filter.RequestValidationInput {
	parameters := map[string]string{}
	for part := range strings.SplitSeq(route.Path, "/") {
		if name, isParameter := strings.CutPrefix(part, "{"); isParameter {
			name = strings.TrimSuffix(name, "}")
			parameters[name] = r.PathValue(name)
		}
	}
	return &openapi3filter.RequestValidationInput{
		Request:    r,
		PathParams: parameters,
		Route:      route,
		Options: &openapi3filter.Options{
			MultiError: true,
			// Tokens are verified before.
			AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc,
			IncludeResponseStatus: true,
		},
	}
}

func takes(operation *openapi3.Operation, contentType string) bool {
	if operation.RequestBody == nil {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && operation.RequestBody.Value.Content[media] != nil
}

// unknown are parameters of the query that the document does not have: a caller
// who misspells one should hear of it.
func unknown(route *routers.Route, r *http.Request) []problem.Detail {
	var found []problem.Detail
	for name := range r.URL.Query() {
		known := route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name) != nil ||
			route.PathItem.Parameters.GetByInAndName(openapi3.ParameterInQuery, name) != nil
		if !known {
			found = append(found, problem.Detail{Pointer: "query/" + name, Detail: "is not in the API document"})
		}
	}
	slices.SortFunc(found, func(a, b problem.Detail) int { return strings.Compare(a.Pointer, b.Pointer) })
	return found
}

// details tells what was wrong, and where in the request.
func details(err error, where string) []problem.Detail {
	switch wrong := err.(type) {
	case nil:
		return nil
	case openapi3.MultiError:
		var all []problem.Detail
		for _, one := range wrong {
			all = append(all, details(one, where)...)
		}
		return all
	case *openapi3filter.RequestError:
		where = "body"
		if wrong.Parameter != nil {
			where = wrong.Parameter.In + "/" + wrong.Parameter.Name
		}
		if wrong.Err == nil {
			return []problem.Detail{{Pointer: where, Detail: wrong.Reason}}
		}
		return details(wrong.Err, where)
	case *openapi3.SchemaError:
		pointer := strings.Join(append([]string{where}, wrong.JSONPointer()...), "/")
		return []problem.Detail{{Pointer: pointer, Detail: wrong.Reason}}
	default:
		return []problem.Detail{{Pointer: where, Detail: err.Error()}}
	}
}
