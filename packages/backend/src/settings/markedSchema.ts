import type { JsonObject, JsonValue } from '@backstage/types';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a schema says what each of many things is, by their names. */
const byName = ['properties', 'patternProperties'];
/** Where it says what everything else is. */
const forAll = ['items', 'additionalProperties'];
/** Where one part decides what another means. */
const together = ['anyOf', 'oneOf', 'allOf'];
/** What is kept as it is: the marks, and what a `$ref` leads to. */
const kept = ['type', 'visibility', 'deepVisibility', 'definitions'];

function isMarked(schema: JsonObject): boolean {
  return (
    (typeof schema.visibility === 'string' &&
      schema.visibility !== 'backend') ||
    typeof schema.deepVisibility === 'string'
  );
}

/** Where a `$ref` leads to is not looked at. */
const leadsAway = (schema: JsonObject) => '$ref' in schema;

function hasMarks(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasMarks);
  return (
    isObject(value) &&
    (isMarked(value) || leadsAway(value) || Object.values(value).some(hasMarks))
  );
}

/**
 * The part of a configuration's schema in which something is marked as secret,
 * or as what a browser may see. It says of any configuration the same about
 * both; it no longer says whether the rest is as it should be.
 *
 * @returns nothing when there are no marks
 */
export function markedSchema(schema: JsonValue): JsonObject | undefined {
  if (!isObject(schema) || !hasMarks(schema)) return undefined;
  if (
    leadsAway(schema) ||
    together.some(keyword => hasMarks(schema[keyword]))
  ) {
    return schema;
  }
  const marked: JsonObject = {};
  for (const keyword of kept) {
    if (schema[keyword] !== undefined) marked[keyword] = schema[keyword];
  }
  for (const keyword of byName) {
    const named = schema[keyword];
    if (!isObject(named)) continue;
    marked[keyword] = Object.fromEntries(
      Object.entries(named).flatMap(([name, value]) => {
        const part = value === undefined ? undefined : markedSchema(value);
        return part ? [[name, part]] : [];
      }),
    );
  }
  for (const keyword of forAll) {
    const value = schema[keyword];
    if (!hasMarks(value)) continue;
    marked[keyword] = isObject(value) ? markedSchema(value) : value;
  }
  return marked;
}
