import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { AuthorizedRepositories } from '../reads/AuthorizedRepositories';

const readOnly = { readOnly: true, destructive: false, idempotent: true };
// More than this is a download: clone instead.
const largestFile = 256 * 1024;

/** Gives programs the same reads that the API has, under the same permission. */
export function registerReadActions(
  registry: ActionsRegistryService,
  repositories: AuthorizedRepositories,
): void {
  registry.register({
    name: 'list-repositories',
    title: 'List repositories',
    description:
      'A page of the repositories that the portal keeps, in the order of their names.',
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          limit: z.number().int().min(1).max(100).default(20),
          after: z
            .string()
            .optional()
            .describe('Where to go on: next of the page before'),
        }),
      output: z =>
        z.object({
          repositories: z.array(
            z.object({
              name: z.string(),
              description: z.string(),
              defaultBranch: z.string(),
              cloneUrl: z.string().describe('What git clone takes'),
            }),
          ),
          next: z.string().optional().describe('Missing at the end'),
        }),
    },
    async action({ input, credentials }) {
      const { items, next } = await repositories.list(input, { credentials });
      return {
        output: {
          repositories: items.map(
            ({ name, description, defaultBranch, cloneUrl }) => ({
              name,
              description,
              defaultBranch,
              cloneUrl,
            }),
          ),
          ...(next && { next }),
        },
      };
    },
  });

  registry.register({
    name: 'get-repository',
    title: 'Get repository',
    description:
      'What is known of a repository that the portal keeps: its description, default branch, newest commit and the URL to clone.',
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          name: z.string().describe('The name, such as payments-ledger'),
        }),
      output: z =>
        z.object({
          name: z.string(),
          description: z.string(),
          defaultBranch: z.string(),
          cloneUrl: z.string().describe('What git clone takes'),
          commit: z.string().describe('The newest commit'),
          committedAt: z.string().describe('ISO 8601'),
        }),
    },
    async action({ input, credentials }) {
      const { name, description, defaultBranch, cloneUrl, head } =
        await repositories.describe(input.name, { credentials });
      const { commit, committedAt } = head;
      return {
        output: {
          name,
          description,
          defaultBranch,
          cloneUrl,
          commit,
          committedAt,
        },
      };
    },
  });

  registry.register({
    name: 'list-repository-files',
    title: 'List repository files',
    description: 'What a folder of a repository that the portal keeps holds.',
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          name: z.string().describe('The repository, such as payments-ledger'),
          ref: z.string().describe('A branch, tag or commit, such as main'),
          path: z
            .string()
            .default('')
            .describe('A folder, such as docs; without it, the root'),
        }),
      output: z =>
        z.object({
          commit: z.string().describe('The commit it was read at'),
          entries: z.array(
            z.object({
              path: z.string().describe('From the root of the repository'),
              type: z.enum(['file', 'folder', 'link', 'submodule']),
              size: z.number().optional().describe('In bytes'),
            }),
          ),
        }),
    },
    async action({ input, credentials }) {
      return { output: await repositories.tree(input, { credentials }) };
    },
  });

  registry.register({
    name: 'read-repository-file',
    title: 'Read repository file',
    description: `The text of one file of a repository that the portal keeps, at most ${largestFile} bytes of it.`,
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          name: z.string().describe('The repository, such as payments-ledger'),
          ref: z.string().describe('A branch, tag or commit, such as main'),
          path: z
            .string()
            .describe('From the root of the repository, such as docs/index.md'),
        }),
      output: z =>
        z.object({
          commit: z.string().describe('The commit it was read at'),
          size: z.number().describe('Of the whole file, in bytes'),
          content: z.string(),
        }),
    },
    async action({ input, credentials }) {
      const { commit, content } = await repositories.file(input, {
        credentials,
      });
      return {
        output: {
          commit,
          size: content.length,
          content: content.subarray(0, largestFile).toString('utf8'),
        },
      };
    },
  });
}
