import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Shop } from './shop.ts';

/** Between two looks, in milliseconds. */
const pauseMs = 250;
/** By then a request stands still, and says how to go on. */
const settledMs = 480_000;

type Detail = {
  id: string;
  state: string;
  message?: string;
  offering: string;
  resourceId: string;
  resourceName: string;
  plan?: { hash: string };
};

/** What was asked for, and what came of it. */
export type Story = {
  kind: 'create' | 'destroy';
  offering: string;
  /** Of the request. */
  id: string;
  resourceId: string;
  name: string;
  /** How often a person had it tried again, because it said that it had failed or was interrupted. */
  retries: number;
};

/** People who ask for infrastructure, one after the other, and see each request through. */
export class Customers {
  readonly stories: Story[] = [];
  /** What a portal in trouble may not do: other answers than a 503, and requests that stand still without a word. */
  readonly surprises: string[] = [];
  readonly #shop: Shop;
  readonly #working: Promise<void>[];
  readonly #offerings: string[];
  #next = 0;
  #open = true;

  constructor(shop: Shop, options: { count: number; offerings: string[] }) {
    this.#shop = shop;
    this.#offerings = options.offerings;
    this.#working = Array.from({ length: options.count }, () =>
      this.#shopOn().catch(error => {
        this.surprises.push(String(error));
      }),
    );
  }

  /** Nobody asks for more; waits until all that was asked for is there. */
  async close(): Promise<void> {
    this.#open = false;
    await Promise.all(this.#working);
  }

  async #shopOn(): Promise<void> {
    while (this.#open) {
      const number = this.#next;
      this.#next += 1;
      const offering = this.#offerings[number % this.#offerings.length];
      const made = await this.#see('create', {
        kind: 'create',
        offering,
        name: `order-${number}`,
        // Every third waits for the lead.
        environment: number % 3 === 2 ? 'production' : 'staging',
        owner: 'group:default/ledger',
        dataClass: 'internal',
        parameters:
          offering === 'postgres-database'
            ? { connections: 2, storageGb: 1, backups: true }
            : {},
      });
      if (number % 2 === 0) {
        await this.#see('destroy', {
          kind: 'destroy',
          resourceId: made.resourceId,
        });
      }
    }
  }

  /** Sends a request until it is acknowledged, and sees to it until it is done. */
  async #see(kind: Story['kind'], wish: object): Promise<Story> {
    const asked = await this.#send(wish);
    const story: Story = {
      kind,
      offering: asked.offering,
      id: asked.id,
      resourceId: asked.resourceId,
      name: asked.resourceName,
      retries: 0,
    };
    this.stories.push(story);
    for (;;) {
      const detail = await this.#untilSettled(story);
      if (detail.state === 'done') return story;
      if (!['failed', 'interrupted'].includes(detail.state)) {
        throw new Error(
          `${story.kind} of ${story.name} is ${detail.state}: ${detail.message}`,
        );
      }
      if (!detail.message) {
        throw new Error(`${story.name} is ${detail.state} and says not why`);
      }
      const again = await this.#shop.ask(
        'amara',
        `/requests/${story.id}/retry`,
        {},
      );
      if (again?.status === 200) story.retries += 1;
      else if (again && ![409, 503].includes(again.status)) {
        this.#wonder('retry', again);
      }
      await delay(pauseMs);
    }
  }

  async #send(wish: object): Promise<Detail> {
    const key = randomUUID();
    for (;;) {
      const answer = await this.#shop.ask<
        Detail & { error?: { message: string } }
      >('amara', '/requests', wish, key);
      if (answer?.status === 202) return answer.body;
      const underWay =
        answer?.status === 409 &&
        /being done already/.test(answer.body.error?.message ?? '');
      if (answer && answer.status !== 503 && !underWay) {
        this.#wonder('request', answer);
      }
      await delay(pauseMs);
    }
  }

  /** Waits until nothing moves by itself; the lead approves what waits for one. */
  async #untilSettled({ id, name }: Story): Promise<Detail> {
    const deadline = Date.now() + settledMs;
    let last = 'unknown';
    while (Date.now() < deadline) {
      const answer = await this.#shop.ask<Detail>('jonas', `/requests/${id}`);
      if (answer && ![200, 503].includes(answer.status)) {
        this.#wonder('look', answer);
      }
      if (answer?.status === 200) {
        const { body } = answer;
        last = body.state;
        if (last === 'pendingApproval') await this.#approve(body);
        else if (
          ![
            'prechecked',
            'planning',
            'evaluated',
            'approved',
            'queued',
            'applying',
          ].includes(last)
        ) {
          return body;
        }
      }
      await delay(pauseMs);
    }
    throw new Error(`Request ${id} for ${name} is stuck: it is ${last}`);
  }

  async #approve({ id, plan }: Detail): Promise<void> {
    const answer = await this.#shop.ask('jonas', `/requests/${id}/approvals`, {
      verdict: 'approve',
      planHash: plan?.hash,
    });
    if (answer && ![200, 409, 503].includes(answer.status)) {
      this.#wonder('approval', answer);
    }
  }

  #wonder(what: string, { status, body }: { status: number; body: unknown }) {
    this.surprises.push(`${what}: ${status} ${JSON.stringify(body)}`);
  }
}
