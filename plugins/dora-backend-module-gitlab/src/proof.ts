import { AuthenticationError } from '@backstage/errors';
import {
  requireConfigured,
  requireSharedSecret,
  sameSecret,
  type Delivery,
} from '@waymark/plugin-dora-node';
import { createHmac } from 'node:crypto';

const tolerance = 5 * 60;

/** The key in a signing token, `whsec_<base64>`, or in a bare one. */
function keyIn(token: string): Buffer {
  return token.startsWith('whsec_')
    ? Buffer.from(token.slice('whsec_'.length), 'base64')
    : Buffer.from(token);
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function requireStandardWebhook(
  { headers, body }: Delivery,
  secrets: string[],
  now: Date,
): void {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (!id || !timestamp || !/^\d{1,12}$/.test(timestamp)) {
    throw new AuthenticationError(
      'The webhook-id or webhook-timestamp header is missing or malformed',
    );
  }
  const age = now.getTime() / 1000 - Number(timestamp);
  if (Math.abs(age) > tolerance) {
    throw new AuthenticationError(
      'The delivery was signed more than five minutes ago, or ahead of now',
    );
  }
  const given = (headers['webhook-signature'] ?? '')
    .split(' ')
    .filter(signature => signature.startsWith('v1,'))
    .map(signature => signature.slice('v1,'.length));
  const matches = secrets.some(secret => {
    const expected = createHmac('sha256', keyIn(secret))
      .update(`${id}.${timestamp}.`)
      .update(body)
      .digest('base64');
    return given.some(signature => sameSecret(signature, expected));
  });
  if (!matches) {
    throw new AuthenticationError(
      'The webhook-signature header does not fit the body under the configured secret',
    );
  }
}

/**
 * Requires the signature that GitLab makes with a signing token, or, when it
 * makes none, the secret token. A signature that is there must fit.
 *
 * @throws AuthenticationError
 */
export function requireGitlabProof(
  delivery: Delivery,
  secrets: string[],
  now: Date,
): void {
  requireConfigured(secrets);
  if (delivery.headers['webhook-signature'] !== undefined) {
    requireStandardWebhook(delivery, secrets, now);
    return;
  }
  requireSharedSecret({
    given: delivery.headers['x-gitlab-token'],
    secrets,
    header: 'X-Gitlab-Token',
  });
}
