package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"service/internal/apitest"
	"service/internal/entries"
	"service/internal/lifecycle"
)

func TestKeepsReadsAndDeletesAnEntry(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	created := service.Post("/v1/entries", `{"key": "opening-hours", "text": "9 to 5"}`)
	if created.Code != http.StatusCreated || created.Header().Get("location") != "/v1/entries/opening-hours" {
		t.Fatalf("created: %d %v", created.Code, created.Header())
	}
	read := service.Get("/v1/entries/opening-hours")
	if !reflect.DeepEqual(apitest.JSON(t, read), apitest.JSON(t, created)) {
		t.Errorf("read %s, created %s", read.Body, created.Body)
	}
	for _, status := range []int{http.StatusNoContent, http.StatusNotFound} {
		removed := service.Do(httptest.NewRequest("DELETE", "/v1/entries/opening-hours", nil))
		if removed.Code != status {
			t.Errorf("deleting answered %d, want %d", removed.Code, status)
		}
	}
}

func TestGivesEveryEntryOncePageByPage(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	for _, key := range []string{"c", "a", "e", "b", "d"} {
		service.Post("/v1/entries", `{"key": "`+key+`", "text": "text"}`)
	}
	var keys []string
	var sizes []int
	for path := "/v1/entries?limit=2"; path != ""; {
		page := apitest.JSON(t, service.Get(path))
		items := page["items"].([]any)
		sizes = append(sizes, len(items))
		for _, item := range items {
			keys = append(keys, item.(map[string]any)["key"].(string))
		}
		path = ""
		if cursor, more := page["nextCursor"].(string); more {
			path = "/v1/entries?limit=2&cursor=" + cursor
		}
	}
	if !slices.Equal(keys, []string{"a", "b", "c", "d", "e"}) || !slices.Equal(sizes, []int{2, 2, 1}) {
		t.Errorf("got %v in pages of %v", keys, sizes)
	}
	if all := service.Get("/v1/entries"); all.Code != http.StatusOK {
		t.Errorf("without a limit: %d %s", all.Code, all.Body)
	}
}

func TestRefusesWhatDoesNotFit(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	for _, body := range []string{
		`{"key": "a"}`,
		`{"key": "a", "text": "b", "createdBy": "me"}`,
		`{"key": "a", "text": 1}`,
		`{"key": "Not A Key", "text": "b"}`,
		`[]`,
		`{`,
		``,
	} {
		if response := service.Post("/v1/entries", body); response.Code != http.StatusBadRequest {
			t.Errorf("%s was answered %d", body, response.Code)
		}
	}
	for _, query := range []string{"limit=0", "limit=101", "limit=ten", "cursor=%2F", "cursor=not%20one", "page=2"} {
		if response := service.Get("/v1/entries?" + query); response.Code != http.StatusBadRequest {
			t.Errorf("%s was answered %d", query, response.Code)
		}
	}
}

func TestSaysWhichPartWasWrong(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	request := jsonRequest(`{"key": "a", "text": ""}`)
	request.Header.Set("x-request-id", "request-1")
	response := service.Do(request)
	if kind := response.Header().Get("content-type"); kind != "application/problem+json" {
		t.Errorf("content type %s", kind)
	}
	problem := apitest.JSON(t, response)
	wrong := problem["errors"].([]any)[0].(map[string]any)
	if wrong["pointer"] != "body/text" || problem["requestId"] != "request-1" || problem["title"] != "Bad Request" {
		t.Errorf("got %v", problem)
	}
}

func TestAnswers404WhereNothingIs(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	response := service.Get("/nowhere?token=secret")
	if detail := apitest.JSON(t, response)["detail"]; response.Code != http.StatusNotFound || detail != "There is nothing at GET /nowhere" {
		t.Errorf("%d %v", response.Code, detail)
	}
}

type broken struct{ entries.Store }

func (broken) Get(context.Context, string) (entries.Entry, error) {
	return entries.Entry{}, errors.New("connect to db.internal with password hunter2")
}

func (broken) Remove(context.Context, string) error { panic("a mistake") }

func TestKeepsWhatFailedInsideInTheLogs(t *testing.T) {
	service := apitest.New(t, apitest.Options{Store: broken{}})
	for _, method := range []string{"GET", "DELETE"} {
		response := service.Do(httptest.NewRequest(method, "/v1/entries/one", nil))
		problem := apitest.JSON(t, response)
		if _, told := problem["detail"]; response.Code != http.StatusInternalServerError || told {
			t.Errorf("%s: %d %v", method, response.Code, problem)
		}
		logged := slices.ContainsFunc(service.Logs.Lines(t), func(line map[string]any) bool {
			return line["msg"] == "request failed" && line["request_id"] == problem["requestId"]
		})
		if !logged {
			t.Errorf("%s: the cause is not in the logs", method)
		}
	}
}

