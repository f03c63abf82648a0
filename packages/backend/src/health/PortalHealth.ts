import type {
  RootHealthService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import type { JsonValue } from '@backstage/types';
import type { DatabaseMonitor } from '../database/DatabaseMonitor';

type Answer = { status: number; payload?: JsonValue };

const ok: Answer = { status: 200, payload: { status: 'ok' } };

const notReady = (message: string): Answer => ({
  status: 503,
  payload: { status: 'error', message },
});

/** Ready means: started, not stopping, and the database answers. */
export class PortalHealth implements RootHealthService {
  readonly #monitor: Pick<DatabaseMonitor, 'state'>;
  #lifecycle: 'starting' | 'up' | 'stopping' = 'starting';

  constructor(options: {
    lifecycle: RootLifecycleService;
    monitor: Pick<DatabaseMonitor, 'state'>;
  }) {
    this.#monitor = options.monitor;
    options.lifecycle.addStartupHook(() => {
      this.#lifecycle = 'up';
    });
    options.lifecycle.addBeforeShutdownHook(() => {
      this.#lifecycle = 'stopping';
    });
  }

  /** A process that can say so is alive: ending it would not bring the database back. */
  async getLiveness(): Promise<Answer> {
    return ok;
  }

  async getReadiness(): Promise<Answer> {
    if (this.#lifecycle === 'starting') {
      return notReady('The portal has not started yet');
    }
    if (this.#lifecycle === 'stopping') {
      return notReady('The portal is stopping');
    }
    if (this.#monitor.state !== 'up') {
      return notReady('The database does not answer');
    }
    return ok;
  }
}
