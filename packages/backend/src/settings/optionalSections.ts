import type { JsonObject, JsonValue } from '@backstage/types';

/**
 * Sections that are only there when the environment gave the value without
 * which they mean nothing. `*` stands for every key or entry, and as a need for any key at all. Of several needs one is enough.
 */
const optional: { section: string; needs: string | string[] }[] = [
  { section: 'auth.providers.*.production', needs: 'clientId' },
  { section: 'auth.providers.*', needs: '*' },
  {
    section: 'backend.auth.externalAccess.*',
    needs: ['options.token', 'options.secret', 'options.url'],
  },
  { section: 'integrations.github.*', needs: 'host' },
  { section: 'integrations.gitlab.*', needs: 'host' },
  { section: 'catalog.providers.github.*', needs: 'organization' },
  { section: 'catalog.providers.githubOrg', needs: 'githubUrl' },
  { section: 'catalog.providers.gitlab.*', needs: 'host' },
  { section: 'catalog.locations.*', needs: 'target' },
  { section: 'waymark.signIn.providers.*', needs: 'title' },
];

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function has(value: JsonValue, path: string[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  if (key === '*') return isObject(value) && Object.keys(value).length > 0;
  const inner = isObject(value) ? value[key] : undefined;
  return inner !== undefined && inner !== '' && has(inner, rest);
}

function prune(value: JsonValue, path: string[], needs: string[][]): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const keep = (entry: JsonValue) =>
    rest.length > 0 || needs.some(need => has(entry, need));
  if (Array.isArray(value)) {
    return value.filter(keep).map(entry => prune(entry, rest, needs));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) => {
      if (entry === undefined) return [];
      if (key !== '*' && key !== name) return [[name, entry]];
      return keep(entry) ? [[name, prune(entry, rest, needs)]] : [];
    }),
  );
}

/** The configuration without the optional sections whose variables are not set. */
export function withoutEmptySections(data: JsonObject): JsonObject {
  return optional.reduce<JsonObject>((pruned, { section, needs }) => {
    const next = prune(
      pruned,
      section.split('.'),
      [needs].flat().map(need => need.split('.')),
    );
    return isObject(next) ? next : pruned;
  }, data);
}
