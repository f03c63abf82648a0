import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { createGoldenPathsClient } from '@waymark/plugin-golden-paths-common';
import { adoptExamples } from './examples';

/** `golden-path:adopt`: proposes to bring a repository that is there already under a golden path. */
export function createAdoptAction(options: {
  auth: AuthService;
  discovery: DiscoveryService;
}) {
  const { auth, discovery } = options;
  return createTemplateAction({
    id: 'golden-path:adopt',
    description:
      'Brings the repository of a component under the current version of a golden path, on a branch, and asks to merge it where the host knows that. Files that are there stay as they are; those that differ are listed.',
    examples: adoptExamples,
    supportsDryRun: true,
    schema: {
      input: {
        component: z =>
          z.string({
            description:
              'The reference of the component, which one of your teams owns',
          }),
        template: z =>
          z.string({ description: 'The reference of the golden path' }),
        answers: z =>
          z
            .record(z.any(), {
              description:
                'What the golden path asks and the catalog does not know of the component; no secrets',
            })
            .default({})
            .optional(),
      },
      output: {
        branch: z => z.string({ description: 'Where the files are' }),
        version: z => z.string({ description: 'The version of the template' }),
        summary: z =>
          z.string({ description: 'What is added, and what stays as it is' }),
        differing: z =>
          z.array(z.string(), {
            description: 'Files of the repository that differ',
          }),
        repositoryUrl: z => z.string({ description: 'What a person opens' }),
        proposalUrl: z =>
          z
            .string({
              description: 'The pull or merge request, where it is one',
            })
            .optional(),
      },
    },
    async handler(ctx) {
      const { component: entityRef, template, answers = {} } = ctx.input;
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await ctx.getInitiatorCredentials(),
        targetPluginId: 'golden-paths',
      });
      const client = createGoldenPathsClient({
        baseUrl: await discovery.getBaseUrl('golden-paths'),
        fetch: request => {
          request.headers.set('authorization', `Bearer ${token}`);
          return fetch(request);
        },
      });
      const { data, error, response } = await client.request(
        'post',
        ctx.isDryRun ? '/adoptions/preview' : '/adoptions',
        { body: { entityRef, template, answers } },
      );
      // The portal's own words say what to do.
      if (!data) {
        throw new InputError(
          error?.error.message ?? `The portal answered ${response.status}`,
        );
      }
      ctx.logger.info(
        `${data.changes.length} files change, ${data.differing.length} stay as they are`,
      );
      ctx.output('branch', data.branch);
      ctx.output('version', data.version);
      ctx.output('summary', data.summary);
      ctx.output('differing', data.differing);
      ctx.output('repositoryUrl', data.repositoryUrl);
      if (data.proposalUrl) ctx.output('proposalUrl', data.proposalUrl);
    },
  });
}
