import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { BackfillService } from '../../facts/backfill/BackfillService';
import type { HistoryService } from '../../facts/HistoryService';
import { historyOptionsOf } from '../historyOptions';
import { idField, pageFields, pageOf, type Zod } from './inputs';

const reading = { readOnly: true, destructive: false, idempotent: true };
/** What is brought again changes nothing. */
const bringing = { readOnly: false, destructive: false, idempotent: true };

const instantField = (z: Zod) =>
  z
    .string()
    .max(40)
    .describe(
      'A date or an instant, such as 2026-03-01 or 2026-03-01T09:30:00Z',
    );

const backfillOutput = (z: Zod) =>
  z.object({ backfill: z.record(z.string(), z.unknown()) });

/** Lets programs bring what was before the first delivery, and watch it. */
export function registerIntake(
  registry: ActionsRegistryService,
  services: { backfills: BackfillService; history: HistoryService },
): void {
  registerHistory(registry, services.history);
  registerBackfills(registry, services.backfills);
}

function registerHistory(
  registry: ActionsRegistryService,
  history: HistoryService,
): void {
  registry.register({
    name: 'bring-git-history',
    title: 'Bring the history of a Git repository',
    description:
      'Reads releases or landings as deployments and merges as changes, in the background: a first answer for a repository that no delivery system reports. The same history again changes nothing. For owners of the component and whoever may import.',
    attributes: bringing,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .min(1)
            .max(500)
            .describe('The component it belongs to'),
          repository: z
            .string()
            .min(1)
            .max(2000)
            .describe(
              'Its address, on a host that integrations knows or in the portal itself',
            ),
          deployments: z
            .enum(['tags', 'landings', 'none'])
            .optional()
            .describe('What counts as a deployment; tags when absent'),
          tags: z
            .string()
            .min(1)
            .max(200)
            .optional()
            .describe('Which tags are releases, with * for any characters'),
          environment: z
            .string()
            .min(1)
            .max(100)
            .optional()
            .describe('production when absent'),
          since: instantField(z).optional(),
          until: instantField(z).optional(),
        }),
      output: z => z.object({ run: z.record(z.string(), z.unknown()) }),
    },
    async action({
      input: { entityRef, repository, ...options },
      credentials,
    }) {
      const run = await history.order(
        { entityRef, repository, options: historyOptionsOf(options) },
        { credentials },
      );
      return { output: { run } };
    },
  });

  registry.register({
    name: 'get-git-history-run',
    title: 'Get what became of a Git history',
    description:
      'Whether the history of a repository was brought, what it held, and why not when it failed.',
    attributes: reading,
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: z => z.object({ run: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const run = await history.find(input.id, { credentials });
      return { output: { run } };
    },
  });
}

function registerBackfills(
  registry: ActionsRegistryService,
  backfills: BackfillService,
): void {
  registry.register({
    name: 'start-backfill',
    title: 'Start a backfill',
    description:
      'Asks the API of GitHub or GitLab for what was before the first webhook, for every project of a scope, in the background and as slowly as its rate limits want.',
    attributes: bringing,
    schema: {
      input: z =>
        z.object({
          source: z.string().max(50).describe('Such as github or gitlab'),
          entityRef: z
            .string()
            .min(1)
            .max(500)
            .optional()
            .describe(
              'A component, system, domain or group with all below it; the whole catalog when absent',
            ),
          since: instantField(z),
        }),
      output: backfillOutput,
    },
    async action({ input, credentials }) {
      const backfill = await backfills.start(input, { credentials });
      return { output: { backfill } };
    },
  });

  registry.register({
    name: 'list-backfills',
    title: 'List backfills',
    description:
      'Backfills, newest first: how many projects were read, what is read now, until when a rate limit makes it wait.',
    attributes: reading,
    schema: {
      input: z => z.object(pageFields(z)),
      output: z => pageOf(z, 'Backfills'),
    },
    async action({ input, credentials }) {
      return { output: await backfills.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'cancel-backfill',
    title: 'Cancel a backfill',
    description:
      'Ends a backfill that waits or runs. What it brought stays; resume-backfill takes it up again.',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: backfillOutput,
    },
    async action({ input, credentials }) {
      const backfill = await backfills.cancel(input.id, { credentials });
      return { output: { backfill } };
    },
  });

  registry.register({
    name: 'resume-backfill',
    title: 'Resume a backfill',
    description:
      'Takes up a backfill that failed or was cancelled, each project where it ended.',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z => z.object({ id: idField(z) }),
      output: backfillOutput,
    },
    async action({ input, credentials }) {
      const backfill = await backfills.resume(input.id, { credentials });
      return { output: { backfill } };
    },
  });
}
