import type { RemixiconComponentType } from '@remixicon/react';
import styles from './Mark.module.css';

/** What a state means for the reader. */
export type Tone = 'positive' | 'negative' | 'warning' | 'info' | 'plain';

/** A state in a word, a sign and a colour. */
export function Mark(props: {
  tone: Tone;
  Icon: RemixiconComponentType;
  text: string;
  title?: string;
}) {
  const { tone, Icon, text, title } = props;
  return (
    <span className={styles.mark} data-tone={tone} title={title}>
      <Icon size={14} aria-hidden />
      {text}
    </span>
  );
}
