// Package auth lets only callers with a valid token pass.
package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/time/rate"

	"service/internal/config"
	"service/internal/problem"
)

// Only asymmetric ones: the service never holds a key that could sign.
var algorithms = []string{"RS256", "PS256", "ES256", "EdDSA"}

var bearer = regexp.MustCompile(`(?i)^Bearer ([\w.~+/-]+=*)$`)

type callerKey struct{}

// Caller is the subject of the verified token.
func Caller(ctx context.Context) string {
	if caller, ok := ctx.Value(callerKey{}).(string); ok {
		return caller
	}
	return "anonymous"
}

// Middleware puts a check before a handler.
type Middleware func(http.Handler) http.Handler

// RequireBearer lets those pass who bring a token of the configured issuer. Its
// keys are kept, and read again from time to time and when a token names a new
// one. The context ends the reading.
func RequireBearer(ctx context.Context, settings config.Auth, logger *slog.Logger) (Middleware, error) {
	if settings.Disabled {
		logger.Warn("authentication is disabled")
		return func(next http.Handler) http.Handler { return next }, nil
	}
	keys, err := keyfunc.NewDefaultOverrideCtx(ctx, []string{settings.KeysURL}, keyfunc.Override{
		HTTPTimeout:      5 * time.Second,
		RefreshInterval:  10 * time.Minute,
		RateLimitWaitMax: time.Second,
		// Made-up key ids must not make the service flood the issuer.
		RefreshUnknownKID: rate.NewLimiter(rate.Every(10*time.Second), 1),
		RefreshErrorHandlerFunc: func(string) func(context.Context, error) {
			return func(ctx context.Context, err error) {
				logger.ErrorContext(ctx, "the keys of the issuer cannot be read", "error", err)
			}
		},
	})
	if err != nil {
		return nil, fmt.Errorf("preparing to read the keys of the issuer: %w", err)
	}
	verifier := &verifier{
		keys: keys,
		parser: jwt.NewParser(
			jwt.WithValidMethods(algorithms),
			jwt.WithIssuer(settings.Issuer),
			jwt.WithAudience(settings.Audience),
			jwt.WithExpirationRequired(),
		),
		logger: logger,
	}
	return verifier.protect, nil
}

type verifier struct {
	keys   keyfunc.Keyfunc
	parser *jwt.Parser
	logger *slog.Logger
}

func (v *verifier) protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := bearer.FindStringSubmatch(r.Header.Get("authorization"))
		if given == nil {
			w.Header().Set("www-authenticate", "Bearer")
			problem.Write(w, r, http.StatusUnauthorized, "A bearer token is required")
			return
		}
		subject, err := v.subject(r.Context(), given[1])
		switch {
		case err == nil:
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, subject)))
		case errors.Is(err, jwt.ErrTokenUnverifiable) && !v.hasKeys(r.Context()):
			// Not the caller's fault.
			w.Header().Set("retry-after", "5")
			problem.Write(w, r, http.StatusServiceUnavailable, "Tokens cannot be verified at the moment")
		default:
			v.logger.InfoContext(r.Context(), "token refused", "reason", err.Error())
			w.Header().Set("www-authenticate", `Bearer error="invalid_token"`)
			problem.Write(w, r, http.StatusUnauthorized, "The bearer token is not valid")
		}
	})
}

func (v *verifier) subject(ctx context.Context, given string) (string, error) {
	token, err := v.parser.Parse(given, v.keys.KeyfuncCtx(ctx))
	if err != nil {
		return "", err
	}
	subject, err := token.Claims.GetSubject()
	if err == nil && subject == "" {
		err = errors.New("the token has no subject")
	}
	return subject, err
}

// hasKeys tells whether the keys of the issuer have been read at all.
func (v *verifier) hasKeys(ctx context.Context) bool {
	keys, err := v.keys.Storage().KeyReadAll(ctx)
	return err == nil && len(keys) > 0
}
