import type { Metric } from '@waymark/plugin-dora-common';
import {
  RiArrowRightDownLine,
  RiArrowRightLine,
  RiArrowRightUpLine,
} from '@remixicon/react';
import { changeWords } from '../words/statements';
import styles from './Movement.module.css';

const arrows = {
  up: RiArrowRightUpLine,
  down: RiArrowRightDownLine,
  same: RiArrowRightLine,
};

/** How a metric moved against the period before, and whether that is for the better. */
export function Movement({ metric }: { metric: Metric }) {
  const words = changeWords(metric);
  if (!words) {
    return (
      <span className={styles.movement}>Nothing before to compare with</span>
    );
  }
  const Arrow = arrows[words.direction];
  const judged = words.isBetter !== null;
  return (
    <span
      className={styles.movement}
      data-better={judged ? words.isBetter : undefined}
    >
      <Arrow size={16} aria-hidden />
      <span>
        {judged && <strong>{words.isBetter ? 'Better: ' : 'Worse: '}</strong>}
        {words.text}
      </span>
    </span>
  );
}
