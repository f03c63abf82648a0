import type { Anomaly, AnomalyPart } from '@waymark/plugin-costs-common';
import {
  RiChat1Line,
  RiErrorWarningLine,
  RiVolumeMuteLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { dateText, type Tone } from '@waymark/plugin-parts-react';

/** How the verdict of an anomaly is shown. */
export const verdictWords: Record<
  AnomalyPart['verdict'],
  { text: string; tone: Tone; Icon: RemixiconComponentType }
> = {
  open: {
    text: 'Nobody explained it',
    tone: 'warning',
    Icon: RiErrorWarningLine,
  },
  explained: { text: 'Explained', tone: 'positive', Icon: RiChat1Line },
  muted: { text: 'Muted', tone: 'plain', Icon: RiVolumeMuteLine },
};

/** The days of an anomaly: "9 Oct 2026", "9 Oct 2026 to 11 Oct 2026". */
export const daysText = ({
  first,
  last,
}: Pick<Anomaly, 'first' | 'last'>): string =>
  first === last
    ? dateText(first, 'UTC')
    : `${dateText(first, 'UTC')} to ${dateText(last, 'UTC')}`;

/** "Compute", "Compute and 2 more": the first of several names, which moved most. */
function firstAndMore(names: string[]): string {
  const [first, ...others] = new Set(names);
  return others.length > 0 ? `${first} and ${others.length} more` : first;
}

/** Which services stood out. */
export const servicesText = ({ parts }: Pick<Anomaly, 'parts'>): string =>
  firstAndMore(parts.map(({ service }) => service || 'No service'));

/** Who bears what no group bears alone: what is shared, and what nobody owns. */
export const nobodyAlone = 'Several, or nobody';

/** Whose they are. */
export const ownersText = ({ parts }: Pick<Anomaly, 'parts'>): string =>
  firstAndMore(parts.map(({ title }) => title ?? nobodyAlone.toLowerCase()));

/** What was said of an anomaly: it is open while any of its parts is. */
export const verdictOf = ({
  parts,
}: Pick<Anomaly, 'parts'>): AnomalyPart['verdict'] =>
  (['open', 'muted'] as const).find(verdict =>
    parts.some(part => part.verdict === verdict),
  ) ?? 'explained';

/** The parts of which something was said; of those of which the same was said at once, one. */
export const saidOf = ({ parts }: Pick<Anomaly, 'parts'>): AnomalyPart[] => [
  ...new Map(
    parts
      .filter(({ reason }) => reason)
      .map(part => [`${part.judgedBy} ${part.judgedAt}`, part]),
  ).values(),
];
