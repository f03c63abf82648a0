import type { CSSProperties } from 'react';
import styles from './ShareBar.module.css';

/** What a bar is about: something, what nobody owns, or a move up or down. */
export type ShareTone = 'plain' | 'nobodys' | 'more' | 'less';

/** How much of the largest, or of all, an amount beside it is; for the eye alone. */
export function ShareBar(props: { share: number; tone?: ShareTone }) {
  const { share, tone = 'plain' } = props;
  return (
    <div className={styles.track} aria-hidden>
      {share > 0 && (
        <div
          className={styles.fill}
          data-tone={tone}
          style={{ '--share': `${Math.min(1, share) * 100}%` } as CSSProperties}
        />
      )}
    </div>
  );
}
