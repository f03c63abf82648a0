import type { Deliverer } from './deliverers.ts';

type Common = {
  service: Deliverer;
  /** Unique in the service. */
  id: number;
};

/** An attempt at releasing a service. All instants are in milliseconds. */
export type Deployment = Common & {
  type: 'deployment';
  environment: 'production' | 'staging';
  status: 'success' | 'failure' | 'cancelled';
  startedAt: number;
  finishedAt: number;
  sha: string;
  ref: string;
  author: string;
  /** The delivery system says that an earlier state was brought back. */
  rollback?: boolean;
};

/** A pull request; while it is open it has no merge. */
export type Change = Common & {
  type: 'change';
  title: string;
  author: string;
  branch: string;
  openedAt: number;
  firstReviewAt?: number;
  approvedAt?: number;
  mergedAt?: number;
  mergeSha?: string;
  commits: { sha: string; authoredAt: number }[];
  /** Whether its commits became one. */
  squashed: boolean;
};

/** Something that went wrong; without an end it still does. */
export type Incident = Common & {
  type: 'incident';
  title: string;
  severity: 'P1' | 'P2' | 'P3';
  createdAt: number;
  resolvedAt?: number;
  /** The number of the deployment that people found to be the cause. */
  causedBy?: number;
  /** `false` where people found that no change of theirs was the cause. */
  isChangeRelated?: false;
};

/** Something that happened in the demo's year. */
export type Fact = Deployment | Change | Incident;

/** When it became known, for the order of the story. */
export function instantOf(fact: Fact): number {
  switch (fact.type) {
    case 'deployment':
      return fact.finishedAt;
    case 'change':
      return fact.mergedAt ?? fact.openedAt;
    default:
      return fact.createdAt;
  }
}
