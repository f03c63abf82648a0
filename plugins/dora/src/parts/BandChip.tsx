import type { Metric } from '@waymark/plugin-dora-common';
import {
  RiArrowUpDoubleLine,
  RiArrowUpSLine,
  RiErrorWarningLine,
  RiSubtractLine,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';
import { bandWords, type BandWords } from '../words/statements';
import styles from './BandChip.module.css';

const icons: Record<BandWords['tone'], RemixiconComponentType> = {
  best: RiArrowUpDoubleLine,
  good: RiArrowUpSLine,
  fair: RiSubtractLine,
  poor: RiErrorWarningLine,
};

/** How a value is judged, in a word, a sign and a colour. */
export function BandChip({ metric }: { metric: Metric }) {
  if (!metric.band) return null;
  const { text, tone, scale } = bandWords(metric.band, metric.unit);
  const Icon = icons[tone];
  return (
    <span className={styles.chip} data-tone={tone} title={`By ${scale}`}>
      <Icon size={14} aria-hidden />
      {text}
    </span>
  );
}
