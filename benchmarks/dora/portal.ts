import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { KeptPortal } from '../portals/KeptPortal.ts';
import type { Size } from './history.ts';
import { writeOrganisation } from './organisation.ts';

const secret = randomBytes(24).toString('base64url');

/** How far the portal is with what it was given. */
export type Status = { waiting: number; stale: number; upToDate: boolean };

/** A portal of one company. */
export class DoraPortal extends KeptPortal {
  readonly size: Size;

  private constructor(size: Size, catalogFile: string) {
    super({
      name: `dora-${size.name}`,
      catalogFile,
      config: { dora: { sources: { github: { secrets: [secret] } } } },
      database: size.database,
      node: size.node,
    });
    this.size = size;
  }

  static async of(size: Size): Promise<DoraPortal> {
    return new DoraPortal(size, await writeOrganisation(size.services));
  }

  override async start(options: { empty: boolean }): Promise<void> {
    await super.start(options);
    await this.#untilMirrored();
  }

  /** Sends an event as GitHub does. */
  deliver(id: string, event: string, payload: object): Promise<Response> {
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return fetch(`${this.url}/api/dora/webhooks/github`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': event,
        'x-github-delivery': id,
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
  }

  /** Waits until everything that came in is in the numbers, also when the database was away. */
  async untilUpToDate(): Promise<void> {
    const isUpToDate = async () => {
      const response = await this.fetch('/api/dora/status');
      if (response.status === 503) return false;
      if (!response.ok) {
        throw new Error(`/api/dora/status answered ${response.status}`);
      }
      return ((await response.json()) as Status).upToDate;
    };
    while (!(await isUpToDate())) await delay(250);
  }

  /** A connection to the plugin's tables. */
  tables(): Promise<pg.Client> {
    return this.tablesOf('dora');
  }

  /** Facts are matched against the plugin's own copy of the catalog. */
  async #untilMirrored(): Promise<void> {
    const client = await this.tables();
    try {
      for (;;) {
        const { rows } = await client.query(
          `select count(*)::int as there from entities
            where ref like 'component:default/measured-service-%' and parent_ref is not null
              and owner_ref is not null`,
        );
        if (rows[0].there >= this.size.services) return;
        await delay(500);
      }
    } finally {
      await client.end();
    }
  }
}
