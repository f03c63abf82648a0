import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const table = 'waymark_task_notices';

/** Remembers of which tasks the end was told, so that of several replicas one tells it once. */
export class NoticeStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Makes the table ready, beside those of the scaffolder itself. */
  static async create(database: DatabaseService): Promise<NoticeStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@waymark/plugin-scaffolder-backend-module-notices',
          'migrations',
        ),
        tableName: 'waymark_notices_migrations',
      });
    }
    return new NoticeStore(knex);
  }

  /** Takes it upon the caller to tell. False when somebody did already. */
  async claim(taskId: string): Promise<boolean> {
    const claimed = await this.#knex(table)
      .insert({ task_id: taskId })
      .onConflict('task_id')
      .ignore()
      .returning('task_id');
    return claimed.length > 0;
  }

  /** Leaves it to be told another time. */
  async release(taskId: string): Promise<void> {
    await this.#knex(table).where({ task_id: taskId }).delete();
  }
}
