import type { Config } from '@backstage/config';

/** A list in the configuration: YAML entries, or one text with commas as environments give it. */
export function readList(config: Config, key: string): string[] {
  const value = config.getOptional(key);
  const entries =
    typeof value === 'string'
      ? value.split(',')
      : config.getOptionalStringArray(key) ?? [];
  return entries.map(entry => entry.trim()).filter(Boolean);
}
