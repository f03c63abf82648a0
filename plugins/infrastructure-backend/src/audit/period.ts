import { InputError } from '@backstage/errors';
import type { AuditQuery } from '@waymark/plugin-infrastructure-common';

function momentOf(text: string, name: 'from' | 'to'): Date {
  const moment = new Date(text);
  // Leap seconds are instants in writing, and none in a database.
  if (Number.isNaN(moment.getTime())) {
    throw new InputError(`${name} is ${text}, which is no moment`);
  }
  return moment;
}

/** @throws InputError when nothing can lie in the period that is asked for */
export function periodOf({ from, to }: Pick<AuditQuery, 'from' | 'to'>): {
  from?: Date;
  to?: Date;
} {
  const period = {
    ...(from && { from: momentOf(from, 'from') }),
    ...(to && { to: momentOf(to, 'to') }),
  };
  if (period.from && period.to && period.from >= period.to) {
    throw new InputError('from must be before to');
  }
  return period;
}
