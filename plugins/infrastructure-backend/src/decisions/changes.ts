import type {
  NewRequest,
  Problem,
  RequestKind,
  ResourceState,
} from '@waymark/plugin-infrastructure-common';
import type { InfrastructureSettings } from '../config';
import type { ResourceRow } from '../requests/records';
import { groupPattern } from './wishes';

/** Kinds of requests for a resource that is there. */
export type ChangeKind = Exclude<RequestKind, 'create' | 'import'>;

const settled: ResourceState[] = ['ready', 'drifted'];
const astray: ResourceState[] = ['drifted', 'failed', 'interrupted'];

/** In which states something can be asked for; undefined: in every one in which the resource lives. */
const possibleIn: Record<ChangeKind, ResourceState[] | undefined> = {
  update: undefined,
  destroy: undefined,
  extend: settled,
  transfer: settled,
  accept: astray,
};

const otherwise: Record<ChangeKind, string> = {
  update: '',
  destroy: '',
  extend: 'try the failed request again or destroy it first',
  transfer: 'try the failed request again or destroy it first',
  accept: 'there is nothing to accept',
};

/** Kinds that change what the portal knows, and nothing that stands anywhere. */
export function isBookkeeping(kind: RequestKind): boolean {
  return kind === 'extend' || kind === 'accept';
}

/** Why a resource cannot be changed like that in its state; undefined when it can. */
export function obstacleTo(
  kind: ChangeKind,
  { name, state }: Pick<ResourceRow, 'name' | 'state'>,
): string | undefined {
  if (['destroyed', 'withdrawn'].includes(state)) {
    return `${name} is ${state}; ask for a new one`;
  }
  if (kind === 'destroy' && state === 'requested') {
    return `Nothing of ${name} was made, so there is nothing to destroy; cancel the request for it`;
  }
  const states = possibleIn[kind];
  return !states || states.includes(state)
    ? undefined
    : `${name} is ${state}; ${otherwise[kind]}`;
}

/** What is not right about a change, apart from parameters. */
export function problemsOfChange(
  kind: ChangeKind,
  wanted: Pick<NewRequest, 'owner' | 'timeToLiveDays'>,
  of: {
    resource: Pick<ResourceRow, 'environment' | 'owner_ref'>;
    settings: Pick<InfrastructureSettings, 'productionEnvironments'>;
  },
): Problem[] {
  const { environment, owner_ref: present } = of.resource;
  const problems: Problem[] = [];
  const days = wanted.timeToLiveDays;
  if (kind === 'extend' && days === undefined) {
    problems.push({ field: 'timeToLiveDays', message: 'is needed' });
  }
  if (
    days !== undefined &&
    of.settings.productionEnvironments.includes(environment)
  ) {
    problems.push({
      field: 'timeToLiveDays',
      message: `is not for ${environment}: what customers use does not end by itself`,
    });
  }
  if (kind === 'transfer') {
    if (!wanted.owner) {
      problems.push({ field: 'owner', message: 'is needed' });
    } else if (!groupPattern.test(wanted.owner)) {
      problems.push({
        field: 'owner',
        message:
          'must be the entity reference of a group, like group:default/ledger',
      });
    } else if (wanted.owner === present) {
      problems.push({ field: 'owner', message: 'owns it already' });
    }
  }
  return problems;
}
