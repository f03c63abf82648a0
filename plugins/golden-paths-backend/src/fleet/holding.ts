import type { ExceptionKind } from '@waymark/plugin-golden-paths-common';

/** Today in UTC, by the database's clock: it decides for all replicas. */
export const today = `(now() at time zone 'utc')::date`;

/** In SQL: whether a row of `exceptions` holds today. */
export const isInForce = `state = 'granted' and until >= ${today}`;

const holds = (kind: ExceptionKind, entityRef: string) =>
  `exists (select from exceptions where exceptions.entity_ref = ${entityRef}
    and kind = '${kind}' and ${isInForce})`;

/** In SQL: whether the component that a column names need not be on a golden path today. */
export const pathsHolding = (entityRef: string) =>
  holds('golden-path', entityRef);

/** In SQL: whether the component that a column names may stay on its version today. */
export const versionsHolding = (entityRef: string) =>
  holds('version', entityRef);
