import type { Report } from '@waymark/plugin-infrastructure-node';
import { z } from 'zod';
import {
  folder,
  instant,
  placeOf,
  readBody,
  repositoryOf,
  said,
} from './reading';

/** An event, as Flux's notification controller sends it to a generic address. */
const event = z.object({
  involvedObject: z.object({ kind: z.string(), name: z.string() }),
  severity: z.string(),
  timestamp: instant,
  message: z.string().max(4000),
  reason: z.string(),
  metadata: z.record(z.string(), z.string()).nullish(),
});

const ours = z.object({ repository: said, path: folder });

const states: Record<string, Report['state']> = {
  ReconciliationSucceeded: 'settled',
  Progressing: 'working',
};

/** What Flux calls `main@sha1:<commit>`. */
const commitIn = (revision: string) =>
  /(?:^|[:/])([0-9a-f]{40})$/.exec(revision)?.[1] ?? revision;

/** How a Kustomization fares; other things are of no interest. */
export function readFlux(
  body: Buffer,
  repositories: string[],
): Report | undefined {
  const told = readBody(body, event, 'Flux');
  const { involvedObject, message, metadata, reason, severity } = told;
  const state = severity === 'error' ? 'failed' : states[reason];
  if (involvedObject.kind !== 'Kustomization' || !state) return undefined;
  const { repository, path } = readBody(
    Buffer.from(JSON.stringify(metadata ?? {})),
    ours,
    'Flux, by the eventMetadata of its Alert,',
  );
  // Some versions leave the name of their API group before it.
  const [, revision = ''] =
    Object.entries(metadata ?? {}).find(([key]) =>
      /(^|\/)revision$/.test(key),
    ) ?? [];
  return {
    place: placeOf(repositoryOf(repository, repositories), path),
    at: told.timestamp,
    revision: commitIn(revision),
    state,
    message: `Flux says: ${reason}. ${message}`,
  };
}
