import type { Contract, Operation } from './contract';

type Components = Record<string, Record<string, object>>;

/** Every `$ref` in it, at any depth. */
function referencesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
  );
}

/** Those components that the paths refer to, and those that these refer to in turn. */
function usedBy(paths: Contract['paths'], components: Components): Components {
  const used: Components = {};
  const waiting = referencesIn(paths);
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const [, , kind, name] = place.split('/');
    const component = components[kind]?.[name];
    if (component && !used[kind]?.[name]) {
      (used[kind] ??= {})[name] = component;
      waiting.push(...referencesIn(component));
    }
  }
  return used;
}

/**
 * What an API document says of requests: what checks them reads all of a
 * document when a plugin starts, and takes longest over answers, which it does
 * not check. A copy, since it also writes into what it reads.
 */
export function requestsOf(
  contract: Contract & { components?: object },
): Contract {
  const paths = Object.fromEntries(
    Object.entries(contract.paths).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => [
          method,
          { ...operation, responses: {} } satisfies Operation,
        ]),
      ),
    ]),
  );
  const components = usedBy(paths, (contract.components ?? {}) as Components);
  return structuredClone({ ...contract, paths, components });
}
