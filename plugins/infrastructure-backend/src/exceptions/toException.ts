import type {
  Exception,
  ExceptionState,
} from '@waymark/plugin-infrastructure-common';
import type { ExceptionRow } from '../decisions/ExceptionStore';
import type { Actor } from '../requests/people';

/** How far it came; its time may be over without anybody having done anything. */
export function stateOf(
  { state, until }: Pick<ExceptionRow, 'state' | 'until'>,
  today: string,
): ExceptionState {
  return ['pending', 'granted'].includes(state) && until < today
    ? 'expired'
    : state;
}

/** Why somebody may not decide on an exception; undefined when they may. */
export function objectionToDeciding(
  { asked_by }: Pick<ExceptionRow, 'asked_by'>,
  by: Pick<Actor, 'ref'>,
  deciders: string[],
): string | undefined {
  if (by.ref === asked_by) {
    return 'You asked for it yourself; somebody else of the platform team decides.';
  }
  return deciders.includes(by.ref)
    ? undefined
    : 'It is for the platform team to decide.';
}

/** An exception as the API has it. */
export function toException(
  row: ExceptionRow,
  of: {
    today: string;
    by: Actor;
    deciders: string[];
    /** What is to be said where there are no others than who asked. */
    withoutOthers: string;
  },
): Exception {
  const { today, by, deciders, withoutOthers } = of;
  const others = deciders.filter(person => person !== row.asked_by);
  const state = stateOf(row, today);
  const objection = objectionToDeciding(row, by, deciders);
  const pending = state === 'pending';
  const isDecider = deciders.includes(by.ref);
  return {
    id: row.id,
    number: row.number,
    state,
    rule: row.rule,
    scope: row.scope,
    name: row.name,
    offering: row.offering,
    environment: row.environment,
    owner: row.owner_ref,
    ...(row.request_id && { request: row.request_id }),
    ...(row.resource_id && { resource: row.resource_id }),
    reason: row.reason,
    until: row.until,
    finding: row.finding,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    ...(row.decided_by && { decidedBy: row.decided_by }),
    ...(row.decided_at && { decidedAt: row.decided_at.toISOString() }),
    ...(row.comment && { comment: row.comment }),
    ...(row.ended_by && { endedBy: row.ended_by }),
    ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
    deciders: pending ? others : [],
    ...(pending && others.length === 0 && { note: withoutOthers }),
    may: {
      decide: pending && !objection,
      ...(pending && objection && { decideReason: objection }),
      end:
        (pending && by.ref === row.asked_by) ||
        (state === 'granted' &&
          (isDecider || by.groups.includes(row.owner_ref))),
    },
  };
}
