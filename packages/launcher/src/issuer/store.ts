import type { Adapter, AdapterPayload } from 'oidc-provider';
import type pg from 'pg';

/** Creates the table in which the local issuer keeps its sessions and tokens. */
export async function prepareIssuerStore(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create schema if not exists local_issuer;
    create table if not exists local_issuer.payloads (
      model text not null,
      id text not null,
      payload jsonb not null,
      grant_id text,
      uid text,
      expires_at timestamptz,
      primary key (model, id)
    );
    delete from local_issuer.payloads where expires_at < now();
  `);
}

/**
 * Keeps the issuer's state in the portal's database, so that people stay signed
 * in when the launcher starts again.
 *
 * @returns an adapter class in the form `oidc-provider` asks for
 */
export function issuerStore(pool: pg.Pool): new (model: string) => Adapter {
  return class PostgresAdapter implements Adapter {
    readonly #model: string;

    constructor(model: string) {
      this.#model = model;
    }

    async upsert(id: string, payload: AdapterPayload, expiresIn: number) {
      await pool.query(
        `insert into local_issuer.payloads (model, id, payload, grant_id, uid, expires_at)
         values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6::double precision))
         on conflict (model, id) do update
           set payload = excluded.payload, grant_id = excluded.grant_id,
               uid = excluded.uid, expires_at = excluded.expires_at`,
        [
          this.#model,
          id,
          payload,
          payload.grantId ?? null,
          payload.uid ?? null,
          expiresIn ?? null,
        ],
      );
    }

    find(id: string) {
      return this.#findBy('id', id);
    }

    findByUid(uid: string) {
      return this.#findBy('uid', uid);
    }

    /** Only the device flow has user codes, and this issuer does not offer it. */
    async findByUserCode() {
      return undefined;
    }

    async consume(id: string) {
      await pool.query(
        `update local_issuer.payloads
         set payload = jsonb_set(payload, '{consumed}', to_jsonb(extract(epoch from now())::bigint))
         where model = $1 and id = $2`,
        [this.#model, id],
      );
    }

    async destroy(id: string) {
      await pool.query(
        'delete from local_issuer.payloads where model = $1 and id = $2',
        [this.#model, id],
      );
    }

    async revokeByGrantId(grantId: string) {
      await pool.query(
        'delete from local_issuer.payloads where grant_id = $1',
        [grantId],
      );
    }

    async #findBy(
      column: 'id' | 'uid',
      value: string,
    ): Promise<AdapterPayload | undefined> {
      const { rows } = await pool.query(
        `select payload from local_issuer.payloads
         where model = $1 and ${column} = $2 and (expires_at is null or expires_at > now())`,
        [this.#model, value],
      );
      return rows[0]?.payload;
    }
  };
}
