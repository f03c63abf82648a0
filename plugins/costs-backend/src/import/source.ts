import { requireFewColumns } from './columns';
import { Duck, named, quoted } from './Duck';
import { rawOf, textOf } from './focusSql';
import { readHeader, type PreparedFile } from './prepare';
import { longestLine } from './TextCheck';

/** How the rows of a file are read. */
export type Source = {
  /** What stands after `from`. */
  rows: string;
  names: string[];
  /** For each column the expression that reads it as text. */
  texts: string[];
  /** The number that people give the first row. */
  firstLine: number;
  /** Whether a line may be no row at all. */
  hasLines: boolean;
};

/** Rows with their values as they are written and as text, each read once however often it is looked at. */
function asText(
  rows: string,
  written: string[],
): Pick<Source, 'rows' | 'texts'> {
  const texts = written.map((_, place) => `f${place}`);
  const raws = written.map(
    (value, place) => `${value} as ${rawOf(texts[place])}`,
  );
  const read = texts.map(text => `${textOf(rawOf(text))} as ${text}`);
  return {
    rows: `(select *, ${read.join(', ')} from (select ${raws.join(
      ', ',
    )} from ${rows}))`,
    texts,
  };
}

async function parquetSource(duck: Duck, file: string): Promise<Source> {
  const rows = `read_parquet(${quoted(file)})`;
  const columns = await duck.rows<{
    column_name: string;
    column_type: string;
  }>(`describe select * from ${rows}`);
  requireFewColumns(columns.map(({ column_name }) => column_name));
  const written = columns.map(({ column_name, column_type }) =>
    /^(MAP|STRUCT)|\[\]$/.test(column_type)
      ? `cast(to_json(${named(column_name)}) as varchar)`
      : `cast(${named(column_name)} as varchar)`,
  );
  return {
    ...asText(rows, written),
    names: columns.map(({ column_name }) => column_name),
    firstLine: 1,
    hasLines: false,
  };
}

async function csvSource(file: string): Promise<Source> {
  const names = await readHeader(file);
  requireFewColumns(names);
  const types = names.map((_, place) => `'c${place}': 'VARCHAR'`);
  const rows = `read_csv(${quoted(file)}, auto_detect = false, header = true,
      delim = ',', quote = '"', escape = '"', max_line_size = ${longestLine},
      store_rejects = true, columns = {${types.join(', ')}})`;
  return {
    ...asText(
      rows,
      names.map((_, place) => `c${place}`),
    ),
    names,
    firstLine: 2,
    hasLines: true,
  };
}

/** Looks what columns a file has. @throws InputError when there is no header */
export const sourceOf = (duck: Duck, file: PreparedFile): Promise<Source> =>
  file.format === 'parquet'
    ? parquetSource(duck, file.path)
    : csvSource(file.path);
