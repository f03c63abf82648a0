import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import { createConfigSecretEnumerator } from '@backstage/backend-defaults/rootConfig';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { format, transports } from 'winston';
import { configSchemaServiceRef } from './configSchema';

type LevelOverrides = Parameters<WinstonLogger['setLevelOverrides']>[0];

/**
 * Upstream's logger, with one difference: the schema that says which settings
 * are secret, and so never logged, is not collected anew at every start.
 */
export const portalRootLoggerFactory = createServiceFactory({
  service: coreServices.rootLogger,
  deps: { config: coreServices.rootConfig, schema: configSchemaServiceRef },
  async factory({ config, schema }) {
    const settings = config.getOptionalConfig('backend.logger');
    const logger = WinstonLogger.create({
      meta: {
        service: 'backstage',
        ...settings?.getOptional<JsonObject>('meta'),
      },
      level:
        process.env.LOG_LEVEL || settings?.getOptionalString('level') || 'info',
      format:
        process.env.NODE_ENV === 'production'
          ? format.json()
          : WinstonLogger.colorFormat(),
      transports: [new transports.Console()],
    });
    const findSecrets = await createConfigSecretEnumerator({ logger, schema });
    logger.addRedactions(findSecrets(config));
    logger.setLevelOverrides(
      settings?.getOptional<LevelOverrides>('overrides') ?? [],
    );
    return logger;
  },
});
