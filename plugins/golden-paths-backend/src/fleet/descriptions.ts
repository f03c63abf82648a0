import type {
  CountedService,
  Member,
  Support,
} from '@waymark/plugin-golden-paths-common';
import type { CountedRow } from './CoverageStore';
import type { ExceptionRow } from './ExceptionStore';
import type { ServiceRow } from './ServiceStore';

/** A repository on a golden path, as the API document has it. */
export function describeMember(
  row: ServiceRow,
  known: { support: Support; latest?: string; exception?: ExceptionRow },
): Member {
  const { support, latest, exception } = known;
  return {
    entityRef: row.entity_ref,
    title: row.title,
    template: row.template ?? '',
    version: row.version ?? '',
    support,
    ...(row.owner ? { owner: row.owner } : {}),
    ...(row.repository ? { repository: row.repository } : {}),
    ...(latest ? { latest } : {}),
    ...(exception
      ? { exception: { id: exception.id, until: exception.until } }
      : {}),
    ...(row.drift ? { drift: row.drift } : {}),
    ...(row.files === null ? {} : { files: row.files }),
    ...(row.problem ? { problem: row.problem } : {}),
    ...(row.read_at ? { readAt: row.read_at.toISOString() } : {}),
    ...(row.made_at
      ? {
          madeAt: row.made_at.toISOString(),
          firstDeployment: firstDeploymentOf(row, row.made_at),
        }
      : {}),
  };
}

function firstDeploymentOf(
  row: ServiceRow,
  madeAt: Date,
): Member['firstDeployment'] {
  const { deployed_at: at, deployed_to: environment } = row;
  if (!at) return { state: row.deployment_known ? 'none' : 'unknown' };
  return {
    state: 'deployed',
    at: at.toISOString(),
    ...(environment ? { environment } : {}),
    seconds: Math.round((at.getTime() - madeAt.getTime()) / 1000),
  };
}

/** A service that coverage counts, as the API document has it. */
export function describeCounted(row: CountedRow): CountedService {
  return {
    entityRef: row.entity_ref,
    title: row.title,
    standing: row.standing,
    isNew: !row.known_before,
    firstSeenAt: row.first_seen_at.toISOString(),
    ...(row.owner ? { owner: row.owner } : {}),
    ...(row.template ? { template: row.template } : {}),
    ...(row.version ? { version: row.version } : {}),
    ...(row.problem ? { problem: row.problem } : {}),
  };
}
