import path from 'node:path';

/** What is used of upstream's broker of tasks. */
export type Broker = {
  list(options: {
    filters: { status: string[] };
    pagination: { limit: number };
  }): Promise<{ tasks: unknown[] }>;
  /** Settles when `signalDispatch` is called; the worker looks for a task then. */
  waitForDispatch(signal?: AbortSignal): Promise<void>;
  signalDispatch(): void;
};

/**
 * Upstream's broker of scaffolder tasks, which its package does not export.
 *
 * @throws Error when a newer version of upstream has none of that kind
 */
export function taskBroker(): { prototype: Broker } {
  const manifest = require.resolve(
    '@backstage/plugin-scaffolder-backend/package.json',
  );
  const file = path.join(
    path.dirname(manifest),
    'dist/scaffolder/tasks/StorageTaskBroker.cjs.js',
  );
  const { StorageTaskBroker } = require(file);
  for (const method of ['list', 'waitForDispatch', 'signalDispatch']) {
    if (typeof StorageTaskBroker?.prototype[method] !== 'function') {
      throw new Error(
        `@backstage/plugin-scaffolder-backend has another broker of tasks: see how it waits for them, and mend packages/backend/src/scaffolder (no ${method})`,
      );
    }
  }
  return StorageTaskBroker;
}