func TestSendsSecurityHeadersWithEveryAnswer(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	for _, path := range []string{"/health", "/v1/entries", "/nowhere"} {
		header := service.Get(path).Header()
		if header.Get("x-content-type-options") != "nosniff" || header.Get("content-security-policy") == "" {
			t.Errorf("%s: %v", path, header)
		}
	}
}

func TestLimitsHowManyRequestsOneAddressMakes(t *testing.T) {
	service := apitest.New(t, apitest.Options{Environment: map[string]string{
		"RATE_LIMIT_MAX": "2",
		"TRUST_PROXY":    "192.0.2.0/24",
	}})
	ask := func(forwarded string) *httptest.ResponseRecorder {
		request := httptest.NewRequest("GET", "/v1/entries", nil)
		request.Header.Set("x-forwarded-for", forwarded)
		return service.Do(request)
	}
	for _, status := range []int{200, 200, 429} {
		if response := ask("198.51.100.7"); response.Code != status {
			t.Errorf("answered %d, want %d", response.Code, status)
		}
	}
	if ask("198.51.100.7").Header().Get("retry-after") == "" {
		t.Error("does not say when to try again")
	}
	// Only what the proxy says is believed, not what a caller made up before it.
	if response := ask("203.0.113.1, 198.51.100.7"); response.Code != http.StatusTooManyRequests {
		t.Errorf("a made-up address was answered %d", response.Code)
	}
	if response := ask("198.51.100.8"); response.Code != http.StatusOK {
		t.Errorf("another address was answered %d", response.Code)
	}
	if response := service.Get("/health"); response.Code != http.StatusOK {
		t.Errorf("the probe was answered %d", response.Code)
	}
}

func TestCorrelates(t *testing.T) {
	const trace = "0af7651916cd43dd8448eb211c80319c"
	for name, test := range map[string]struct{ id, traceparent, wantID, wantTrace string }{
		"takes over the ids of the caller": {"call-7", "00-" + trace + "-b7ad6b7169203331-01", "^call-7$", "^" + trace + "$"},
		"makes ids where they are invalid": {"two words\t\"", "nonsense", `^\w{26}$`, `^[\da-f]{32}$`},
	} {
		t.Run(name, func(t *testing.T) {
			service := apitest.New(t, apitest.Options{})
			request := httptest.NewRequest("GET", "/v1/entries?cursor=secret", nil)
			request.Header.Set("x-request-id", test.id)
			request.Header.Set("traceparent", test.traceparent)
			id := service.Do(request).Header().Get("x-request-id")
			lines := service.Logs.Lines(t)
			line := lines[len(lines)-1]
			if !regexp.MustCompile(test.wantID).MatchString(id) || line["request_id"] != id {
				t.Errorf("request id %s, logged %v", id, line["request_id"])
			}
			if !regexp.MustCompile(test.wantTrace).MatchString(line["trace_id"].(string)) {
				t.Errorf("trace id %v", line["trace_id"])
			}
			if strings.Contains(line["path"].(string), "cursor") {
				t.Error("the query is in the logs")
			}
		})
	}
}

func TestReadyOnlyBetweenStartingAndDraining(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	for state, status := range map[lifecycle.State]int{
		lifecycle.Starting: 503,
		lifecycle.Ready:    200,
		lifecycle.Draining: 503,
	} {
		service.Lifecycle.Enter(state)
		response := service.Get("/ready")
		if response.Code != status || apitest.JSON(t, response)["status"] != state.String() {
			t.Errorf("%s: %d %s", state, response.Code, response.Body)
		}
	}
	if health := service.Get("/health"); health.Code != http.StatusOK {
		t.Errorf("health: %d", health.Code)
	}
}

func TestMeasuresRequestsByRouteMethodAndStatus(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	service.Post("/v1/entries", `{"key": "first", "text": "text"}`)
	for _, path := range []string{"/v1/entries/first", "/v1/entries/absent", "/wp-login.php", "/health"} {
		service.Get(path)
	}
	metrics := service.Get("/metrics").Body.String()
	for _, wanted := range []string{
		`http_request_method="POST",http_response_status_code="201",http_route="/v1/entries"`,
		`http_request_method="GET",http_response_status_code="200",http_route="/v1/entries/{key}"`,
		`http_request_method="GET",http_response_status_code="404",http_route="/v1/entries/{key}"`,
	} {
		if !strings.Contains(metrics, "http_server_request_duration_seconds_count{"+wanted) {
			t.Errorf("%s is missing in\n%s", wanted, metrics)
		}
	}
	for _, unwanted := range []string{"wp-login", `http_route="/health"`} {
		if strings.Contains(metrics, unwanted) {
			t.Errorf("%s is measured", unwanted)
		}
	}
	for _, name := range []string{"process_cpu_seconds_total", "process_resident_memory_bytes", "go_goroutines"} {
		if !strings.Contains(metrics, "\n"+name+" ") {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestServesItsDocument(t *testing.T) {
	service := apitest.New(t, apitest.Options{})
	if body := service.Get("/openapi.yaml").Body.String(); !strings.HasPrefix(body, "openapi: 3.1") {
		t.Error("it is not the document")
	}
}
