/** A condition of a filter: a column or level, and the value; empty for charges that do not say. */
export type Condition = { name: string; value: string };

const escaped = (text: string) =>
  text.replaceAll('%', '%25').replaceAll(',', '%2C');

/** Conditions as the API takes them. */
export function filterText(conditions: readonly Condition[]): string {
  return conditions
    .map(({ name, value }) => `${escaped(name)}=${escaped(value)}`)
    .join(',');
}

const unescaped = (text: string) =>
  text.replaceAll('%2C', ',').replaceAll('%25', '%');

/** The conditions of a filter as the API takes it; what is none is left out. */
export function readFilter(text: string | null | undefined): Condition[] {
  return (text ?? '').split(',').flatMap(part => {
    const at = part.indexOf('=');
    return at > 0
      ? [
          {
            name: unescaped(part.slice(0, at)),
            value: unescaped(part.slice(at + 1)),
          },
        ]
      : [];
  });
}
