import type { Config } from '@backstage/config';
import type { Finding } from './findings';
import { productionChecks } from './production';

const loopbackHosts = ['127.0.0.1', 'localhost', '::1'];

function developmentFindings(
  config: Config,
  env: NodeJS.ProcessEnv,
): Finding[] {
  const listen = config.getOptional('backend.listen');
  const host =
    typeof listen === 'object'
      ? config.getOptionalString('backend.listen.host')
      : undefined;
  return [
    ...(env.WAYMARK_DEVELOPMENT === 'true'
      ? []
      : [
          {
            key: 'waymark.environment',
            message:
              'is development, in which anybody may sign in as anybody; start it with npm start, or use app-config.production.yaml',
          },
        ]),
    ...(host && loopbackHosts.includes(host)
      ? []
      : [
          {
            key: 'backend.listen.host',
            message:
              'is not 127.0.0.1; a development portal is for its own machine alone',
          },
        ]),
  ];
}

/**
 * Finds, all at once, the settings with which this portal must not start: those
 * of a development portal in production, and a development portal that others
 * could reach. Empty when it may start.
 */
export function findDevelopmentSettings(
  config: Config,
  env: NodeJS.ProcessEnv,
): Finding[] {
  const environment = config.getOptionalString('waymark.environment');
  switch (environment) {
    case 'production':
      return productionChecks.flatMap(check => check(config, env));
    case 'development':
      return developmentFindings(config, env);
    default:
      return [
        {
          key: 'waymark.environment',
          message: `is ${
            environment ?? 'not set'
          }; it is production or development`,
        },
      ];
  }
}
