import type { Unmatched } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import leven from 'leven';
import { hintOf } from './ServiceDirectory';

type Row = {
  key: string;
  facts: string;
  last_at: Date | null;
  candidate: string | null;
};

/** Facts of names that belong to no entity. */
const waitingFacts = `services s join (
    select service_id, observed_at from deployments
    union all select service_id, observed_at from changes
    union all select service_id, observed_at from incidents
  ) f on f.service_id = s.id and s.entity_ref is null`;

/** The last word of a name: `larkspur/order-service` is about `order-service`. */
const lastWord = (name: string) => name.split('/').at(-1) ?? name;

function suggest({ key, candidate }: Row): string {
  const hint = hintOf(key);
  if ('annotation' in hint) {
    return `Give ${candidate ?? 'the component it is about'} the annotation ${
      hint.annotation
    }: ${hint.value}`;
  }
  return candidate
    ? `Send ${candidate} as the service`
    : 'No component has a name like it: register one, or send the name of one';
}

/** Names in deliveries that the catalog does not know. */
export class UnmatchedStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The most wanted first. A component of a similar name is suggested. */
  async list(
    limit: number,
    offset: number,
  ): Promise<{ items: Unmatched[]; total: number }> {
    const { rows } = await this.#knex.raw<{
      rows: Omit<Row, 'candidate'>[];
    }>(
      `select s.key, count(*) as facts, max(f.observed_at) as last_at
        from ${waitingFacts}
        group by s.key order by facts desc, s.key limit ? offset ?`,
      [limit, offset],
    );
    const { rows: counted } = await this.#knex.raw<{
      rows: { total: string }[];
    }>(`select count(distinct s.key) as total from ${waitingFacts}`);
    const items = await Promise.all(
      rows.map(async row => {
        const candidate = await this.#candidate(row.key);
        return {
          key: row.key,
          facts: Number(row.facts),
          suggestion: suggest({ ...row, candidate: candidate ?? null }),
          ...(row.last_at ? { lastAt: row.last_at.toISOString() } : {}),
          ...(candidate ? { entityRef: candidate } : {}),
        };
      }),
    );
    return { items, total: Number(counted[0].total) };
  }

  /** The component whose name holds the name, or the other way round; the closest in length. */
  async #candidate(key: string): Promise<string | undefined> {
    const hint = hintOf(key);
    const wanted = lastWord('annotation' in hint ? hint.value : hint.entity);
    const row = await this.#knex('entities')
      .where({ kind: 'component' })
      .whereRaw(
        `length(?) >= 3 and length(name) >= 3 and (position(lower(?) in lower(name)) > 0 or position(lower(name) in lower(?)) > 0)`,
        [wanted, wanted, wanted],
      )
      .orderByRaw('abs(length(name) - length(?)), name', [wanted])
      .first('ref');
    return row?.ref ?? this.#misspelt(wanted);
  }

  /** The component whose name is the nearest: one letter in four may be another. */
  async #misspelt(wanted: string): Promise<string | undefined> {
    const most = Math.floor(wanted.length / 4);
    if (most === 0) return undefined;
    const near = await this.#knex('entities')
      .where({ kind: 'component' })
      .whereRaw('abs(length(name) - length(?)) <= ?', [wanted, most])
      .orderBy('name')
      .select('ref', 'name');
    const [nearest] = near
      .map(({ ref, name }) => ({ ref, away: leven(wanted, name) }))
      .filter(({ away }) => away <= most)
      .sort((a, b) => a.away - b.away);
    return nearest?.ref;
  }
}
