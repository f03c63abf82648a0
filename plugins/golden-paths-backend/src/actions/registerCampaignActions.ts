import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Services } from '../router';
import { entityRefField } from './inputs';

const harmless = { readOnly: true, destructive: false, idempotent: true };
const acting = { readOnly: false, destructive: false, idempotent: false };

/** Lets programs follow campaigns, start and steer them, as people do in the pages. */
export function registerCampaignActions(
  registry: ActionsRegistryService,
  { campaigns }: Pick<Services, 'campaigns'>,
): void {
  registry.register({
    name: 'list-upgrade-campaigns',
    title: 'List upgrade campaigns',
    description: 'Campaigns, the latest first, each with how far it has come.',
    attributes: harmless,
    schema: {
      input: z =>
        z.object({
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
      return { output: await campaigns.list(input, { credentials }) };
    },
  });

  registry.register({
    name: 'get-upgrade-campaign',
    title: 'Get upgrade campaign',
    description:
      'One campaign with how far it has come; its upgrades are listed by list-upgrades.',
    attributes: harmless,
    schema: {
      input: z => z.object({ id: z.string().uuid() }),
      output: z => z.object({ campaign: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const campaign = await campaigns.find(input.id, { credentials });
      return { output: { campaign } };
    },
  });

  registry.register({
    name: 'start-upgrade-campaign',
    title: 'Start upgrade campaign',
    description:
      'Upgrades all repositories of a golden path, or those of one owner.',
    attributes: acting,
    schema: {
      input: z =>
        z.object({
          title: z.string().min(1).max(100),
          template: entityRefField(z),
          owner: entityRefField(z).optional(),
          merge: z.enum(['never', 'clean']).optional(),
        }),
      output: z => z.object({ campaign: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const campaign = await campaigns.start(input, { credentials });
      return { output: { campaign } };
    },
  });

  registry.register({
    name: 'steer-upgrade-campaign',
    title: 'Steer upgrade campaign',
    description: 'Pauses, resumes or cancels a campaign.',
    attributes: acting,
    schema: {
      input: z =>
        z.object({
          id: z.string().uuid(),
          to: z.enum(['pause', 'resume', 'cancel']),
        }),
      output: z => z.object({ campaign: z.record(z.string(), z.unknown()) }),
    },
    async action({ input, credentials }) {
      const steer = {
        pause: campaigns.pause,
        resume: campaigns.resume,
        cancel: campaigns.cancel,
      }[input.to];
      const campaign = await steer.call(campaigns, input.id, { credentials });
      return { output: { campaign } };
    },
  });
}
