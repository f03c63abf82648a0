import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Services } from '../router';
import { entityRefField } from './inputs';

/** Lets programs bring repositories under golden paths, as people do in the form. */
export function registerAdoptionActions(
  registry: ActionsRegistryService,
  { adoptions }: Pick<Services, 'adoptions'>,
): void {
  registry.register({
    name: 'preview-adoption',
    title: 'Preview adoption',
    description:
      'What bringing the repository of a component under a golden path would add, and which files of the team differ and stay. Nothing is published.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: entityRefField(z).describe('The component'),
          template: entityRefField(z).describe('The golden path'),
          answers: z.record(z.string(), z.unknown()).optional(),
        }),
      output: z => z.object({ adoption: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const adoption = await adoptions.preview(input, { credentials });
      return { output: { adoption } };
    },
  });

  registry.register({
    name: 'adopt-golden-path',
    title: 'Adopt golden path',
    description:
      'Brings the repository of a component under the current version of a golden path, on a branch; files that are there stay as they are.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: entityRefField(z).describe('The component'),
          template: entityRefField(z).describe('The golden path'),
          answers: z
            .record(z.string(), z.unknown())
            .optional()
            .describe('What the catalog does not know of the component'),
        }),
      output: z => z.object({ adoption: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const adoption = await adoptions.adopt(input, { credentials });
      return { output: { adoption } };
    },
  });
}
