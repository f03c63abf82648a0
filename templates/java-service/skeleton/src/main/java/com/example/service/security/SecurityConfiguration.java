package com.example.service.security;

import com.example.service.config.Settings;
import com.example.service.limits.BodyLimit;
import com.example.service.limits.RateLimit;
import com.example.service.operations.Operations;
import com.example.service.problem.Problems;
import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** What every request passes through, in this order: headers, rate limit, token, body limit. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  private static final Logger log = LoggerFactory.getLogger(SecurityConfiguration.class);

  @Bean
  SecurityFilterChain filters(HttpSecurity http, Settings settings, Problems problems) {
    http.csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(anonymous -> anonymous.principal("anonymous"))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        policy ->
                            policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
        // Before authentication, so that guessing tokens is limited as well.
        .addFilterAfter(new RateLimit(settings, problems), HeaderWriterFilter.class)
        .addFilterAfter(new BodyLimit(settings, problems), AuthorizationFilter.class);
    settings
        .auth()
        .ifPresentOrElse(
            auth -> requireTokens(http, auth, new TokenRefusals(problems)), () -> letAllIn(http));
    return http.build();
  }

  /** What the firewall of the framework refuses is no error of ours. */
  @Bean
  RequestRejectedHandler rejected(Problems problems) {
    return (request, response, rejection) ->
        problems.write(request, response, HttpStatus.BAD_REQUEST, "The address is not a valid one");
  }

  private static void requireTokens(HttpSecurity http, Settings.Auth auth, TokenRefusals refusals) {
    http.authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(Operations::includes)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(jwt -> jwt.decoder(TokenDecoder.of(auth)))
                    .authenticationEntryPoint(refusals)
                    .withObjectPostProcessor(
                        new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
                          @Override
                          public <F extends BearerTokenAuthenticationFilter> F postProcess(
                              F filter) {
                            // Its own handler makes a 500 when keys cannot be read.
                            filter.setAuthenticationFailureHandler(refusals::commence);
                            return filter;
                          }
                        }));
  }

  private static void letAllIn(HttpSecurity http) {
    log.warn("authentication is disabled");
    http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
  }
}
