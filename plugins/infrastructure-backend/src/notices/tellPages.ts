import type { SignalsService } from '@backstage/plugin-signals-node';

/** Tells every open page that something happened to a request. */
export function tellPages(
  signals: SignalsService,
): (requestId: string) => void {
  return request => {
    void signals.publish({
      recipients: { type: 'broadcast' },
      channel: 'infrastructure:changed',
      message: { request },
    });
  };
}
