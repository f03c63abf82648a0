import type { Evidence, IncidentLink } from '@waymark/plugin-dora-common';

/** What each kind of evidence says. */
export const evidenceWords: Record<Evidence, string> = {
  corrected: 'A person said so',
  namedDeployment: 'It names the deployment',
  namedCommit: 'It names the commit',
  rollback: 'The deployment was rolled back',
  revert: 'The change was reverted',
  hotfix: 'A hotfix followed',
  window: 'It followed shortly after',
};

/** How sure a link is. */
export const confidenceWords: Record<IncidentLink['confidence'], string> = {
  certain: 'certain',
  high: 'likely',
  medium: 'plausible',
  low: 'a guess',
};
