const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;
const month = 30.4375 * day;

/** A number as people write it: one decimal while it is small. */
export function figure(value: number): string {
  return Math.abs(value) < 10 ? oneDecimal.format(value) : whole.format(value);
}

function units(value: number, one: string, many: string): string {
  const text = figure(value);
  return `${text} ${text === '1' ? one : many}`;
}

/** A number of things: "1 change", "1,204 changes". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${whole.format(n)} ${n === 1 ? one : many}`;
}

/** Seconds in the unit that people would use. */
export function duration(seconds: number): string {
  if (seconds < minute) return `${whole.format(seconds)} s`;
  if (seconds < hour) return `${whole.format(seconds / minute)} min`;
  if (seconds < 2 * day) return `${figure(seconds / hour)} h`;
  if (seconds < 2 * week) return units(seconds / day, 'day', 'days');
  if (seconds < 3 * month) return units(seconds / week, 'week', 'weeks');
  return units(seconds / month, 'month', 'months');
}
