import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { findDescription } from '@waymark/plugin-repositories-node';
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';

/** Names what an entity says of itself, as the catalog has it. */
export type CatalogInfoSubject = {
  kind: string;
  namespace: string;
  name: string;
};

type Annotations = Record<string, string>;

/** A piece of a text that is to be replaced. */
type Splice = { at: number; until: number; content: string };

/** How a file is written: what is added is written so, too. */
type Style = {
  text: string;
  lineEnd: string;
  /** In JSON, where names are in quotes. */
  isJson: boolean;
};

/**
 * Adds annotations to an entity of a catalog file, and leaves every other
 * character as it is, whether the file is in blocks, in braces or in JSON. One
 * that is there already gets the new value.
 *
 * @throws InputError when the file does not describe the entity, or says its annotations in a way that cannot be added to
 */
export function annotateCatalogInfo(
  text: string,
  subject: CatalogInfoSubject,
  annotations: Annotations,
): string {
  const ref = stringifyEntityRef(subject);
  const document = findDescription(text, ref)?.document;
  const metadata = document?.get('metadata');
  if (!document || !isMap(metadata)) {
    throw new InputError(
      `The catalog file does not describe the ${subject.kind} ${subject.namespace}/${subject.name}`,
    );
  }
  const style: Style = {
    text,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    isJson: text.slice(document.range[0]).trimStart().startsWith('{'),
  };
  const annotated = spliced(text, splicesFor(style, metadata, annotations));
  requireNothingElse(text, annotated, ref, annotations);
  return annotated;
}

function splicesFor(
  style: Style,
  metadata: YAMLMap,
  annotations: Annotations,
): Splice[] {
  const pair = metadata.items.find(
    ({ key }) => isScalar(key) && key.value === 'annotations',
  ) as Pair<Node, Node | null> | undefined;
  if (!pair) {
    return [
      metadata.flow
        ? intoBraces(style, metadata, [
            `${nameIn(style, 'annotations')}: ${inBraces(style, annotations)}`,
          ])
        : intoBlock(style, metadata, [
            'annotations:',
            ...linesOf(style, annotations).map(line => `  ${line}`),
          ]),
    ];
  }
  const { value } = pair;
  if (isMap(value)) return intoAnnotations(style, value, annotations);
  if (isScalar(value) && value.value === null) {
    return [inPlaceOfNothing(style, metadata, value, annotations)];
  }
  // A reference, or what is no annotations at all.
  return [];
}

function intoAnnotations(
  style: Style,
  map: YAMLMap,
  annotations: Annotations,
): Splice[] {
  const known = Object.entries(annotations).flatMap(([name, value]) => {
    const node = map.get(name, true);
    return node ? [replaced(style, node, value)] : [];
  });
  const added = Object.fromEntries(
    Object.entries(annotations).filter(([name]) => !map.has(name)),
  );
  const lines = linesOf(style, added);
  if (lines.length === 0) return known;
  const insert = map.flow ? intoBraces : intoBlock;
  return [...known, insert(style, map, lines)];
}

/** `annotations:` with nothing behind it. */
function inPlaceOfNothing(
  style: Style,
  metadata: YAMLMap,
  nothing: Node,
  annotations: Annotations,
): Splice {
  const [at, until] = rangeOf(nothing);
  if (metadata.flow || until > at) {
    const content = inBraces(style, annotations);
    return { at, until, content: apart(style.text, at, content) };
  }
  const { lineEnd, text } = style;
  const end = text.slice(at).search(/\r?\n|$/) + at;
  const indent = `${lineEnd}${indentOf(text, metadata)}  `;
  const lines = linesOf(style, annotations);
  return {
    at: end,
    until: end,
    content: lines.map(line => `${indent}${line}`).join(''),
  };
}

/** Lines before the first one of a map. */
function intoBlock(style: Style, map: YAMLMap, lines: string[]): Splice {
  const { text, lineEnd } = style;
  const [at] = rangeOf(map);
  const indent = indentOf(text, map);
  const content = lines.map(line => `${line}${lineEnd}${indent}`).join('');
  return { at, until: at, content };
}

/** Entries before the first one in braces, apart from each other as that is from its brace. */
function intoBraces({ text }: Style, map: YAMLMap, entries: string[]): Splice {
  const at = rangeOf(map)[0] + 1;
  const [space] = /^\s*/.exec(text.slice(at)) ?? [''];
  const joined = entries.join(`,${space || ' '}`);
  const isEmpty = map.items.length === 0;
  const behind = isEmpty ? '' : `,${space ? '' : ' '}`;
  return { at, until: at, content: `${space}${joined}${behind}` };
}

function replaced({ text, lineEnd }: Style, node: Node, value: string): Splice {
  const [at, until] = rangeOf(node);
  // A text of several lines goes on to the end of its last one.
  const end = text.slice(at, until).endsWith('\n') ? lineEnd : '';
  const content = `${apart(text, at, JSON.stringify(value))}${end}`;
  return { at, until, content };
}

function inBraces(style: Style, annotations: Annotations): string {
  return `{ ${linesOf(style, annotations).join(', ')} }`;
}

/** As templates write it, so that an upgrade finds the line. */
function linesOf(style: Style, annotations: Annotations): string[] {
  return Object.entries(annotations).map(
    ([name, value]) => `${nameIn(style, name)}: ${JSON.stringify(value)}`,
  );
}

function nameIn({ isJson }: Style, name: string): string {
  return isJson ? JSON.stringify(name) : name;
}

/** Right behind a colon, a value begins after a space. */
function apart(text: string, at: number, content: string): string {
  return /\s/.test(text.charAt(at - 1)) ? content : ` ${content}`;
}

function indentOf(text: string, map: YAMLMap): string {
  const [at] = rangeOf(map);
  return ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
}

/** Everything that is parsed from a text has its range. */
function rangeOf(node: Node): [number, number] {
  const [at, until] = node.range ?? [0, 0];
  return [at, until];
}

function spliced(text: string, splices: Splice[]): string {
  return (
    [...splices]
      // From behind, so that what comes before stays where it is.
      .sort((a, b) => b.at - a.at)
      .reduce(
        (result, { at, until, content }) =>
          `${result.slice(0, at)}${content}${result.slice(until)}`,
        text,
      )
  );
}

/**
 * Reads what was written, since YAML has more ways than anybody thinks of.
 *
 * @throws InputError when it says something else than before and the annotations
 */
function requireNothingElse(
  before: string,
  after: string,
  ref: string,
  annotations: Annotations,
): void {
  type Read = { metadata: { annotations?: Annotations | null } };
  const read = (text: string) =>
    findDescription(text, ref)?.document.toJS() as Read | undefined;
  const was = read(before);
  const wanted = was && {
    ...was,
    metadata: {
      ...was.metadata,
      annotations: { ...was.metadata.annotations, ...annotations },
    },
  };
  if (isDeepStrictEqual(read(after), wanted)) return;
  const { kind, name } = parseEntityRef(ref);
  throw new InputError(
    `The catalog file says the annotations of the ${kind} ${name} in a way that the portal cannot add to. Add these by hand, then try again: ${Object.entries(
      annotations,
    )
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
      .join(', ')}`,
  );
}
