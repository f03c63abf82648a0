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
  if (secrets.length === 0) {
    throw new AuthenticationError(
      'No secret is configured for this source, so nothing from it is believed',
    );
  }
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
