import type { Estimate } from '@waymark/plugin-infrastructure-common';
import { moneyRange } from '../words/money';
import styles from './Decision.module.css';

/** What it would cost a month, line by line, with what was assumed and where the prices are from. */
export function EstimateView({ estimate }: { estimate: Estimate }) {
  return (
    <div>
      <p className={styles.price}>{`${moneyRange(estimate)} a month`}</p>
      {estimate.lines.length === 0 ? (
        <p className={styles.note}>Nothing of it has a price.</p>
      ) : (
        <ul className={styles.lines}>
          {estimate.lines.map(line => (
            <li key={line.title} className={styles.line}>
              <span>
                {line.title}
                {line.assumption && (
                  <span className={styles.source}>
                    Assumed: {line.assumption}
                  </span>
                )}
                {line.price && (
                  <span className={styles.source}>{line.price}</span>
                )}
              </span>
              <span className={styles.amount}>{moneyRange(line)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
