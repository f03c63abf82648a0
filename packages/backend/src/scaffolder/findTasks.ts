import type { Broker } from './taskBroker';

const watching = new WeakSet<object>();

/**
 * Makes a broker's worker see every task that waits. Upstream's sleeps until
 * its own process adds one: it misses a task that is added in the moment
 * between its look and its sleep, and those of a replica that was killed before
 * it began with them. Either would stay open until somebody starts another.
 *
 * @param everyMs - between two looks of a worker that sleeps
 */
export function findTasks(broker: { prototype: Broker }, everyMs = 5_000) {
  const { prototype } = broker;
  if (watching.has(prototype)) return;
  watching.add(prototype);
  const sleep = prototype.waitForDispatch;
  prototype.waitForDispatch = async function watch(signal) {
    const look = async () => {
      const { tasks } = await this.list({
        filters: { status: ['open'] },
        pagination: { limit: 1 },
      });
      if (tasks.length) this.signalDispatch();
    };
    // A database that is away says so elsewhere, and its tasks are found later.
    const timer = setInterval(() => look().catch(() => undefined), everyMs);
    timer.unref();
    try {
      await sleep.call(this, signal);
    } finally {
      clearInterval(timer);
    }
  };
}
