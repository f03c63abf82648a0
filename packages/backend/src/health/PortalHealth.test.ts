import type { DatabaseState } from '../database/DatabaseMonitor';
import { PortalHealth } from './PortalHealth';

function create() {
  const hooks: Record<'startup' | 'stop', (() => void)[]> = {
    startup: [],
    stop: [],
  };
  const monitor: { state: DatabaseState } = { state: 'up' };
  const health = new PortalHealth({
    monitor,
    lifecycle: {
      addStartupHook: hook => hooks.startup.push(hook),
      addBeforeShutdownHook: hook => hooks.stop.push(hook),
      addShutdownHook: () => undefined,
    },
  });
  return {
    health,
    monitor,
    start: () => hooks.startup.forEach(hook => hook()),
    stop: () => hooks.stop.forEach(hook => hook()),
  };
}

describe('PortalHealth', () => {
  it('is ready when it has started and the database answers', async () => {
    const { health, start } = create();
    start();
    expect(await health.getReadiness()).toEqual({
      status: 200,
      payload: { status: 'ok' },
    });
  });

  it('is not ready before it has started', async () => {
    expect(await create().health.getReadiness()).toMatchObject({
      status: 503,
      payload: { message: 'The portal has not started yet' },
    });
  });

  it('is not ready from the moment it is asked to stop', async () => {
    const { health, start, stop } = create();
    start();
    stop();
    expect(await health.getReadiness()).toMatchObject({
      status: 503,
      payload: { message: 'The portal is stopping' },
    });
  });

  it.each(['down', 'starting'] as const)(
    'is alive but not ready while the database is %s',
    async state => {
      const { health, monitor, start } = create();
      start();
      monitor.state = state;
      expect(await health.getReadiness()).toEqual({
        status: 503,
        payload: { status: 'error', message: 'The database does not answer' },
      });
      expect(await health.getLiveness()).toMatchObject({ status: 200 });
    },
  );
});
