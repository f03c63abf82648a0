/** Raw facts as the tables hold them; instants are milliseconds since 1970, null is not known. */
export type RawDeployment = {
  id: number;
  externalId: string;
  environment: number;
  status: string;
  at: number | null;
  sha: string | null;
  commits: string[] | null;
  ref: string | null;
  title: string | null;
  kind: string | null;
  /** What a person said. */
  saidFailed: boolean | null;
};

export type RawChange = {
  id: number;
  externalId: string;
  title: string | null;
  ref: string | null;
  firstCommitAt: number | null;
  openedAt: number | null;
  mergedAt: number | null;
  mergeSha: string | null;
  commits: string[];
};

export type RawIncident = {
  id: number;
  createdAt: number;
  resolvedAt: number | null;
  causedByDeployment: string | null;
  causedBySha: string | null;
  changeRelated: boolean | null;
};

/** Everything of one component. */
export type RawHistory = {
  deployments: RawDeployment[];
  changes: RawChange[];
  incidents: RawIncident[];
};
