import {
  focusColumns,
  type FocusColumn,
  type FocusKind,
} from '@waymark/plugin-costs-common';
import { quoted } from './Duck';
import { unstorable } from './storable';

/** By the name of a FOCUS column, the expression that reads it as text, null where a row does not say. */
export type Texts = ReadonlyMap<string, string>;

/** Something that has to hold of every row. */
export type Check = {
  /** The column that is named to people. */
  column: string;
  /** Whether the value cannot be read as what the column is. */
  isType: boolean;
  /** True where it holds. */
  holds: string;
  /** What is wrong with a value. */
  explain(value: string | null): string;
};

/** Digits before and after the point that are kept. */
export const decimal = 'DECIMAL(38,18)';
const decimals = 18;

/** Bills are of these years; commitments are charged for years ahead. */
const earliest = '2000-01-01';
const yearsAhead = 10;
/** Longer than a year with a leap day, and some days that somebody's year may begin later. */
const longestPeriod = 400;

const shown = (value: string | null) =>
  value === null ? 'nothing' : `"${value.slice(0, 100)}"`;

/** As text, without what only stands for nothing: some write NULL. */
export const textOf = (column: string) =>
  `nullif(nullif(trim(${column}), ''), 'NULL')`;

/** A moment; one without a zone is UTC. As a plain timestamp, an offset would be left out. */
const timeOf = (text: string) =>
  `case when regexp_matches(${text}[12:], '[+-]')
    then timezone('UTC', try_cast(${text} as TIMESTAMPTZ))
    else try_cast(${text} as TIMESTAMP) end`;

/** Under what name it is at hand how a text was written. */
export const rawOf = (text: string) => `${text}_raw`;

/**
 * A number. Most have few digits, and are read at a fraction of the price of
 * those that may have many: up to 8 before the point and 10 after it, without a power.
 */
const decimalOf = (text: string) =>
  `case when length(${text}) - strpos(${text}, '.') <= 10
      and strpos(${text}, '.') <= 8
      and (length(${text}) <= 8 or contains(${text}, '.'))
      and not contains(${text}, 'e') and not contains(${text}, 'E')
    then cast(try_cast(${text} as DECIMAL(18,10)) as ${decimal})
    else try_cast(${text} as ${decimal}) end`;

const reads: Record<FocusKind, ((text: string) => string) | undefined> = {
  text: undefined,
  tags: undefined,
  money: decimalOf,
  quantity: decimalOf,
  time: timeOf,
};

/** Under what name it is at hand what a text says: a moment, or a number. */
export const valueOf = (text: string) => `${text}_value`;

/** Rows with what their texts say, each read once however many checks look at it. */
export function withValues(rows: string, texts: Texts): string {
  const values = focusColumns.flatMap(({ name, kind }) => {
    const text = texts.get(name);
    const read = reads[kind];
    return text && read ? [`${read(text)} as ${valueOf(text)}`] : [];
  });
  return `(select ${['*', ...values].join(', ')} from ${rows})`;
}

/** Whether nothing of a number is lost when it is read. */
function isExact(text: string): string {
  const places = (number: string) =>
    `case when contains(${number}, '.') then length(rtrim(${number}, '0')) - strpos(${number}, '.') else 0 end`;
  const mantissa = `split_part(lower(${text}), 'e', 1)`;
  const exponent = `try_cast(split_part(lower(${text}), 'e', 2) as integer)`;
  return `${valueOf(text)} is not null and not contains(${text}, '_') and
    case when contains(lower(${text}), 'e')
      then ${places(mantissa)} - ${exponent} <= ${decimals}
      else length(${text}) - strpos(${text}, '.') <= ${decimals}
        or ${places(text)} <= ${decimals} end`;
}

const typeChecks: Record<
  FocusKind,
  ((text: string, column: FocusColumn) => Check) | undefined
