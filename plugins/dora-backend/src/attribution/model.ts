/** All instants are milliseconds since 1970, all durations milliseconds. */
export type DeploymentRecord = {
  id: string;
  externalId: string;
  environment: number;
  status: 'success' | 'failure' | 'cancelled' | 'pending';
  /** When it ended; for one that only says when it began, that. */
  at: number | undefined;
  sha: string | undefined;
  /** The commits it brought, where the sender said so. */
  commits: string[] | undefined;
  ref: string | undefined;
  title: string | undefined;
  kind: 'rollback' | 'hotfix' | undefined;
  /** What a person said of it. */
  correctedFailed: boolean | undefined;
};

export type ChangeRecord = {
  id: string;
  externalId: string;
  number: string | undefined;
  title: string | undefined;
  ref: string | undefined;
  firstCommitAt: number | undefined;
  openedAt: number | undefined;
  mergedAt: number | undefined;
  mergeSha: string | undefined;
  commits: string[];
};

export type IncidentRecord = {
  id: string;
  /** Whether another component had it, and it names a deployment of this one. */
  foreign: boolean;
  /** Whether it names a deployment that another component has. */
  namesElsewhere: boolean;
  createdAt: number;
  resolvedAt: number | undefined;
  causedByDeployment: string | undefined;
  causedBySha: string | undefined;
  isChangeRelated: boolean | undefined;
  /** What a person said: a deployment's id, or `null` for none of ours. */
  correctedCause: string | null | undefined;
};

/** Everything known of one component, in any order. */
export type History = {
  deployments: DeploymentRecord[];
  changes: ChangeRecord[];
  incidents: IncidentRecord[];
};

/** How a change was found to be in a deployment. */
export type How = 'range' | 'sha' | 'ancestor' | 'time';

/** That a change reached an environment. */
export type DeliveredChange = {
  changeId: string;
  environment: number;
  deploymentId: string;
  at: number;
  how: How;
  /** Reached by the first deployment we know of, and merged long before it: when it really went out is not known. */
  baseline: boolean;
  /** From the clock's start to the deployment; absent when the start is unknown or later than the deployment. */
  sinceFirstCommit: number | undefined;
  sinceOpened: number | undefined;
  sinceMerged: number | undefined;
};

export type Rework = 'rollback' | 'revert' | 'hotfix';

/** What is concluded of a deployment that ended in success or failure. */
export type Outcome = {
  deploymentId: string;
  environment: number;
  at: number;
  succeeded: boolean;
  failed: boolean;
  failedReason: string | undefined;
  rework: Rework | undefined;
  reworkReason: string | undefined;
  /** Of a failed deployment; absent while it has not recovered. */
  recoveredAt: number | undefined;
  sinceDeployment: number | undefined;
  sinceIncident: number | undefined;
};

export type Evidence =
  | 'corrected'
  | 'namedDeployment'
  | 'namedCommit'
  | 'rollback'
  | 'revert'
  | 'hotfix'
  | 'window';

export type Confidence = 'certain' | 'high' | 'medium' | 'low';

/** What an incident is put down to, with the reason; without a deployment, why not. */
export type IncidentLink = {
  incidentId: string;
  deploymentId: string | undefined;
  evidence: Evidence | undefined;
  confidence: Confidence | undefined;
  reason: string;
};

export type Attribution = {
  delivered: DeliveredChange[];
  outcomes: Outcome[];
  links: IncidentLink[];
  /** Changes that are not counted because another change holds the same commits: id → the other's id. */
  superseded: Map<string, string>;
};

export type AttributionSettings = {
  /** The environment that incidents happen in. */
  production: number;
  /** How long before the first deployment a change may have been merged and still count. */
  baselineMs: number;
  /** How long after a deployment an incident is put down to it at most. */
  incidentWindowMs: number;
};
