import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import type { AuditTrail } from '../audit/AuditTrail';
import type { Approvers } from '../decisions/Approvers';
import {
  dayOf,
  type ExceptionRow,
  type ExceptionStore,
} from '../decisions/ExceptionStore';

/** How many days before its end people hear of it. */
const warningDays = 7;
const dayMs = 86_400_000;

/** The columns that say of what people were told. */
type Mark = 'told_at' | 'answered_at' | 'warned_at';

const link = ({ id }: ExceptionRow) => `/infrastructure/exceptions/${id}`;

/** Ends exceptions on their day, and tells who has to know: what waits, what was decided, and what ends soon. */
export class ExceptionWatch {
  readonly #parts: ConstructorParameters<typeof ExceptionWatch>[0];
  readonly #now: () => Date;

  constructor(parts: {
    knex: Knex;
    approvers: Pick<Approvers, 'platformTeam'>;
    audit: AuditTrail;
    exceptions: ExceptionStore;
    notifications: NotificationService;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => new Date());
  }

  async work(): Promise<void> {
    await this.#expire();
    await this.#tell('told_at', { state: 'pending' }, async row => {
      const people = await this.#parts.approvers.platformTeam();
      return {
        to: people.filter(person => person !== row.asked_by),
        title: `An exception from ${row.rule} for ${row.name} (${row.environment}) waits for you`,
        description: `${row.asked_by} asks, until ${row.until}: ${row.reason}`,
      };
    });
    await this.#tell('answered_at', { decided: true }, async row => ({
      to: [row.asked_by],
      title: `Exception ${row.number} from ${row.rule} for ${row.name} was ${row.state}`,
      description:
        row.comment ??
        (row.state === 'granted' ? `It holds until ${row.until}.` : undefined),
    }));
    const soon = new Date(this.#now().getTime() + warningDays * dayMs);
    await this.#tell(
      'warned_at',
      { state: 'granted', before: dayOf(soon) },
      async row => ({
        to: [row.owner_ref, row.asked_by],
        title: `Exception ${row.number} from ${row.rule} for ${row.name} ends on ${row.until}`,
        description: 'Comply until then, or ask for another one.',
      }),
    );
  }

  async #expire(): Promise<void> {
    const { audit, exceptions, knex } = this.#parts;
    const today = dayOf(this.#now());
    await knex.transaction(async tx => {
      const over: ExceptionRow[] = await tx<ExceptionRow>('exceptions')
        .whereIn('state', ['pending', 'granted'])
        .where('until', '<', today)
        .orderBy('number')
        .limit(100)
        .forUpdate()
        .skipLocked();
      for (const row of over) {
        await exceptions.change(tx, row.id, { state: 'expired' });
        await exceptions.judgeAnew(tx, row);
      }
      await audit.append(
        tx,
        over.map(row => ({
          action: 'exception.expired',
          ...(row.request_id && { request: row.request_id }),
          ...(row.resource_id && { resource: row.resource_id }),
          detail: { exception: row.number, rule: row.rule, until: row.until },
        })),
      );
    });
  }

  /** Tells of each exception once: of several replicas, the one that marks it does. */
  async #tell(
    mark: Mark,
    which: { state?: string; decided?: boolean; before?: string },
    say: (
      row: ExceptionRow,
    ) => Promise<{ to: string[]; title: string; description?: string }>,
  ): Promise<void> {
    const { knex, logger, notifications } = this.#parts;
    const rows: ExceptionRow[] = await knex('exceptions')
      .where({ [mark]: null })
      .modify(found => {
        if (which.state) found.where({ state: which.state });
        if (which.decided) {
          found
            .whereIn('state', ['granted', 'refused'])
            .whereNotNull('decided_at');
        }
        if (which.before) found.where('until', '<=', which.before);
      })
      .update({ [mark]: this.#now() })
      .returning('*');
    for (const row of rows) {
      const { to, title, description } = await say(row);
      // Who comes to decide later is told then.
      if (to.length === 0) {
        await this.#forget(row, mark);
        continue;
      }
      const notice: NotificationSendOptions = {
        recipients: { type: 'entity', entityRef: [...new Set(to)] },
        payload: {
          title,
          description,
          link: link(row),
          severity: 'high',
          topic: 'infrastructure',
          scope: `infrastructure:exception:${row.id}:${mark}`,
        },
      };
      await notifications.send(notice).catch(async error => {
        logger.warn(
          `Exception ${row.number} could not be told of, and is told of later: ${error}`,
        );
        await this.#forget(row, mark);
      });
    }
  }

  async #forget({ id }: ExceptionRow, mark: Mark): Promise<void> {
    await this.#parts
      .knex('exceptions')
      .where({ id })
      .update({ [mark]: null });
  }
}