> = {
  text: undefined,
  tags: undefined,
  money: (text, { name }) => ({
    column: name,
    isType: true,
    holds: `${text} is null or (${isExact(text)})`,
    explain: value =>
      `${shown(
        value,
      )} is not a decimal number with up to 20 digits before and ${decimals} after the point`,
  }),
  quantity: (text, { name }) => ({
    column: name,
    isType: true,
    holds: `${text} is null or ${valueOf(text)} is not null`,
    explain: value => `${shown(value)} is not a number`,
  }),
  time: (text, { name }) => ({
    column: name,
    isType: true,
    holds: `${valueOf(text)} is not null`,
    explain: value =>
      `${shown(value)} is not a moment such as 2026-03-01T00:00:00Z`,
  }),
};

function timeChecks(texts: Texts, now: Date): Check[] {
  const latest = `${now.getUTCFullYear() + yearsAhead}-01-01`;
  // A bill without these columns is refused before.
  const time = (name: string) => valueOf(texts.get(name) ?? '');
  const inTime = (name: string): Check => ({
    column: name,
    isType: false,
    holds: `${time(name)} between timestamp ${quoted(
      earliest,
    )} and timestamp ${quoted(latest)}`,
    explain: value =>
      `${shown(value)} is not between ${earliest} and ${latest}`,
  });
  const inOrder = (start: string, end: string): Check => ({
    column: end,
    isType: false,
    holds: `${time(start)} < ${time(end)}`,
    explain: value => `${shown(value)} is not after ${start}`,
  });
  return [
    ...[
      'BillingPeriodStart',
      'BillingPeriodEnd',
      'ChargePeriodStart',
      'ChargePeriodEnd',
    ].map(inTime),
    inOrder('BillingPeriodStart', 'BillingPeriodEnd'),
    inOrder('ChargePeriodStart', 'ChargePeriodEnd'),
    {
      column: 'BillingPeriodEnd',
      isType: false,
      holds: `${time('BillingPeriodEnd')} <= ${time(
        'BillingPeriodStart',
      )} + interval ${longestPeriod} day`,
      explain: value =>
        `${shown(
          value,
        )} is more than ${longestPeriod} days after BillingPeriodStart`,
    },
  ];
}

/** That texts can be stored; files of text were looked at as a whole. */
const textChecks = (texts: Texts): Check[] =>
  focusColumns.flatMap(({ name, kind }) => {
    const text = kind === 'text' ? texts.get(name) : undefined;
    return text
      ? [
          {
            column: name,
            isType: false,
            holds: `${text} is null or not contains(${text}, chr(0))`,
            explain: (value: string | null) =>
              `${shown(value)} has ${unstorable}`,
          },
        ]
      : [];
  });

/**
 * What has to hold of every row of a file that has these columns.
 *
 * @param isText - whether the file was looked at as text
 */
export function checksOf(texts: Texts, now: Date, isText: boolean): Check[] {
  const types = focusColumns.flatMap(column => {
    const text = texts.get(column.name);
    const check = text && typeChecks[column.kind]?.(text, column);
    return check ? [check] : [];
  });
  const currency = texts.get('BillingCurrency');
  return [
    ...types,
    ...(isText ? [] : textChecks(texts)),
    ...timeChecks(texts, now),
    {
      column: 'BillingCurrency',
      isType: true,
      holds: `coalesce(regexp_full_match(${currency}, '[A-Z]{3}'), false)`,
      explain: value => `${shown(value)} is not a currency such as USD`,
    },
  ];
}

/** The number of the first check that does not hold of a row; null when all do. */
export function firstFailed(checks: Check[]): string {
  const cases = checks.map(
    ({ holds }, index) => `when not coalesce(${holds}, false) then ${index}`,
  );
  return `case ${cases.join('\n')} end`;
}

/** The value that a failed check is about. */
export function failedValue(checks: Check[], texts: Texts): string {
  const cases = checks.map(
    ({ column }, index) => `when ${index} then ${texts.get(column) ?? 'null'}`,
  );
  return `case failed ${cases.join(' ')} end`;
}
