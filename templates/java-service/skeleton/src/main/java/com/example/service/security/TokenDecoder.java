package com.example.service.security;

import com.example.service.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** Verifies tokens of one issuer for one audience. */
final class TokenDecoder {
  /** Only asymmetric ones: the service never holds a key that could sign. */
  private static final Set<SignatureAlgorithm> algorithms =
      Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);

  private static final Duration patience = Duration.ofSeconds(5);

  private TokenDecoder() {}

  static JwtDecoder of(Settings.Auth auth) {
    var connections = new SimpleClientHttpRequestFactory();
    connections.setConnectTimeout(patience);
    connections.setReadTimeout(patience);
    var decoder =
        NimbusJwtDecoder.withJwkSetUri(auth.jwksUrl().toString())
            .jwsAlgorithms(trusted -> trusted.addAll(algorithms))
            .restOperations(new RestTemplate(connections))
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            List.of(
                new JwtTimestampValidator(Duration.ZERO),
                new JwtIssuerValidator(auth.issuer()),
                new JwtAudienceValidator(auth.audience()),
                new JwtClaimValidator<>(JwtClaimNames.EXP, expiry -> expiry != null),
                new JwtClaimValidator<String>(
                    JwtClaimNames.SUB, subject -> subject != null && !subject.isEmpty()))));
    return decoder;
  }
}
