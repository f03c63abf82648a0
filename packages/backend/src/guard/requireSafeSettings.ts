import { readRootConfig } from '../settings/rootConfig';
import { findDevelopmentSettings } from './findDevelopmentSettings';

/**
 * Reads the configuration as the backend will, and refuses when it is not safe
 * to start with.
 *
 * @throws Error with one line for every finding
 */
export async function requireSafeSettings(
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const findings = findDevelopmentSettings(await readRootConfig(), env);
  if (findings.length > 0) {
    throw new Error(
      [
        `the portal refuses to start with ${
          findings.length === 1 ? 'this setting' : 'these settings'
        }:`,
        ...findings.map(({ key, message }) => `  ${key} ${message}.`),
      ].join('\n'),
    );
  }
}
