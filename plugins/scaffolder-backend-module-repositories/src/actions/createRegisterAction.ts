import { stringifyEntityRef } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import type { CatalogTraces } from '../catalog/CatalogTraces';
import { registerExamples } from './examples';

/** Errors of another plugin arrive wrapped in the answer that carried them. */
function isConflict(error: unknown): boolean {
  return (
    isError(error) &&
    [error.name, isError(error.cause) && error.cause.name].includes(
      'ConflictError',
    )
  );
}

/**
 * `repository:register`: puts what this very task published into the catalog,
 * and ends when it is to be seen there: the task's own link leads to it.
 * Unlike `catalog:register` it goes on where the task was interrupted between
 * the registration and its record.
 */
export function createRegisterAction(options: {
  host: RepositoryHost;
  catalog: CatalogService;
  traces: CatalogTraces;
}) {
  const { host, catalog, traces } = options;
  return createTemplateAction({
    id: 'repository:register',
    description:
      'Registers in the catalog what repository:publish of the same task published, and waits until it is shown there. A task that was interrupted after registering finds its own entry and goes on.',
    examples: registerExamples,
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
        catalogInfoUrl: z => z.string({ description: 'What was registered' }),
        entityRef: z =>
          z
            .string({
              description:
                'The component it describes, or its first entity when it describes none',
            })
            .optional(),
      },
    },
    async handler(ctx) {
      const { name, defaultBranch = 'main' } = ctx.input;
      const { catalogInfoUrl } = host.urlsFor({ name, defaultBranch });
      ctx.output('catalogInfoUrl', catalogInfoUrl);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would register ${catalogInfoUrl}`);
        return;
      }
      const location = { type: 'url', target: catalogInfoUrl };
      // As the person who asked: registering needs their permission.
      const credentials = await ctx.getInitiatorCredentials();
      let interrupted = false;
      try {
        await catalog.addLocation(location, { credentials });
        ctx.logger.info(`Registered ${catalogInfoUrl} in the catalog`);
      } catch (error) {
        const what = { name, taskId: ctx.task.id };
        if (!isConflict(error) || !(await host.isMadeBy(what))) throw error;
        interrupted = true;
        ctx.logger.info(
          `This task registered ${catalogInfoUrl} before it was interrupted`,
        );
      }
      const { entities } = await catalog.addLocation(
        { ...location, dryRun: true },
        { credentials },
      );
      const entity =
        entities.find(({ kind }) => kind === 'Component') ?? entities[0];
      if (interrupted) {
        await traces.readAgain(
          catalogInfoUrl,
          entities.map(one => stringifyEntityRef(one)),
        );
      }
      if (!entity) return;
      const entityRef = stringifyEntityRef(entity);
      ctx.output('entityRef', entityRef);
      ctx.logger.info(`Waiting until the catalog shows ${entityRef}`);
      if (!(await traces.waitUntilShown(entityRef, ctx.signal))) {
        ctx.logger.warn(
          `The catalog has not read ${entityRef} yet; it does so when its turn comes`,
        );
      }
    },
  });
}
