import { AuthenticationError } from '@backstage/errors';
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets are the same, in a time that tells nothing of where they
 * differ.
 */
export function sameSecret(given: string, expected: string): boolean {
  // Digests have one length, whatever was given.
  const digest = (text: string) =>
    createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** @throws AuthenticationError when nothing could be checked against */
export function requireConfigured(secrets: string[]): void {
  if (secrets.length > 0) return;
  throw new AuthenticationError(
    'No secret is configured for this source, so nothing from it is believed',
  );
}

/**
 * Requires that one of the given signatures is the hex HMAC-SHA256 of the
 * body under one of the secrets. Several secrets are accepted while one is
 * being replaced by another.
 *
 * @throws AuthenticationError
 */
export function requireHmacSha256(options: {
  body: Buffer;
  signatures: string[];
  secrets: string[];
  /** The header that should have held the signature, to say so. */
  header: string;
}): void {
  const { body, signatures, secrets, header } = options;
  requireConfigured(secrets);
  if (signatures.length === 0) {
    throw new AuthenticationError(`The ${header} header is missing`);
  }
  const expected = secrets.map(secret =>
    createHmac('sha256', secret).update(body).digest('hex'),
  );
  const matches = signatures.some(given =>
    expected.some(wanted => sameSecret(given, wanted)),
  );
  if (!matches) {
    throw new AuthenticationError(
      `The ${header} header does not fit the body under the configured secret`,
    );
  }
}

/**
 * Requires that the sender gave one of the secrets.
 *
 * @throws AuthenticationError
 */
export function requireSharedSecret(options: {
  given: string | undefined;
  secrets: string[];
  /** The header that should have held the secret, to say so. */
  header: string;
}): void {
  const { given, secrets, header } = options;
  requireConfigured(secrets);
  if (!given) throw new AuthenticationError(`The ${header} header is missing`);
  const matches = secrets.filter(secret => sameSecret(given, secret));
  if (matches.length === 0) {
    throw new AuthenticationError(
      `The ${header} header does not hold the configured secret`,
    );
  }
}
