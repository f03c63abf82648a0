import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type {
  RequestKind,
  RequestState,
} from '@waymark/plugin-infrastructure-common';
import type { RequestRow, ResourceRow } from '../requests/records';

/** A request with the name of its resource. */
export type Told = RequestRow & Pick<ResourceRow, 'name' | 'environment'>;

/** The states of which somebody is told: people have to act, or it is over. */
export const toldStates = [
  'pendingApproval',
  'done',
  'denied',
  'rejected',
  'expired',
  'cancelled',
  'failed',
  'interrupted',
] as const satisfies readonly RequestState[];

const verbs = {
  create: 'made',
  import: 'taken over',
  update: 'changed',
  extend: 'extended',
  transfer: 'handed over',
  accept: 'accepted as it is',
  destroy: 'removed',
} as const satisfies Record<RequestKind, string>;

function titleOf(told: Told): string {
  const what = `${told.name} (${told.environment})`;
  switch (told.state) {
    case 'pendingApproval':
      return `${what} waits for your approval`;
    case 'done':
      return `${what} is ${verbs[told.kind]}`;
    case 'failed':
      return `${what} could not be ${verbs[told.kind]}`;
    case 'interrupted':
      return `${what} was interrupted, and somebody has to look`;
    default:
      return `Your request for ${what} was ${
        told.state === 'expired' ? 'not decided in time' : told.state
      }`;
  }
}

/** Who may approve a request, but for who asked for it. */
export function approversOf({ decision, requested_by }: Told): string[] {
  const people = (decision?.approvers ?? []).flatMap(each => each.people);
  return [...new Set(people)].filter(person => person !== requested_by);
}

const addressOf = (id: string) => `/infrastructure/requests/${id}`;
/** Where the page of a request asks for the decision. */
const approvalOf = (id: string) => `${addressOf(id)}#approval`;

/** What is said to approvers who have not decided, before it is too late. */
export function toReminder(
  told: Told,
  people: string[],
): NotificationSendOptions {
  const what = `${told.name} (${told.environment})`;
  return {
    recipients: { type: 'entity', entityRef: people },
    payload: {
      title: `${what} still waits for your approval`,
      description: `Nobody can decide any more after ${
        told.expires_at?.toISOString().slice(0, 16).replace('T', ' ') ?? ''
      } UTC: the request then ends, and has to be made anew.`,
      link: approvalOf(told.id),
      severity: 'high',
      topic: 'infrastructure',
      scope: `infrastructure:reminder:${told.id}:${told.plan_id ?? ''}`,
    },
  };
}

/** Why it is for those who are asked, or for nobody, where their roles do not say so. */
const notesOn = ({ decision }: Told) => [
  ...new Set(
    (decision?.approvers ?? []).flatMap(({ note }) => (note ? [note] : [])),
  ),
];

/** Who asked is told when there is nobody else who could be. */
function toDeadEnd(
  told: Told,
): Pick<NotificationSendOptions['payload'], 'title' | 'description'> {
  return {
    title: `Nobody can approve ${told.name} (${told.environment})`,
    description: [
      ...notesOn(told),
      'Talk to the platform team; who comes to be an approver is told.',
    ].join(' '),
  };
}

/** What is told of a request, and to whom; undefined when there is nobody to tell. */
export function toNotice(
  told: Told,
  /** Those who stand in for approvers today. */
  standIns: string[] = [],
  /** Who of the approvers is told, if not all. */
  approvers: string[] = approversOf(told),
): NotificationSendOptions | undefined {
  const waiting = told.state === 'pendingApproval';
  const asking = [told.requested_by].filter(person =>
    person.startsWith('user:'),
  );
  const asked = waiting
    ? [...approvers, ...standIns].filter(person => person !== told.requested_by)
    : [];
  const people = asked.length > 0 ? asked : asking;
  if (people.length === 0) return undefined;
  const troubled = ['failed', 'interrupted'].includes(told.state);
  const cost = told.cost_high ?? 0;
  return {
    recipients: { type: 'entity', entityRef: [...new Set(people)] },
    payload: {
      title: titleOf(told),
      description: waiting
        ? [
            `${told.requested_by} asks; up to ${cost.toFixed(2)} USD a month.`,
            ...notesOn(told),
          ].join(' ')
        : told.message ?? undefined,
      ...(waiting && asked.length === 0 && toDeadEnd(told)),
      link: waiting ? approvalOf(told.id) : addressOf(told.id),
      severity: troubled || waiting ? 'high' : 'normal',
      topic: 'infrastructure',
      // Told twice, it is one notification.
      scope: `infrastructure:${told.id}:${told.state}:${told.plan_id ?? ''}`,
    },
  };
}
