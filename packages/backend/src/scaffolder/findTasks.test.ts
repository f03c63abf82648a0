import { findTasks } from './findTasks';
import { taskBroker, type Broker } from './taskBroker';

/** Upstream's own broker over tasks that anybody may have added; each test mends a class of its own. */
function brokerOf(tasks: Pick<Broker, 'list'>, everyMs: number): Broker {
  const Upstream = taskBroker() as unknown as new (
    ...args: unknown[]
  ) => Broker;
  class Mended extends Upstream {}
  findTasks(Mended, everyMs);
  return new Mended(tasks);
}

/** Lets everything happen that waits for nothing. */
const settled = () => new Promise(resolve => setImmediate(resolve));

describe('findTasks', () => {
  it('wakes a worker for a task that nobody told its process of', async () => {
    const open: object[] = [];
    const broker = brokerOf({ list: async () => ({ tasks: open }) }, 1);
    const woken = jest.fn();
    const waits = broker.waitForDispatch().then(woken);
    await settled();
    expect(woken).not.toHaveBeenCalled();
    open.push({ id: 'unheard' });
    await waits;
  });

  it('asks for tasks that nobody began with', async () => {
    const list = jest.fn().mockResolvedValue({ tasks: [{}] });
    await brokerOf({ list }, 1).waitForDispatch();
    expect(list).toHaveBeenCalledWith({
      filters: { status: ['open'] },
      pagination: { limit: 1 },
    });
  });

  it('goes on looking when a look fails', async () => {
    const list = jest
      .fn()
      .mockRejectedValueOnce(new Error('The database is away'))
      .mockResolvedValue({ tasks: [{}] });
    await brokerOf({ list }, 1).waitForDispatch();
    expect(list).toHaveBeenCalledTimes(2);
  });

  it('leaves waking and stopping as they were', async () => {
    const broker = brokerOf({ list: async () => ({ tasks: [] }) }, 60_000);
    const woken = broker.waitForDispatch();
    broker.signalDispatch();
    await woken;

    const stopping = new AbortController();
    const stopped = broker.waitForDispatch(stopping.signal);
    stopping.abort(new Error('The portal is stopping'));
    await expect(stopped).rejects.toThrow('The portal is stopping');
  });
});
