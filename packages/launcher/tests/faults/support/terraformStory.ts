import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Person, Shop } from './shop.ts';
import { until } from './until.ts';

/** Generous for a busy machine. */
const soon = { withinMs: 90_000 };

type Change = { action: string; address: string };

/** A request as the API tells of it, as far as the story needs it. */
export type Request = {
  id: string;
  state: string;
  resourceId: string;
  message?: string;
  plan?: { hash: string; changes: Change[] };
  decision?: {
    verdict: string;
    rules: { rule: string; effect: string }[];
    approvers: { kind: string; people: string[] }[];
  };
  approvals: { by: string; counts: boolean }[];
};

type Resource = { id: string; state: string; drift?: Change[] };

/** Somebody who wants a note, and those who decide on it. */
export class NoteStory {
  readonly #shop: Shop;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** The file that Terraform is to make. */
  note(name: string): string | undefined {
    const file = this.#shop.file('notes', name);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  }

  /** Changes a note by hand, as nobody should. */
  scribble(name: string, text: string): void {
    fs.writeFileSync(this.#shop.file('notes', name), text);
  }

  /** Changes what notes are to say, which changes every plan. */
  dictate(text: string): void {
    fs.writeFileSync(this.#shop.file('notes', 'text'), text);
  }

  /** Asks for a new note. */
  create(name: string): Promise<Request> {
    return this.request({
      kind: 'create',
      offering: 'note',
      name,
      environment: 'staging',
      owner: 'group:default/ledger',
      dataClass: 'internal',
      parameters: {},
    });
  }

  async request(wish: object): Promise<Request> {
    const answer = await this.#shop.ask<Request>('amara', '/requests', wish);
    assert.equal(answer?.status, 202, JSON.stringify(answer?.body));
    return answer.body;
  }

  /** Waits until a request is in a state, and in no other that it cannot leave. */
  async reaches(state: string, { id }: Request): Promise<Request> {
    let last: Request | undefined;
    await until(
      `request ${id} is ${state}`,
      async () => {
        last = (await this.#shop.ask<Request>('amara', `/requests/${id}`))
          ?.body;
        assert.ok(
          !['failed', 'interrupted', 'denied'].includes(last?.state ?? ''),
          last?.message,
        );
        return last?.state === state || `it is ${last?.state}`;
      },
      soon,
    );
    return last as Request;
  }

  /** Says yes to the plan as it is now; gives the status of the answer. */
  async approve(as: Person, { id, plan }: Request): Promise<number> {
    const answer = await this.#shop.ask(as, `/requests/${id}/approvals`, {
      verdict: 'approve',
      planHash: plan?.hash,
    });
    return answer?.status ?? 0;
  }

  async resource(id: string): Promise<Resource> {
    const answer = await this.#shop.ask<Resource>('amara', `/resources/${id}`);
    assert.equal(answer?.status, 200);
    return answer.body;
  }

  /** Has the portal look for drift now; the next look would be an hour later. */
  async look(): Promise<void> {
    const [{ url }] = this.#shop.portals;
    await until(
      'the look for drift begins',
      async () => {
        const { status } = await fetch(
          `${url}/api/infrastructure/.backstage/scheduler/v1/tasks/infrastructure-drift/trigger`,
          {
            method: 'POST',
            headers: { authorization: `Bearer ${this.#shop.tokens.priya}` },
          },
        );
        assert.ok([200, 409].includes(status), `status ${status}`);
        return status === 200;
      },
      soon,
    );
  }
}
