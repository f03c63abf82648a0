/** A part of a statement with the values that its question marks stand for. */
export type Sql = { sql: string; bindings: unknown[] };

/** Without values. */
export const plain = (text: string): Sql => ({ sql: text, bindings: [] });

/** Puts parts together: `sql\`${a} and ${b}\`` keeps the values of both in order. */
export function sql(strings: TemplateStringsArray, ...parts: Sql[]): Sql {
  return {
    sql: strings.reduce(
      (text, string, index) => text + (parts[index - 1]?.sql ?? '') + string,
    ),
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

/** Parts with something between them. */
export function joined(parts: Sql[], separator: string): Sql {
  return {
    sql: parts.map(part => part.sql).join(separator),
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

/** A value. */
export const value = (bound: unknown, type = ''): Sql => ({
  sql: type ? `?::${type}` : '?',
  bindings: [bound],
});
