import { Skeleton } from '@backstage/ui';
import { Failure } from '@waymark/plugin-parts-react';
import { OpenAnomalies } from '../anomalies/OpenAnomalies';
import { currenciesOf, totalOf } from '../charts/stack';
import { useTotals } from '../live/questions';
import { difference, magnitude, share } from '../money/decimal';
import { exactMoney, money } from '../money/words';
import { lastBilledIn } from '../overview/useOverview';
import { comparedText } from '../overview/Tiles';
import { Change } from '../parts/Change';
import {
  addMonths,
  comparedIn,
  daysOf,
  monthAt,
  monthTitle,
  type Compared,
} from '../view/months';
import { filterOf, type Scope } from '../view/view';
import { measureWords } from '../words/measures';
import styles from './CostsInShort.module.css';

const shown = ['BilledCost', 'EffectiveCost'] as const;

function Figures(props: {
  scope: Scope;
  currency: string;
  compared: Compared;
  month: string;
}) {
  const { scope, currency, compared, month } = props;
  const { value, error, refresh } = useTotals(
    shown.flatMap(measure => [
      { ...compared.now, measure, ...filterOf(scope) },
      { ...compared.before, measure, ...filterOf(scope) },
    ]),
  );
  if (error) {
    return (
      <Failure
        title="The costs could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return <Skeleton width="100%" height={64} />;
  return (
    <dl className={styles.costs}>
      {shown.map((measure, index) => {
        const now = totalOf(value[index * 2], currency);
        const before = totalOf(value[index * 2 + 1], currency);
        const change = difference(now, before);
        return (
          <div key={measure}>
            <dt>{`${measureWords[measure].title}, ${monthTitle(month)}`}</dt>
            <dd>
              <span className={styles.figure} title={exactMoney(now, currency)}>
                {money(now, currency)}
              </span>
              <Change
                change={change}
                ratio={share(change, magnitude(before))}
                currency={currency}
              />
              <span className={styles.words}>
                {comparedText(month, compared)}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What something costs in the month that is billed last: billed and effective apart; and of a group what stands out. */
export function CostsInShort({ scope }: { scope: Scope }) {
  const month = monthAt(new Date());
  const { value, error, refresh } = useTotals([
    {
      from: daysOf(addMonths(month, -1)).from,
      to: daysOf(month).to,
      measure: 'EffectiveCost',
      interval: 'day',
      ...filterOf(scope),
    },
  ]);
  if (error) {
    return (
      <Failure
        title="The costs could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return <Skeleton width="100%" height={64} />;
  const currency = currenciesOf(value[0])[0];
  const lastBilled = currency && lastBilledIn(value, currency);
  if (!lastBilled) {
    return (
      <p className={styles.none}>
        No charge of this month or the last belongs to this. That is not zero:
        its tags may name nobody.
      </p>
    );
  }
  const billedMonth = lastBilled.slice(0, 7);
  return (
    <div className={styles.short}>
      <Figures
        scope={scope}
        currency={currency}
        month={billedMonth}
        compared={comparedIn(billedMonth, lastBilled)}
      />
      {scope.level === 'group' && <OpenAnomalies groupRef={scope.entityRef} />}
    </div>
  );
}
