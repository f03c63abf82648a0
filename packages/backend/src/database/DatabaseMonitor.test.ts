import { mockServices } from '@backstage/backend-test-utils';
import { DatabaseMonitor, type DatabaseState } from './DatabaseMonitor';

/** A database whose answers the test decides, one probe at a time. */
class Answers {
  #waiting: ((answer: boolean) => void)[] = [];
  #asked: (() => void) | undefined;

  readonly probe = async () => {
    const answers = await new Promise<boolean>(resolve => {
      this.#waiting.push(resolve);
      this.#asked?.();
    });
    if (!answers) throw new Error('connect ECONNREFUSED 10.0.0.1:5432');
  };

  async next(answers: boolean): Promise<void> {
    if (!this.#waiting.length) {
      await new Promise<void>(resolve => {
        this.#asked = resolve;
      });
    }
    this.#waiting.shift()?.(answers);
  }

  /** Lets a probe go that nobody waits for any more. */
  end(): void {
    this.#waiting.forEach(answer => answer(true));
  }
}

async function statesAfter(answers: boolean[]): Promise<DatabaseState[]> {
  const database = new Answers();
  const monitor = new DatabaseMonitor();
  monitor.start({
    probe: database.probe,
    logger: mockServices.logger.mock(),
    intervalMs: 0,
  });
  const states: DatabaseState[] = [monitor.state];
  for (const answer of answers) {
    await database.next(answer);
    // The monitor asks again only after it has drawn its conclusion.
    await new Promise(resolve => setImmediate(resolve));
    states.push(monitor.state);
  }
  const stopped = monitor.stop();
  database.end();
  await stopped;
  return states;
}

describe('DatabaseMonitor', () => {
  it('knows nothing before the first answer', async () => {
    expect(await statesAfter([])).toEqual(['starting']);
  });

  it('is up when the database answers', async () => {
    expect(await statesAfter([true])).toEqual(['starting', 'up']);
  });

  it('asks a second time before it calls the database down', async () => {
    expect(await statesAfter([true, false, true])).toEqual([
      'starting',
      'up',
      'up',
      'up',
    ]);
    expect(await statesAfter([true, false, false])).toEqual([
      'starting',
      'up',
      'up',
      'down',
    ]);
  });

  it('is up again with the first answer', async () => {
    expect(await statesAfter([false, false, false, true])).toEqual([
      'starting',
      'starting',
      'down',
      'down',
      'up',
    ]);
  });

  it('is troubled while down, and for a moment after a failed statement', async () => {
    const monitor = new DatabaseMonitor();
    expect(monitor.troubled).toBe(false);
    monitor.reportTrouble();
    expect(monitor.troubled).toBe(true);
  });
});
