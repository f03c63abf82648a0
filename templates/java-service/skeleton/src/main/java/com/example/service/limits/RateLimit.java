package com.example.service.limits;

import com.example.service.config.Settings;
import com.example.service.operations.Operations;
import com.example.service.problem.Problems;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts the requests of each address, in memory: it protects this process. A quota over all
 * replicas belongs to the gateway, or to a distributed store of the same library.
 */
public class RateLimit extends OncePerRequestFilter {
  private static final int MOST_ADDRESSES = 100_000;

  private final Settings settings;
  private final Problems problems;
  private final Cache<String, Bucket> buckets;

  public RateLimit(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
    buckets =
        Caffeine.newBuilder()
            .expireAfterAccess(settings.rateLimitWindow())
            .maximumSize(MOST_ADDRESSES)
            .build();
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Operations.includes(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var address = CallerAddress.of(request, settings.trustProxy());
    var probe = buckets.get(address, unknown -> newBucket()).tryConsumeAndReturnRemaining(1);
    response.setIntHeader("ratelimit-limit", settings.rateLimitMax());
    response.setHeader("ratelimit-remaining", Long.toString(probe.getRemainingTokens()));
    response.setHeader("ratelimit-reset", seconds(probe.getNanosToWaitForReset()));
    if (probe.isConsumed()) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader(HttpHeaders.RETRY_AFTER, seconds(probe.getNanosToWaitForRefill()));
    problems.write(request, response, HttpStatus.TOO_MANY_REQUESTS, "Too many requests");
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity(settings.rateLimitMax())
                    .refillIntervally(settings.rateLimitMax(), settings.rateLimitWindow()))
        .build();
  }

  /** Rounded up, so that nobody comes back too early. */
  private static String seconds(long nanos) {
    return Long.toString(Duration.ofNanos(nanos).plusMillis(999).toSeconds());
  }
}
