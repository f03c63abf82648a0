import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_HAS_MEMBER } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import type { DoraSettings } from '../config';
import { levels } from '../metrics/levels';
import type { Caller, MetricsService } from '../metrics/MetricsService';
import { isReading } from '../metrics/upToDate';
import type { GoalsService } from './GoalsService';
import { digestNotice } from './notices';
import { ofFinishedGroups } from './ofFinishedGroups';

/** A week by its first and last day, and the first day after it. */
type Week = { first: string; last: string; end: string };

const day = 'yyyy-MM-dd';

/**
 * The week whose digest is due: the one that ended with the Monday it is, from
 * some hour of that day on.
 */
export function weekDue(
  now: number,
  options: { timeZone: string; hour: number },
): Week | undefined {
  const here = DateTime.fromMillis(now, { zone: options.timeZone });
  if (here.weekday !== 1 || here.hour < options.hour) return undefined;
  const end = here.startOf('day');
  return {
    first: end.minus({ days: 7 }).toFormat(day),
    last: end.minus({ days: 1 }).toFormat(day),
    end: end.toFormat(day),
  };
}

/**
 * Tells the members of each group on Monday what it delivered in the week
 * before. Who does not want it turns its topic off in the settings of
 * notifications.
 */
export class WeeklyDigest {
  readonly #knex: Knex;
  readonly #settings: DoraSettings;
  readonly #metrics: MetricsService;
  readonly #goals: GoalsService;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  private constructor(options: WeeklyDigestOptions) {
    this.#knex = options.knex;
    this.#settings = options.settings;
    this.#metrics = options.metrics;
    this.#goals = options.goals;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  static create(options: WeeklyDigestOptions): WeeklyDigest {
    return new WeeklyDigest(options);
  }

  /** Sends what is due and was not sent. What could not be sent is tried the next time. */
  async send(now: number): Promise<void> {
    const { digest, defaults } = this.#settings;
    const week = digest.enabled
      ? weekDue(now, { timeZone: defaults.timeZone, hour: digest.hour })
      : undefined;
    if (!week) return;
    // What is sent once is not sent of half a week.
    if (await isReading(this.#knex)) return;
    const caller = { credentials: await this.#auth.getOwnServiceCredentials() };
    const due = await ofFinishedGroups(
      this.#knex,
      await this.#groupsWithout(week),
    );
    for (const { entityRef: group } of due) {
      try {
        await this.#sendTo(group, week, caller);
      } catch (error) {
        this.#logger.warn(
          `The weekly digest of ${group} could not be sent, and is sent later: ${error}`,
        );
      }
    }
  }

  async #sendTo(group: string, week: Week, caller: Caller): Promise<void> {
    const members = await this.#membersOf(group, caller);
    if (members.length === 0) return;
    const asked = { entityRef: group, from: week.first, to: week.end };
    const payload = digestNotice({
      metrics: await this.#metrics.metrics(asked, caller),
      stages: await this.#metrics.stages(asked, caller),
      goals: (await this.#goals.list({ entityRef: group }, caller)).items,
      week,
    });
    if (!payload) return;
    await this.#knex.transaction(async tx => {
      // Noted and sent, both or neither; whoever comes second waits, and finds it noted.
      const noted = await tx('digests')
        .insert({ group_ref: group, week: week.first })
        .onConflict(['group_ref', 'week'])
        .ignore()
        .returning('group_ref');
      if (noted.length === 0) return;
      await this.#notifications.send({
        recipients: { type: 'entity', entityRef: members },
        payload,
      });
    });
  }

  /** The groups that own something that is delivered, and have had no digest of the week. */
  async #groupsWithout(week: Week): Promise<{ entityRef: string }[]> {
    const { rows } = await this.#knex.raw<{ rows: { entityRef: string }[] }>(
      `select distinct n.ref as "entityRef" from placements p
        join scopes n on n.id = p.owner_scope and n.level = :level
        join entities e on e.ref = n.ref and e.kind = 'group'
        where not exists (
          select 1 from digests d where d.group_ref = n.ref and d.week = :week::date)
        order by 1`,
      { level: levels.owner, week: week.first },
    );
    return rows;
  }

  /** Its own members: those of groups below it hear of theirs. */
  async #membersOf(group: string, { credentials }: Caller): Promise<string[]> {
    const entity = await this.#catalog.getEntityByRef(group, { credentials });
    return (entity?.relations ?? [])
      .filter(({ type }) => type === RELATION_HAS_MEMBER)
      .map(({ targetRef }) => targetRef);
  }
}

type WeeklyDigestOptions = {
  knex: Knex;
  settings: DoraSettings;
  metrics: MetricsService;
  goals: GoalsService;
  catalog: CatalogService;
  auth: AuthService;
  notifications: NotificationService;
  logger: LoggerService;
};
