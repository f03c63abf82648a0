import type { Metric } from './client';

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

/** An amount of things, as far as people want it: "1 day", "2.6 days". */
export function amount(value: number, one: string, many = `${one}s`): string {
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
  if (seconds < 2 * week) return amount(seconds / day, 'day');
  if (seconds < 3 * month) return amount(seconds / week, 'week');
  return amount(seconds / month, 'month');
}

/** A share from 0 to 1 in percent. */
export function percent(share: number): string {
  return `${figure(share * 100)} %`;
}

/** Deployments a day, in the unit in which there is at least about one. */
export function frequency(perDay: number): string {
  if (perDay === 0) return 'none a day';
  if (perDay >= 1) return `${figure(perDay)} a day`;
  if (perDay * 7 >= 1) return `${figure(perDay * 7)} a week`;
  return `${figure(perDay * 30.4375)} a month`;
}

/** The value of a metric in words and figures. */
export function valueText(unit: Metric['unit'], value: number): string {
  switch (unit) {
    case 'deploymentsPerDay':
      return frequency(value);
    case 'seconds':
      return duration(value);
    case 'share':
      return percent(value);
    default:
      throw new Error(`No such unit: ${unit satisfies never}`);
  }
}
