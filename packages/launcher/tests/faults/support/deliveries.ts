import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const senders = 8;
/** What comes twice anyway: every so many-th delivery is sent again after it was acknowledged. */
const repeated = 5;
/** Between two attempts, in milliseconds. */
const pauseMs = 100;

/** Which components the deployments are of. */
export const components = [
  'checkout-service',
  'customer-accounts',
  'storefront-bff',
];

function payload(id: number): string {
  const now = new Date().toISOString();
  return JSON.stringify({
    action: 'created',
    deployment: {
      id,
      environment: 'production',
      created_at: now,
      payload: { catalogEntity: components[id % components.length] },
    },
    deployment_status: { state: 'success', created_at: now },
    repository: { full_name: 'nobody/knows' },
  });
}

/**
 * Sends deliveries as GitHub would whose every webhook is sent again until it
 * is acknowledged, now to one portal, now to another.
 */
export class Deliveries {
  /** Numbers of the deployments whose delivery was acknowledged, in the order of that. */
  readonly acknowledged: number[] = [];
  /** Answers that were none of those a portal in trouble may give. */
  readonly surprises: string[] = [];
  readonly #secret: string;
  readonly #portals: () => string[];
  readonly #senders: Promise<void>[];
  #next = 1;
  #running = true;

  /** @param portals - their addresses, which may change meanwhile */
  constructor(secret: string, portals: () => string[]) {
    this.#secret = secret;
    this.#portals = portals;
    this.#senders = Array.from({ length: senders }, () => this.#send());
  }

  /** Lets every sender finish the delivery it is at; afterwards all that was sent is acknowledged. */
  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#senders);
  }

  async #send(): Promise<void> {
    while (this.#running) {
      const id = this.#next;
      this.#next += 1;
      const body = payload(id);
      for (let attempt = id; !(await this.#deliver(id, body, attempt)); ) {
        attempt += 1;
        await delay(pauseMs);
      }
      this.acknowledged.push(id);
      if (id % repeated === 0) await this.#deliver(id, body, id + 1);
    }
  }

  async #deliver(id: number, body: string, turn: number): Promise<boolean> {
    const portals = this.#portals();
    const response = await fetch(
      `${portals[turn % portals.length]}/api/dora/webhooks/github`,
      {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-github-event': 'deployment_status',
          'x-github-delivery': `delivery-${id}`,
          'x-hub-signature-256': `sha256=${createHmac('sha256', this.#secret)
            .update(body)
            .digest('hex')}`,
        },
        signal: AbortSignal.timeout(40_000),
      },
    ).catch(() => undefined);
    if (!response) return false;
    const answer = await response.text().catch(() => '');
    if (![202, 503].includes(response.status)) {
      this.surprises.push(`${response.status} ${answer}`);
    }
    return response.status === 202;
  }
}
