import { InputError } from '@backstage/errors';
import { focusColumns, type ImportReport } from '@waymark/plugin-costs-common';

/** Which columns of a file are which of FOCUS. */
export type Columns = {
  version: '1.0' | '1.1' | '1.2';
  /** Places in the file, by the names of FOCUS. */
  places: Map<string, number>;
  missing: string[];
  unknown: string[];
};

/** What a report says of columns before rows are looked at. */
export const columnsReport = ({
  missing,
  unknown,
}: Pick<Columns, 'missing' | 'unknown'>): ImportReport['columns'] => ({
  missing,
  unknown,
  wrongType: [],
});

const byName = new Map(
  focusColumns.map(column => [column.name.toLowerCase(), column]),
);

/** More than any bill has; each takes time to read, known or not. */
const mostColumns = 1000;

/** @throws InputError when a file has more columns than any bill */
export function requireFewColumns(names: string[]): void {
  if (names.length > mostColumns) {
    throw new InputError(
      `The file has ${names.length} columns; FOCUS has ${focusColumns.length}, and up to ${mostColumns} are read. Leave out those that FOCUS does not have`,
    );
  }
}

/** Recognises the columns of a file, and by them the version of FOCUS. Letter case does not matter. */
export function recognise(names: string[]): Columns {
  const places = new Map<string, number>();
  const unknown: string[] = [];
  names.forEach((name, place) => {
    const column = byName.get(name.trim().toLowerCase());
    if (!column) {
      unknown.push(name);
    } else if (places.has(column.name)) {
      throw new InputError(`The file has two columns ${column.name}`);
    } else {
      places.set(column.name, place);
    }
  });
  const found = focusColumns.filter(({ name }) => places.has(name));
  const version =
    (['1.2', '1.1'] as const).find(candidate =>
      found.some(({ since }) => since === candidate),
    ) ?? '1.0';
  return {
    version,
    places,
    unknown,
    missing: focusColumns
      .filter(({ name, since }) => since <= version && !places.has(name))
      .map(({ name }) => name),
  };
}

/** @throws InputError when a bill with these columns says too little */
export function requireColumns({ places }: Columns): void {
  const lacking = focusColumns.filter(
    ({ name, required }) => required && !places.has(name),
  );
  if (lacking.length > 0) {
    throw new InputError(
      `The file lacks ${lacking
        .map(({ name }) => name)
        .join(', ')}; without these it is no bill of FOCUS 1.0, 1.1 or 1.2`,
    );
  }
}
