import type { Report } from '@waymark/plugin-infrastructure-node';
import { z } from 'zod';
import {
  folder,
  gone,
  instant,
  placeOf,
  readBody,
  repositoryOf,
  said,
} from './reading';

/** What the template in docs/how-to/connect-gitops.md sends. */
const notification = z.object({
  repository: said,
  path: folder,
  revision: said,
  sync: said,
  health: said,
  phase: said,
  message: said,
  deleted: said,
  at: instant,
});

type Notification = z.output<typeof notification>;

function stateOf({ sync, health, phase }: Notification): Report['state'] {
  if (phase === 'Running') return 'working';
  if (sync !== 'Synced' && (phase === 'Failed' || phase === 'Error')) {
    return 'failed';
  }
  if (health === 'Degraded') return 'failed';
  if (sync === 'OutOfSync') return 'drifted';
  return sync === 'Synced' && health === 'Healthy' ? 'settled' : 'working';
}

/** How an application is, as Argo CD tells it. */
export function readArgocd(body: Buffer, repositories: string[]): Report {
  const told = readBody(body, notification, 'Argo CD');
  const { at, deleted, health, message, path, phase, revision, sync } = told;
  const place = placeOf(repositoryOf(told.repository, repositories), path);
  if (deleted) {
    return {
      place,
      at,
      revision: gone,
      state: 'settled',
      message: 'Argo CD removed the application.',
    };
  }
  const facts = [sync, health, phase].filter(Boolean).join(', ');
  return {
    place,
    at,
    revision: revision ?? '',
    state: stateOf(told),
    message: `Argo CD says: ${[facts, message].filter(Boolean).join('. ')}`,
  };
}
