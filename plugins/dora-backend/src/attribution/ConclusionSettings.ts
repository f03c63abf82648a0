import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import type { AttributionSettings } from './model';

/** Grows when the same facts and settings give other conclusions than before. */
const version = 2;

type Settings = Omit<AttributionSettings, 'production'>;

function fingerprintOf({ baselineMs, incidentWindowMs }: Settings): string {
  return createHash('sha256')
    .update(JSON.stringify({ version, baselineMs, incidentWindowMs }))
    .digest('hex');
}

const lockName = `hashtext('dora.conclusions')`;

/**
 * Sees to it that all conclusions were drawn by the same settings. When
 * replicas disagree, as they do while a new configuration is rolled out, the
 * one that started last is right, and the others leave the work to it.
 */
export class ConclusionSettings {
  readonly #knex: Knex;
  readonly #fingerprint: string;
  readonly #logger: LoggerService;
  #yields = false;

  private constructor(options: ConclusionSettingsOptions) {
    this.#knex = options.knex;
    this.#fingerprint = fingerprintOf(options.settings);
    this.#logger = options.logger;
  }

  static create(options: ConclusionSettingsOptions): ConclusionSettings {
    return new ConclusionSettings(options);
  }

  /**
   * Makes these the settings of all replicas. Where they were others, every
   * component is marked, to be computed anew.
   */
  async adopt(): Promise<void> {
    const marked = await this.#knex.transaction(async tx => {
      // Waits for whoever is computing by the old ones.
      await tx.raw(`select pg_advisory_xact_lock(${lockName})`);
      const { rowCount: changed } = await tx.raw<{ rowCount: number }>(
        `insert into conclusion_settings as was (fingerprint) values (?)
          on conflict (single) do update set fingerprint = excluded.fingerprint,
            since = now() where was.fingerprint <> excluded.fingerprint`,
        [this.#fingerprint],
      );
      if (changed === 0) return 0;
      const { rowCount } = await tx.raw<{ rowCount: number }>(
        `insert into stale_services (service_id)
          select id from services where entity_ref is not null order by id
          on conflict (service_id) do update set not_before = excluded.not_before`,
      );
      return rowCount;
    });
    if (marked > 0) {
      this.#logger.info(
        `${marked} components are computed anew, for what they are judged by has changed`,
      );
    }
  }

  /**
   * Whether conclusions may be drawn by these settings, which then hold until
   * the end of the transaction. Ask before any row is locked.
   */
  async hold(tx: Knex): Promise<boolean> {
    await tx.raw(`select pg_advisory_xact_lock_shared(${lockName})`);
    const row = await tx('conclusion_settings').first('fingerprint');
    const holds = !row || row.fingerprint === this.#fingerprint;
    if (!holds && !this.#yields) {
      this.#logger.warn(
        'A replica that started later has another dora.attribution; computing is left to it',
      );
    }
    this.#yields = !holds;
    return holds;
  }
}

type ConclusionSettingsOptions = {
  knex: Knex;
  settings: Settings;
  logger: LoggerService;
};
