import type { ChangeParts } from '@waymark/plugin-costs-common';
import type { CSSProperties } from 'react';
import { length, magnitude, signOf } from '../money/decimal';
import { exactMoney, moneyChange } from '../money/words';
import { partsIn, partWords } from './words';
import styles from './Changes.module.css';

/** Of what a change is made, each part to the side on which it moves the sum. */
export function ChangeBars(props: { parts: ChangeParts; currency: string }) {
  const { parts, currency } = props;
  const shown = partsIn(parts);
  const largest = Math.max(
    ...shown.map(name => length(magnitude(parts[name]))),
  );
  return (
    <dl className={styles.parts}>
      {shown.map(name => (
        <div key={name} className={styles.part}>
          <dt title={partWords[name].text}>{partWords[name].title}</dt>
          <dd>
            <div className={styles.track} aria-hidden>
              <div
                className={styles.bar}
                data-sign={signOf(parts[name])}
                style={
                  {
                    '--share': `${
                      (length(magnitude(parts[name])) / largest) * 100
                    }%`,
                  } as CSSProperties
                }
              />
            </div>
            <span
              className={styles.amount}
              title={exactMoney(parts[name], currency)}
            >
              {moneyChange(parts[name], currency)}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
