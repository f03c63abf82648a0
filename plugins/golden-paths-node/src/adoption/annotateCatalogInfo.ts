import { InputError } from '@backstage/errors';
import { isMap, isScalar, parseAllDocuments, Scalar, YAMLMap } from 'yaml';

/** Names what an entity says of itself, as the catalog has it. */
export type CatalogInfoSubject = {
  kind: string;
  namespace: string;
  name: string;
};

/** As templates write it, so that an upgrade finds the line. */
const line = ([name, value]: [string, string]) =>
  `${name}: ${JSON.stringify(value)}`;

/** The column in which the keys of a map of its own lines begin; `undefined` for one in braces. */
function columnOf(text: string, map: YAMLMap): number | undefined {
  if (map.flow || !map.range || map.items.length === 0) return undefined;
  const [start] = map.range;
  return start - (text.lastIndexOf('\n', start - 1) + 1);
}

/**
 * Adds annotations to an entity of a catalog file, and leaves every other
 * character as it is. One that is there already gets the new value.
 *
 * @throws InputError when the file does not describe the entity
 */
export function annotateCatalogInfo(
  text: string,
  subject: CatalogInfoSubject,
  annotations: Record<string, string>,
): string {
  const document = parseAllDocuments(text).find(candidate => {
    if (candidate.errors.length > 0) return false;
    const { kind, metadata } = candidate.toJS() ?? {};
    return (
      String(kind).toLocaleLowerCase('en-US') ===
        subject.kind.toLocaleLowerCase('en-US') &&
      metadata?.name === subject.name &&
      (metadata.namespace ?? 'default') === subject.namespace
    );
  });
  const metadata = document?.get('metadata');
  if (!document || !isMap(metadata)) {
    throw new InputError(
      `The catalog file does not describe the ${subject.kind} ${subject.namespace}/${subject.name}`,
    );
  }
  const existing = metadata.get('annotations');
  const own = isMap(existing) ? existing : undefined;
  let result = text;
  // From behind, so that what comes before stays where it is.
  const inserts: { at: number; until: number; content: string }[] = [];
  const added: [string, string][] = [];
  for (const [name, value] of Object.entries(annotations)) {
    const known = own?.get(name, true);
    if (known === undefined) {
      added.push([name, value]);
    } else if (isScalar(known) && known.range) {
      const [at, until] = known.range;
      inserts.push({ at, until, content: JSON.stringify(value) });
    }
  }
  const into = own && own.items.length > 0 ? own : undefined;
  const map = into ?? metadata;
  const column = columnOf(text, map);
  if (column === undefined || (metadata.has('annotations') && !into)) {
    // In braces, or empty: then the document is written anew, with its comments.
    const values = own ?? new YAMLMap(document.schema);
    for (const [name, value] of Object.entries(annotations)) {
      const scalar = new Scalar(value);
      scalar.type = Scalar.QUOTE_DOUBLE;
      values.set(name, scalar);
    }
    metadata.set('annotations', values);
    return rewritten(text, document.range, document.toString());
  }
  if (added.length > 0 && map.range) {
    const indent = ' '.repeat(column);
    const rows = into
      ? added.map(line)
      : ['annotations:', ...added.map(entry => `  ${line(entry)}`)];
    const [at] = map.range;
    inserts.push({
      at,
      until: at,
      content: `${rows.join(`\n${indent}`)}\n${indent}`,
    });
  }
  for (const { at, until, content } of inserts.sort((a, b) => b.at - a.at)) {
    result = `${result.slice(0, at)}${content}${result.slice(until)}`;
  }
  return result;
}

function rewritten(
  text: string,
  [start, end]: readonly [number, number, number],
  content: string,
): string {
  return `${text.slice(0, start)}${content}${text.slice(end)}`;
}
