import {
  auditActions,
  type AuditQuery,
} from '@waymark/plugin-infrastructure-common';
import { offsetOf } from '@waymark/plugin-parts-react';

/** How many entries a part has. */
export const limit = 100;

const idPattern =
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const dayMs = 86_400_000;

/** The moment at which a day begins, or another some days later; undefined for what is no day. */
function beginOf(day: string, later = 0): string | undefined {
  const begin = dayPattern.test(day) ? Date.parse(day) : NaN;
  return Number.isNaN(begin)
    ? undefined
    : new Date(begin + later * dayMs).toISOString();
}

/** The entries that an address asks for; what makes no sense counts as nothing. */
export function auditQuery(params: URLSearchParams): AuditQuery {
  const textOf = (key: string) => params.get(key) ?? '';
  const idOf = (key: string) =>
    idPattern.test(textOf(key)) ? textOf(key) : undefined;
  return {
    request: idOf('request'),
    resource: idOf('resource'),
    action: auditActions.find(action => action === textOf('action')),
    by: textOf('by') || undefined,
    from: beginOf(textOf('from')),
    // The last day is part of the period.
    to: beginOf(textOf('to'), 1),
    after: offsetOf(params.get('after')),
    limit,
  };
}
