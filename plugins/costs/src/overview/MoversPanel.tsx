import { Skeleton } from '@backstage/ui';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import type { CSSProperties } from 'react';
import { useTotals } from '../live/questions';
import { length, magnitude, signOf } from '../money/decimal';
import { money } from '../money/words';
import { Change } from '../parts/Change';
import { PartName } from '../parts/PartName';
import { filterOf } from '../view/view';
import { ownerLevels } from '../words/dimensions';
import { finestOf } from './levels';
import type { Looked } from './MonthCosts';
import { moversOf, type Mover } from './movers';
import { comparedText } from './Tiles';
import styles from './Overview.module.css';

const shown = 6;

const kinds: Record<Mover['kind'], string> = {
  new: 'New: ',
  gone: 'Gone: ',
  more: '',
  less: '',
  same: '',
};

/** What costs more or less than before, what moved most first. */
export function MoversPanel({ looked }: { looked: Looked }) {
  const { viewed, scope, by, currency, compared, month } = looked;
  const dimension = ownerLevels.has(by) ? finestOf(scope) : by;
  const ask = {
    measure: viewed.view.measure,
    groupBy: dimension,
    limit: 1000,
    ...filterOf(scope),
  };
  const { value, error, loading, refresh } = useTotals([
    { ...compared.now, ...ask },
    { ...compared.before, ...ask },
  ]);
  const movers = value
    ? moversOf(value[0], value[1], currency)
        .filter(({ kind }) => kind !== 'same')
        .slice(0, shown)
    : [];
  const largest = Math.max(
    ...movers.map(({ change }) => length(magnitude(change))),
  );
  return (
    <Panel
      title="What moved most"
      lead={comparedText(month, compared).replace(/^b/, 'B')}
      isBusy={loading}
    >
      {error && (
        <Failure
          title="What moved could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={200} />}
      {value && movers.length === 0 && (
        <p className={styles.text}>Nothing costs more or less than before.</p>
      )}
      <ol className={`${styles.list} ${styles.columns}`}>
        {movers.map(({ key, title, now, before, change, ratio, kind }) => (
          <li key={key ?? ''} className={styles.mover}>
            <PartName dimension={dimension} partKey={key} title={title} />
            <Change change={change} ratio={ratio} currency={currency} />
            <div className={styles.track}>
              <div
                className={styles.fill}
                data-sign={signOf(change)}
                style={
                  {
                    '--share': `${
                      (length(magnitude(change)) / largest) * 100
                    }%`,
                  } as CSSProperties
                }
              />
            </div>
            <span className={styles.detail}>
              {`${kinds[kind]}${money(before, currency)} before, ${money(
                now,
                currency,
              )} now`}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
