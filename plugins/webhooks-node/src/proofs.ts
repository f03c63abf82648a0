import { AuthenticationError } from '@backstage/errors';
import type { SignedDelivery } from './SignedDelivery';
import { requireHmacSha256, requireSharedSecret } from './signatures';

/** `sha256=aa,sha256=bb` holds aa and bb; what has another prefix is left out. */
export function signaturesIn(
  header: string | undefined,
  prefix: string,
): string[] {
  return (header ?? '')
    .split(',')
    .map(signature => signature.trim())
    .filter(signature => signature.startsWith(prefix))
    .map(signature => signature.slice(prefix.length));
}

/** The password of HTTP basic authentication: what a sender can put into an address. */
function passwordIn(authorization: string | undefined): string | undefined {
  const [, encoded] = authorization?.match(/^Basic\s+(\S+)$/i) ?? [];
  if (!encoded) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1);
}

/**
 * The proof of senders that have no scheme of their own: the header
 * `X-Waymark-Signature: sha256=<hex HMAC-SHA256 of the body>` where the sender
 * can sign, else the secret itself in `X-Waymark-Token` or as the password of
 * basic authentication. A signature that is there must fit.
 *
 * @throws AuthenticationError
 */
export function requireWaymarkProof(
  delivery: SignedDelivery,
  secrets: string[],
): void {
  const { headers, body } = delivery;
  const signature = headers['x-waymark-signature'];
  if (signature !== undefined) {
    requireHmacSha256({
      body,
      secrets,
      signatures: signaturesIn(signature, 'sha256='),
      header: 'X-Waymark-Signature',
    });
    return;
  }
  const given = headers['x-waymark-token'] ?? passwordIn(headers.authorization);
  if (given === undefined && secrets.length > 0) {
    throw new AuthenticationError(
      'Neither an X-Waymark-Signature nor an X-Waymark-Token header is there',
    );
  }
  requireSharedSecret({ given, secrets, header: 'X-Waymark-Token' });
}
