import { isStorable, unstorable } from './storable';

/** Tags as they are stored, or why they cannot be. */
export type ReadTags = { tags: Record<string, string> } | { reason: string };

/** What a spreadsheet would compute when it opens a list of tags. */
const formula = /^\s*(=|[+\-@\t\r].*[(!|])/s;

const textOf = (value: unknown) =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Some write a list of pairs where the standard has one object. */
function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return Object.entries(value);
  const pairs = value.map(pair =>
    typeof pair === 'object' && pair !== null && 'key' in pair
      ? ([String(pair.key), 'value' in pair ? pair.value : ''] as const)
      : undefined,
  );
  return pairs.every(pair => pair !== undefined)
    ? pairs.map(([key, tag]) => [key, tag])
    : undefined;
}

/** Reads the tags of a charge. Blanks around keys and values are no part of them. */
export function readTags(text: string): ReadTags {
  const entries = entriesOf(parse(text));
  if (!entries) {
    return { reason: `${text.slice(0, 100)} is not a JSON object` };
  }
  const tags = entries.map(
    ([key, value]) => [key.trim(), textOf(value).trim()] as const,
  );
  const wrong = (isWrong: (part: string) => boolean, reason: string) => {
    const pair = tags.find(parts => parts.some(isWrong));
    return pair && { reason: `${pair.join('=').slice(0, 100)} ${reason}` };
  };
  return (
    wrong(part => !isStorable(part), `has ${unstorable}`) ??
    wrong(part => formula.test(part), 'is a formula') ?? {
      tags: Object.fromEntries(tags),
    }
  );
}
