import type { CSSProperties } from 'react';
import type { Series } from './stack';
import styles from './Colours.module.css';

/** The colour of a series, as charts and their keys have it. */
export const colourOf = (colour: Series['colour']): string =>
  `var(--series-${colour})`;

/** Where the colours of series are known. */
export const colours = styles.colours;

/** Says which band of a chart is meant. */
export function Swatch({ colour }: { colour: Series['colour'] }) {
  return (
    <span
      aria-hidden
      className={styles.swatch}
      data-none={colour === 'none'}
      style={{ '--swatch': colourOf(colour) } as CSSProperties}
    />
  );
}
