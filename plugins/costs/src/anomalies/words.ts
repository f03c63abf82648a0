import type { Anomaly } from '@waymark/plugin-costs-common';
import {
  RiChat1Line,
  RiErrorWarningLine,
  RiVolumeMuteLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { dateText, type Tone } from '@waymark/plugin-parts-react';

/** How the verdict of an anomaly is shown. */
export const verdictWords: Record<
  Anomaly['verdict'],
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
export const daysText = ({ first, last }: Anomaly): string =>
  first === last
    ? dateText(first, 'UTC')
    : `${dateText(first, 'UTC')} to ${dateText(last, 'UTC')}`;

/** Whose it is. */
export const ownerText = ({ title }: Anomaly): string => title ?? 'nobody';
