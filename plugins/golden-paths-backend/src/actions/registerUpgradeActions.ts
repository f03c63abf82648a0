import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Services } from '../router';
import { entityRefField } from './inputs';

const harmless = { readOnly: true, destructive: false, idempotent: true };
const acting = { readOnly: false, destructive: false, idempotent: false };

/** Lets programs see and upgrade the fleet, as people do in the pages. */
export function registerUpgradeActions(
  registry: ActionsRegistryService,
  services: Pick<Services, 'fleet' | 'upgrades'>,
): void {
  const { fleet, upgrades } = services;

  registry.register({
    name: 'list-golden-paths',
    title: 'List golden paths',
    description:
      'Golden paths with their versions, and until when each is supported.',
    attributes: harmless,
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({ items: z.array(z.record(z.string(), z.unknown())) }),
    },
    async action({ credentials }) {
      return { output: { items: await fleet.templates({ credentials }) } };
    },
  });

  registry.register({
    name: 'get-fleet-summary',
    title: 'Get fleet summary',
    description:
      'How repositories are spread over versions of golden paths, how many drifted, what share of services is on a golden path, and how long services took from the form to their first deployment.',
    attributes: harmless,
    schema: {
      input: z => z.object({}),
      output: z => z.object({ summary: z.record(z.string(), z.unknown()) }),
    },
    async action({ credentials }) {
      return { output: { summary: await fleet.summary({ credentials }) } };
    },
  });

  registry.register({
    name: 'list-fleet',
    title: 'List fleet',
    description:
      'Repositories on a golden path, each with its version, how long that is supported, and the files that people changed.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          template: z.string().max(300).optional().describe('A reference'),
          version: z.string().max(300).optional(),
          owner: z.string().max(300).optional().describe('A reference'),
          support: z
            .enum([
              'current',
              'supported',
              'deprecated',
              'unsupported',
              'unknown',
            ])
            .optional(),
          newest: z.boolean().optional().describe('On the newest version'),
          drift: z.enum(['changed', 'none']).optional(),
          firstDeployment: z.enum(['deployed', 'none', 'unknown']).optional(),
          limit: z.number().int().min(1).max(200).optional(),
          offset: z.number().int().min(0).optional(),
        }),
      output: z =>
        z.object({
          items: z.array(z.record(z.string(), z.unknown())),
          total: z.number(),
        }),
    },
    async action({ input, credentials }) {
      return { output: await fleet.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'list-counted-services',
    title: 'List counted services',
    description:
      'Services that coverage by golden paths counts: on one, on none, without a readable record, or let off by an exception.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          standing: z.enum(['on', 'off', 'unread', 'exempt']).optional(),
          isNew: z.boolean().optional(),
          owner: z.string().max(300).optional().describe('A reference'),
          limit: z.number().int().min(1).max(200).optional(),
          offset: z.number().int().min(0).optional(),
        }),
      output: z =>
        z.object({
          items: z.array(z.record(z.string(), z.unknown())),
          total: z.number(),
        }),
    },
    async action({ input, credentials }) {
      return { output: await fleet.services(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-drift',
    title: 'Get drift',
    description:
      'What the team of a component changed of what its golden path wrote, file by file and line by line. Reads the repository now.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          entityRef: entityRefField(z),
        }),
      output: z => z.object({ drift: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const drift = await fleet.drift(input.entityRef, { credentials });
      return { output: { drift } };
    },
  });

  registry.register({
    name: 'preview-upgrade',
    title: 'Preview upgrade',
    description:
      'What an upgrade of a component to the current version of its golden path would change, and which files are in conflict. Nothing is published.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          entityRef: entityRefField(z),
        }),
      output: z => z.object({ preview: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const preview = await upgrades.preview(input.entityRef, { credentials });
      return { output: { preview } };
    },
  });

  registry.register({
    name: 'list-upgrades',
    title: 'List upgrades',
    description: 'Upgrades of a component, of a campaign or of all.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
          entityRef: z.string().max(300).optional(),
          campaign: z.string().uuid().optional(),
          limit: z.number().int().min(1).max(200).optional(),
          offset: z.number().int().min(0).optional(),
        }),
      output: z =>
        z.object({
          items: z.array(z.record(z.string(), z.unknown())),
          total: z.number(),
        }),
    },
    async action({ input, credentials }) {
      return { output: await upgrades.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'upgrade-repository',
    title: 'Upgrade repository',
    description:
      'Puts the current version of its golden path on a branch of a component, and proposes to merge it. The default branch stays as it is.',
    attributes: acting,
    schema: {
      input: z =>
        z.object({
          entityRef: entityRefField(z),
          answers: z
            .record(z.string(), z.unknown())
            .optional()
            .describe('What the new version asks and was never answered'),
        }),
      output: z => z.object({ upgrade: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const upgrade = await upgrades.request(input, { credentials });
      return { output: { upgrade } };
    },
  });

  registry.register({
    name: 'merge-upgrade',
    title: 'Merge upgrade',
    description:
      'Merges an upgrade without conflicts, on a host where nobody reviews merges.',
    attributes: acting,
    schema: {
      input: z => z.object({ id: z.string().uuid() }),
      output: z => z.object({ upgrade: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const upgrade = await upgrades.merge(input.id, { credentials });
      return { output: { upgrade } };
    },
  });
}
