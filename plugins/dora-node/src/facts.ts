/**
 * Where a fact says it belongs. The portal finds the catalog entity; what it
 * cannot find waits, listed with a suggestion.
 */
export type ServiceHint =
  /** An entity reference or the name of a component. */
  | { entity: string }
  /**
   * What an annotation of the catalog entity says, such as
   * `github.com/project-slug` and `larkspur/order-service`. Letter case does
   * not matter. `paths` are the files the fact touched, where the sender says
   * so: with them a repository of several services is told apart.
   */
  | { annotation: string; value: string; paths?: string[] };

type Common = {
  /** What the source calls it. With the source and the service it names the fact: the same id again restates it. */
  id: string;
  service: ServiceHint;
  /**
   * When the source said so, as an ISO 8601 instant. Of two statements about
   * the same fact the later one counts, whichever arrives first.
   */
  observedAt: string;
  url?: string;
  title?: string;
};

/** A release of a service into an environment, or one attempt at it. All instants are ISO 8601. */
export type DeploymentFact = Common & {
  type: 'deployment';
  environment: string;
  /** `pending` has begun and not ended; `cancelled` ended without an attempt worth counting. */
  status: 'pending' | 'success' | 'failure' | 'cancelled';
  startedAt?: string;
  finishedAt?: string;
  /** The commit that was deployed. */
  sha?: string;
  /** The commits it brought since the deployment before it, where the sender knows them. */
  commits?: string[];
  /** The branch or tag. */
  ref?: string;
  author?: string;
  /** What the sender calls this deployment when it is not an ordinary one. */
  kind?: 'rollback' | 'hotfix';
};

/** A pull or merge request, open or merged, or a commit pushed to the main branch. */
export type ChangeFact = Common & {
  type: 'change';
  /** The number that people know it by, such as `42`. */
  number?: string;
  author?: string;
  /** The branch it was made on. */
  ref?: string;
  firstCommitAt?: string;
  openedAt?: string;
  firstReviewAt?: string;
  approvedAt?: string;
  mergedAt?: string;
  /** When it was given up: closed without a merge. `null` says that it is open again. */
  closedAt?: string | null;
  /** The commit on the main branch that holds it: merge commit, squashed commit or last rebased commit. */
  mergeSha?: string;
  commits?: { sha: string; authoredAt: string }[];
};

/** Something that went wrong in production. */
export type IncidentFact = Common & {
  type: 'incident';
  /**
   * The source calls nothing else by this id, whatever its service. Then the
   * incident belongs to the services alone that the latest statement names:
   * told of another one than before, it moves there. Without it, the same id
   * at another service is another incident.
   */
  idIsUnique?: true;
  /**
   * With `idIsUnique`: what the source called it by before. What is known
   * under that id alone goes on under the new one.
   */
  formerId?: string;
  severity?: string;
  createdAt?: string;
  /** Absent while it is open; `null` says that it was opened again. */
  resolvedAt?: string | null;
  causedBy?: { deployment: string } | { sha: string };
  /** `false` says that no change of ours caused it, `true` that this is not so any more. */
  isChangeRelated?: boolean;
};

/** What a delivery system reports. */
export type Fact = DeploymentFact | ChangeFact | IncidentFact;
