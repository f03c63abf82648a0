import type { RunTools } from '@waymark/plugin-infrastructure-node';
import { camelCase, madeBy } from './rootModule';

/** A resource's outputs by the names of the offering. All are concealed: the offering says which may be shown. */
export function outputsOf(
  outputs: Record<string, { value?: unknown }>,
  tools: Pick<RunTools, 'conceal'>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, { value }]) => {
      if (name === madeBy || value === null || value === undefined) return [];
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      tools.conceal(text);
      return [[camelCase(name), text]];
    }),
  );
}
