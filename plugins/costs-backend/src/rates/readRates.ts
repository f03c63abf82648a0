import { InputError } from '@backstage/errors';
import { valuesOfLine } from '../charges/csvLine';
import { requireRate, type NewRate } from './rates';

/** The columns of a file; the last may be missing when the file as a whole has a source. */
const columns = ['from', 'to', 'day', 'rate', 'source'] as const;
type Column = (typeof columns)[number];

/** Reads a line. @throws InputError that names it */
function atLine<T>(number: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`line ${number}: ${error.message}`);
  }
}

function readHead(line: string): Map<Column, number> {
  const names = valuesOfLine(line).map(name => name.toLowerCase());
  const places = new Map(
    columns.flatMap(column => {
      const place = names.indexOf(column);
      return place < 0 ? [] : [[column, place] as const];
    }),
  );
  const missing = columns.filter(
    column => column !== 'source' && !places.has(column),
  );
  if (missing.length > 0) {
    throw new InputError(
      `the header lacks ${missing.join(
        ', ',
      )}; it names the columns ${columns.join(',')}`,
    );
  }
  return places;
}

/**
 * Reads exchange rates from CSV with the columns `from,to,day,rate,source`.
 *
 * @param source - where rates come from that do not say it themselves
 * @throws InputError that names the line, when anything is wrong with one
 */
export function readRates(csv: string, source: string | undefined): NewRate[] {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const places = atLine(1, () => readHead(lines[0]));
  const rates = new Map<string, NewRate>();
  lines.slice(1).forEach((line, index) => {
    if (line.trim() === '') return;
    atLine(index + 2, () => {
      const values = valuesOfLine(line);
      const at = (column: Column) => values[places.get(column) ?? -1] ?? '';
      const rate = requireRate({
        from: at('from'),
        to: at('to'),
        day: at('day'),
        rate: at('rate'),
        source: at('source') || source || '',
      });
      const key = `${rate.from} ${rate.to} ${rate.day}`;
      if (rates.has(key)) {
        throw new InputError(`there are two rates of ${key}`);
      }
      rates.set(key, rate);
    });
  });
  if (rates.size === 0) throw new InputError('The file has no rate');
  return [...rates.values()];
}
