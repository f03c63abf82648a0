import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import type { NoticeStore } from './NoticeStore';
import { toNotice } from './toNotice';

const pageSize = 50;
/** What ended longer ago is no news, in milliseconds. */
const newsMs = 24 * 60 * 60_000;

/** Looks for tasks that ended, and tells those who created them. */
export class TaskNotices {
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #notifications: NotificationService;
  readonly #scaffolder: Pick<ScaffolderService, 'listTasks'>;
  readonly #store: Pick<NoticeStore, 'claim' | 'release'>;
  readonly #now: () => number;

  constructor(options: {
    auth: AuthService;
    logger: LoggerService;
    notifications: NotificationService;
    scaffolder: Pick<ScaffolderService, 'listTasks'>;
    store: Pick<NoticeStore, 'claim' | 'release'>;
    now?: () => number;
  }) {
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#notifications = options.notifications;
    this.#scaffolder = options.scaffolder;
    this.#store = options.store;
    this.#now = options.now ?? Date.now;
  }

  /** Tells what was not told yet, newest first. What could not be told is tried the next time. */
  async tell(): Promise<void> {
    for (let offset = 0; ; offset += pageSize) {
      const { items } = await this.#scaffolder.listTasks(
        { status: ['completed', 'failed'], limit: pageSize, offset },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      const news = items.filter(
        ({ createdAt }) => this.#now() - Date.parse(createdAt) < newsMs,
      );
      for (const task of news) await this.#tellOf(task);
      if (news.length < pageSize) return;
    }
  }

  async #tellOf(task: ScaffolderTask): Promise<void> {
    const notice = toNotice(task);
    if (!notice || !(await this.#store.claim(task.id))) return;
    try {
      await this.#notifications.send(notice);
    } catch (error) {
      await this.#store.release(task.id);
      this.#logger.warn(
        `The end of task ${task.id} could not be told, and is told later: ${error}`,
      );
    }
  }
}
