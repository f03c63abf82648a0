import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type {
  ExceptionRow,
  ExceptionStore,
  Notice,
} from '../fleet/ExceptionStore';

/** How many days before its end people hear of it. */
const warningDays = 7;

const from = ({ kind }: ExceptionRow) =>
  kind === 'version' ? 'from its version' : 'from golden paths';

/** Notes what has ended, and tells who has to know: what waits, what was decided, and what ends soon. */
export class ExceptionNotices {
  readonly #options: ExceptionNoticesOptions;

  private constructor(options: ExceptionNoticesOptions) {
    this.#options = options;
  }

  static create(options: ExceptionNoticesOptions): ExceptionNotices {
    return new ExceptionNotices(options);
  }

  async look(): Promise<void> {
    const { store, deciders } = this.#options;
    await store.expire();
    await this.#tell('told_at', { states: ['pending'] }, row => ({
      to: deciders,
      title: `An exception ${from(row)} for ${row.title} waits for you`,
      description: `${row.asked_by} asks, until ${row.until}: ${row.reason}`,
    }));
    await this.#tell(
      'answered_at',
      { states: ['granted', 'refused'] },
      row => ({
        to: [row.asked_by],
        title: `The exception ${from(row)} for ${row.title} was ${row.state}`,
        description:
          row.comment ??
          (row.state === 'granted'
            ? `It holds until ${row.until}.`
            : 'Its page says who decided.'),
      }),
    );
    await this.#tell(
      'warned_at',
      { states: ['granted'], withinDays: warningDays },
      row => ({
        to: [...(row.owner ? [row.owner] : []), row.asked_by],
        title: `The exception ${from(row)} for ${row.title} ends on ${
          row.until
        }`,
        description:
          row.kind === 'version'
            ? 'Upgrade it until then, or ask for another one.'
            : 'Adopt a golden path until then, or ask for another one.',
      }),
    );
  }

  async #tell(
    notice: Notice,
    which: Parameters<ExceptionStore['take']>[1],
    say: (row: ExceptionRow) => {
      to: string[];
      title: string;
      description: string;
    },
  ): Promise<void> {
    const { store, notifications, logger } = this.#options;
    for (const row of await store.take(notice, which)) {
      const { to, title, description } = say(row);
      if (to.length === 0) continue;
      await notifications
        .send({
          recipients: { type: 'entity', entityRef: [...new Set(to)] },
          payload: {
            title,
            description,
            link: `/golden-paths/exceptions/${row.id}`,
            severity: 'normal',
            topic: 'Golden paths',
            scope: `golden-path-exception-${row.id}-${notice}`,
          },
        })
        .catch(async error => {
          logger.warn(
            `An exception of ${row.entity_ref} could not be told of, and is told of later: ${error}`,
          );
          await store.giveBack(row.id, notice);
        });
    }
  }
}

type ExceptionNoticesOptions = {
  store: ExceptionStore;
  notifications: NotificationService;
  /** Whom the portal's configuration makes platform engineers. */
  deciders: string[];
  logger: LoggerService;
};
