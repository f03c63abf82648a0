import { Skeleton } from '@backstage/ui';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { useChanges } from '../live/questions';
import { difference, length, magnitude, signOf } from '../money/decimal';
import { money, moneyChange } from '../money/words';
import { finestOf } from '../overview/levels';
import type { Looked } from '../overview/MonthCosts';
import { comparedText } from '../overview/Tiles';
import { PartName } from '../parts/PartName';
import { filterOf } from '../view/view';
import { keyTitle, ownerLevels } from '../words/dimensions';
import { ChangeBars } from './ChangeBars';
import { MoverItem } from './MoverItem';
import styles from './Changes.module.css';

const shown = 6;

/** How the address says what is opened: what nobody owns has a name there, too. */
const openedAs = (key: string | null) => `of ${key ?? ''}`;

/** Why the month costs more or less than the one before: of what the change is made, and what moved most. */
export function ChangesPanel({ looked }: { looked: Looked }) {
  const { viewed, scope, by, currency, compared, month } = looked;
  const dimension = ownerLevels.has(by) ? finestOf(scope) : by;
  const times = {
    ...compared.now,
    beforeFrom: compared.before.from,
    beforeTo: compared.before.to,
    measure: viewed.view.measure,
  };
  const { value, error, loading, refresh } = useChanges({
    ...times,
    groupBy: dimension,
    limit: shown,
    ...filterOf(scope),
  });
  const whole = value?.totals.find(total => total.currency === currency);
  const movers = (value?.items ?? []).filter(
    item =>
      item.currency === currency &&
      signOf(difference(item.now, item.before)) !== 0,
  );
  const largest = Math.max(
    ...movers.map(({ now, before }) =>
      length(magnitude(difference(now, before))),
    ),
  );
  const opened = viewed.params.get('why');
  return (
    <Panel
      title="What changed"
      lead={
        whole
          ? `${money(whole.before, currency)} before, ${money(
              whole.now,
              currency,
            )} now: ${moneyChange(
              difference(whole.now, whole.before),
              currency,
            )} ${comparedText(month, compared)}. It is made of:`
          : comparedText(month, compared).replace(/^b/, 'B')
      }
      isBusy={loading}
    >
      {error && (
        <Failure
          title="What changed could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={240} />}
      {value && movers.length === 0 && (
        <p className={styles.text}>Nothing costs more or less than before.</p>
      )}
      {whole && movers.length > 0 && (
        <>
          <ChangeBars parts={whole.parts} currency={currency} />
          <ol className={styles.list} aria-label="What moved most">
            {movers.map(item => {
              const title = keyTitle(dimension, item.key, item.title);
              const isOpen = opened === openedAs(item.key);
              return (
                <MoverItem
                  key={openedAs(item.key)}
                  name={
                    <PartName
                      dimension={dimension}
                      partKey={item.key}
                      title={title}
                    />
                  }
                  title={title}
                  change={item}
                  largest={largest}
                  query={{
                    ...times,
                    ...filterOf(scope, [
                      { name: dimension, value: item.key ?? '' },
                    ]),
                  }}
                  isOpen={isOpen}
                  onToggle={() =>
                    viewed.change({ why: isOpen ? '' : openedAs(item.key) })
                  }
                />
              );
            })}
          </ol>
        </>
      )}
    </Panel>
  );
}
