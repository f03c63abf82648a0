import type { components } from './api.generated';

/** Where a request is on its way. */
export type RequestState = components['schemas']['RequestState'];
/** How a resource is. */
export type ResourceState = components['schemas']['ResourceState'];

/** One arrow of a state machine, and why it is taken. */
export type Transition<State extends string, Event extends string> = {
  from: State;
  event: Event;
  to: State;
  because: string;
};

/** What happens to a request. */
export type RequestEvent =
  | 'plan'
  | 'deny'
  | 'planned'
  | 'askPeople'
  | 'allow'
  | 'reject'
  | 'expire'
  | 'enqueue'
  | 'start'
  | 'planChanged'
  | 'handOver'
  | 'heal'
  | 'succeed'
  | 'fail'
  | 'lose'
  | 'retry'
  | 'cancel';

/** What happens to a resource. */
export type ResourceEvent =
  | 'provision'
  | 'withdraw'
  | 'settle'
  | 'fail'
  | 'lose'
  | 'change'
  | 'drift'
  | 'accept'
  | 'destroy'
  | 'vanish';

/**
 * The life of a request: one change to one resource, which itself never
 * changes. The diagram in the docs is drawn from this.
 */
export const requestLifecycle: readonly Transition<
  RequestState,
  RequestEvent
>[] = [
  {
    from: 'prechecked',
    event: 'plan',
    to: 'planning',
    because: 'schema, quota and estimate are in order',
  },
  {
    from: 'prechecked',
    event: 'deny',
    to: 'denied',
    because: 'a rule forbids what is asked for, whatever the plan',
  },
  {
    from: 'planning',
    event: 'planned',
    to: 'evaluated',
    because: 'the engine said what it would do',
  },
  {
    from: 'planning',
    event: 'fail',
    to: 'failed',
    because: 'the engine cannot plan it',
  },
  {
    from: 'evaluated',
    event: 'deny',
    to: 'denied',
    because: 'a rule forbids the plan, or quota or budget are used up',
  },
  {
    from: 'evaluated',
    event: 'askPeople',
    to: 'pendingApproval',
    because: 'production, its cost or a rule asks for people',
  },
  {
    from: 'evaluated',
    event: 'allow',
    to: 'approved',
    because: 'no rule asks for people, or the same plan was approved before',
  },
  {
    from: 'pendingApproval',
    event: 'allow',
    to: 'approved',
    because: 'everybody who had to has approved this plan',
  },
  {
    from: 'pendingApproval',
    event: 'reject',
    to: 'rejected',
    because: 'one of the approvers said no',
  },
  {
    from: 'pendingApproval',
    event: 'expire',
    to: 'expired',
    because: 'nobody decided in time',
  },
  {
    from: 'approved',
    event: 'enqueue',
    to: 'queued',
    because: 'quota and budget are reserved',
  },
  {
    from: 'queued',
    event: 'start',
    to: 'applying',
    because: 'a runner took it, and the plan is still the one approved',
  },
  {
    from: 'queued',
    event: 'planChanged',
    to: 'evaluated',
    because: 'the plan is another one than was approved',
  },
  {
    from: 'queued',
    event: 'fail',
    to: 'failed',
    because: 'the engine cannot plan it any more',
  },
  {
    from: 'applying',
    event: 'succeed',
    to: 'done',
    because: 'the engine did what the plan says',
  },
  {
    from: 'applying',
    event: 'handOver',
    to: 'reconciling',
    because: 'the engine did its part, such as a commit, and others finish it',
  },
  {
    from: 'applying',
    event: 'fail',
    to: 'failed',
    because: 'the engine gave up, and says where',
  },
  {
    from: 'reconciling',
    event: 'succeed',
    to: 'done',
    because: 'who finishes it reported that all is as the plan says',
  },
  {
    from: 'reconciling',
    event: 'fail',
    to: 'failed',
    because: 'who finishes it reported a failure, or nothing for too long',
  },
  {
    from: 'failed',
    event: 'heal',
    to: 'done',
    because: 'who finishes it reported success after all',
  },
  {
    from: 'applying',
    event: 'lose',
    to: 'interrupted',
    because: 'the run died, and nobody knows how far it came',
  },
  {
    from: 'failed',
    event: 'retry',
    to: 'planning',
    because: 'a person wants it tried again',
  },
  {
    from: 'interrupted',
    event: 'retry',
    to: 'planning',
    because: 'a person looked, and wants it tried again',
  },
  {
    from: 'failed',
    event: 'cancel',
    to: 'cancelled',
    because: 'nothing was made of it, and who asked does not want it any more',
  },
  ...(
    [
      'prechecked',
      'planning',
      'evaluated',
      'pendingApproval',
      'approved',
      'queued',
    ] as const
  ).map(from => ({
    from,
    event: 'cancel' as const,
    to: 'cancelled' as const,
    because: 'who asked does not want it any more',
  })),
];

/** The life of a resource, as its requests and what is observed move it. */
export const resourceLifecycle: readonly Transition<
  ResourceState,
  ResourceEvent
>[] = [
  {
    from: 'requested',
    event: 'provision',
    to: 'provisioning',
    because: 'its request is being applied',
  },
  {
    from: 'requested',
    event: 'withdraw',
    to: 'withdrawn',
    because: 'its request ended without being applied',
  },
  ...(['provisioning', 'changing', 'destroying'] as const).flatMap(from => [
    {
      from,
      event: 'fail' as const,
      to: 'failed' as const,
      because: 'the engine gave up',
    },
    {
      from,
      event: 'lose' as const,
      to: 'interrupted' as const,
      because: 'the run died, and nobody knows how far it came',
    },
  ]),
  ...(['provisioning', 'changing'] as const).map(from => ({
    from,
    event: 'settle' as const,
    to: 'ready' as const,
    because: 'it is as was asked for',
  })),
  {
    from: 'failed',
    event: 'settle',
    to: 'ready',
    because: 'who finishes it reported success after all',
  },
  {
    from: 'failed',
    event: 'vanish',
    to: 'destroyed',
    because: 'who finishes it reported the end after all',
  },
  ...(['ready', 'drifted', 'failed', 'interrupted'] as const).flatMap(from => [
    {
      from,
      event: 'change' as const,
      to: 'changing' as const,
      because: 'an update, a repair or another attempt is being applied',
    },
    {
      from,
      event: 'destroy' as const,
      to: 'destroying' as const,
      because: 'its end is being applied',
    },
  ]),
  {
    from: 'ready',
    event: 'drift',
    to: 'drifted',
    because: 'it was found to be other than was asked for',
  },
  {
    from: 'drifted',
    event: 'accept',
    to: 'ready',
    because: 'it is as was asked for again, or what it is was accepted',
  },
  {
    from: 'destroying',
    event: 'vanish',
    to: 'destroyed',
    because: 'the engine removed all of it',
  },
];

/**
 * Where an event leads.
 *
 * @returns undefined when nothing of the kind can happen in that state
 */
export function next<State extends string, Event extends string>(
  lifecycle: readonly Transition<State, Event>[],
  from: State,
  event: Event,
): State | undefined {
  return lifecycle.find(arrow => arrow.from === from && arrow.event === event)
    ?.to;
}

/** What nobody waits for: people want it, or it comes as a surprise. */
const unexpected: readonly RequestEvent[] = ['cancel', 'retry', 'heal'];

/** Whether nothing leads out of the state by itself: a person has to act, or nothing will. */
export function isSettled(state: RequestState): boolean {
  return !requestLifecycle.some(
    ({ from, event }) => from === state && !unexpected.includes(event),
  );
}
