package auth_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"service/internal/apitest"
)

const issuer = "https://issuer.example"

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// serveKeys plays an issuer.
func serveKeys(t *testing.T, key *ecdsa.PrivateKey) string {
	t.Helper()
	point, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	keys := map[string]any{"keys": []map[string]string{{
		"kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "key-1",
		"x": encode(point[1:33]), "y": encode(point[33:]),
	}}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(keys)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func trusting(t *testing.T, keysURL string) *apitest.Service {
	t.Helper()
	return apitest.New(t, apitest.Options{Environment: map[string]string{
		"AUTH_MODE":     "jwt",
		"AUTH_ISSUER":   issuer,
		"AUTH_AUDIENCE": "service",
		"AUTH_JWKS_URL": keysURL,
	}})
}

func token(t *testing.T, key *ecdsa.PrivateKey, more jwt.MapClaims) string {
	t.Helper()
	claims := jwt.MapClaims{
		"sub": "user-1", "iss": issuer, "aud": "service", "exp": time.Now().Add(time.Minute).Unix(),
	}
	maps.Copy(claims, more)
	unsigned := jwt.NewWithClaims(jwt.SigningMethodES256, claims)
	unsigned.Header["kid"] = "key-1"
	signed, err := unsigned.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func list(service *apitest.Service, authorization string) *httptest.ResponseRecorder {
	request := httptest.NewRequest("GET", "/v1/entries", nil)
	request.Header.Set("authorization", authorization)
	return service.Do(request)
}

func TestLetsAValidTokenInAndKnowsWhoseItIs(t *testing.T) {
	key := newKey(t)
	service := trusting(t, serveKeys(t, key))
	if response := list(service, "Bearer "+token(t, key, nil)); response.Code != http.StatusOK {
		t.Errorf("answered %d: %s", response.Code, response.Body)
	}
	if response := service.Get("/health"); response.Code != http.StatusOK {
		t.Errorf("the probe needs a token: %d", response.Code)
	}
}

func TestAsksForAToken(t *testing.T) {
	service := trusting(t, serveKeys(t, newKey(t)))
	for _, authorization := range []string{"", "Basic dXNlcjpwYXNz", "Bearer"} {
		response := list(service, authorization)
		if response.Code != http.StatusUnauthorized || response.Header().Get("www-authenticate") != "Bearer" {
			t.Errorf("%q was answered %d %v", authorization, response.Code, response.Header())
		}
	}
}

func TestRefusesATokenThatIsNotForThisService(t *testing.T) {
	key := newKey(t)
	service := trusting(t, serveKeys(t, key))
	for name, bad := range map[string]string{
		"another issuer":   token(t, key, jwt.MapClaims{"iss": "https://other.example"}),
		"another audience": token(t, key, jwt.MapClaims{"aud": "other"}),
		"expired":          token(t, key, jwt.MapClaims{"exp": time.Now().Add(-time.Minute).Unix()}),
		"no expiry":        token(t, key, jwt.MapClaims{"exp": nil}),
		"no subject":       token(t, key, jwt.MapClaims{"sub": ""}),
		"a stranger's key": token(t, newKey(t), nil),
		"unsigned":         base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + ".e30.",
		"nonsense":         "nonsense",
	} {
		response := list(service, "Bearer "+bad)
		if response.Code != http.StatusUnauthorized || response.Header().Get("www-authenticate") != `Bearer error="invalid_token"` {
			t.Errorf("%s was answered %d %v", name, response.Code, response.Header())
		}
	}
}

func TestDoesNotBlameTheCallerWhenTheIssuerIsAway(t *testing.T) {
	service := trusting(t, "http://127.0.0.1:1/")
	response := list(service, "Bearer "+token(t, newKey(t), nil))
	if response.Code != http.StatusServiceUnavailable || response.Header().Get("retry-after") == "" {
		t.Errorf("answered %d %v", response.Code, response.Header())
	}
}
