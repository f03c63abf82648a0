import type { AnomalyPart, AnomalyVerdict } from '@waymark/plugin-costs-common';

/** Whose and which service's days were judged. */
export type Subject = {
  /** Null for what is shared and what nobody owns. */
  groupRef: string | null;
  service: string;
  currency: string;
};

/** What stood out, before anybody said anything of it. */
export type FoundAnomaly = Subject &
  Pick<AnomalyPart, 'first' | 'last' | 'expected' | 'actual' | 'score'>;

/** What people said of it, for what is written down. */
export type Judgement = Pick<AnomalyVerdict, 'verdict' | 'reason'> & {
  mutedUntil: string | null;
};
