import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { RecordsService } from '../../metrics/RecordsService';
import { idField, reasonField } from './inputs';

/** A later correction replaces an earlier one; none is lost. */
const audited = { readOnly: false, destructive: false, idempotent: true };

/** Lets programs correct for a person what the pages let the person correct. */
export function registerCorrections(
  registry: ActionsRegistryService,
  records: RecordsService,
): void {
  registry.register({
    name: 'correct-deployment',
    title: 'Correct a deployment',
    description:
      'Says that a deployment failed or did not. Audited; survives every later computation; null takes it back.',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          id: idField(z),
          failed: z.boolean().nullable(),
          reason: reasonField(z),
        }),
      output: z => z.object({ deployment: z.record(z.string(), z.unknown()) }),
    },
    async action({ input: { id, ...correction }, credentials }) {
      const deployment = await records.correctDeployment(id, correction, {
        credentials,
      });
      return { output: { deployment } };
    },
  });

  registry.register({
    name: 'correct-incident',
    title: 'Correct an incident',
    description:
      'Puts an incident down to a deployment, to none of ours (null), or back to what the portal concludes (automatic).',
    attributes: audited,
    schema: {
      input: z =>
        z.object({
          id: idField(z),
          cause: z.union([
            z.object({ deployment: idField(z) }),
            z.null(),
            z.literal('automatic'),
          ]),
          reason: reasonField(z),
        }),
      output: z => z.object({ incident: z.record(z.string(), z.unknown()) }),
    },
    async action({ input: { id, ...correction }, credentials }) {
      const incident = await records.correctIncident(id, correction, {
        credentials,
      });
      return { output: { incident } };
    },
  });
}
