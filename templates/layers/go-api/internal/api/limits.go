package api

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/go-chi/httprate"

	"service/internal/config"
	"service/internal/problem"
)

// limitRate counts the requests of each address, in memory: it protects this
// process. A quota over all replicas belongs to the gateway.
func limitRate(settings config.Config) func(http.Handler) http.Handler {
	byAddress := func(r *http.Request) (string, error) {
		return httprate.CanonicalizeIP(address(r, settings.TrustProxy)), nil
	}
	return httprate.LimitBy(settings.RateLimit, settings.RateWindow, byAddress,
		httprate.WithResponseHeaders(httprate.ResponseHeaders{
			Limit:      "ratelimit-limit",
			Remaining:  "ratelimit-remaining",
			Reset:      "ratelimit-reset",
			RetryAfter: "retry-after",
		}),
		httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
			problem.Write(w, r, http.StatusTooManyRequests, "Too many requests")
		}),
	)
}

// address of the caller: the nearest one that is not a proxy of ours.
func address(r *http.Request, proxies []netip.Prefix) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	caller := peer.Addr().Unmap()
	hops := strings.Split(r.Header.Get("x-forwarded-for"), ",")
	for _, hop := range slices.Backward(hops) {
		if !trusted(caller, proxies) {
			break
		}
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		caller = before.Unmap()
	}
	return caller.String()
}

func trusted(address netip.Addr, proxies []netip.Prefix) bool {
	return slices.ContainsFunc(proxies, func(proxy netip.Prefix) bool {
		return proxy.Contains(address)
	})
}

// limitBody makes reading fail past the limit.
func limitBody(limit int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}
