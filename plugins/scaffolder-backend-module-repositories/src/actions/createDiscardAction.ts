import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import type { CatalogTraces } from '../catalog/CatalogTraces';
import { discardExamples } from './examples';

/** `repository:discard`: takes back what this very task published and registered. */
export function createDiscardAction(options: {
  host: RepositoryHost;
  traces: CatalogTraces;
}) {
  const { host, traces } = options;
  return createTemplateAction({
    id: 'repository:discard',
    description:
      'Undoes repository:publish of the same task, and takes what it registered out of the catalog. Leaves alone what anything else made. Meant for a step with if: ${{ failure() }}.',
    examples: discardExamples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z.string({ description: 'The name given to repository:publish' }),
        defaultBranch: z =>
          z
            .string({ description: 'The branch given to repository:publish' })
            .default('main')
            .optional(),
      },
      output: {
        discarded: z =>
          z.boolean({ description: 'Whether there was something to undo' }),
      },
    },
    async handler(ctx) {
      const { name, defaultBranch = 'main' } = ctx.input;
      if (ctx.isDryRun) {
        ctx.output('discarded', false);
        return;
      }
      const what = { name, taskId: ctx.task.id };
      if (!(await host.isMadeBy(what))) {
        ctx.logger.info(
          `Nothing to undo: this task made no repository named ${name}. When the reason above is mended, start again from the template.`,
        );
        ctx.output('discarded', false);
        return;
      }
      // The catalog first: were the repository gone before, an interrupted
      // undoing could no longer tell that the location is this task's.
      const { catalogInfoUrl } = host.urlsFor({ name, defaultBranch });
      const unregistered = await traces.unregister(catalogInfoUrl);
      await host.discard(what);
      ctx.logger.info(
        `Undone: the repository ${name} was removed${
          unregistered ? ', and so was its entry in the catalog' : ''
        }. Nothing of it is left; the name is free to start again from the template.`,
      );
      ctx.output('discarded', true);
    },
  });
}
