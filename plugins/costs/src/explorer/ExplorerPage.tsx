import { filterText } from '@waymark/plugin-costs-common';
import { Button, Container, Skeleton } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { Failure, Panel, save, useAddress } from '@waymark/plugin-parts-react';
import { lazy, Suspense } from 'react';
import { colours } from '../charts/Swatch';
import {
  atMost,
  billedCurrencies,
  coloured,
  currenciesOf,
  seriesOf,
  totalOf,
} from '../charts/stack';
import { useTotals } from '../live/questions';
import { cents, exactMoney } from '../money/words';
import { NoBills } from '../parts/NoBills';
import { ConversionNote } from '../rates/ConversionNote';
import { shortMonth } from '../view/months';
import { dimensionTitle } from '../words/dimensions';
import { measureWords } from '../words/measures';
import { csvOf } from './csv';
import { ExplorerBar } from './ExplorerBar';
import { datesOf, queryOf, readExplored } from './explored';
import { FilterBar } from './FilterBar';
import { SeriesTable } from './SeriesTable';
import styles from './Explorer.module.css';

const StackedChart = lazy(() =>
  import('../charts/StackedChart').then(module => ({
    default: module.StackedChart,
  })),
);

const dayTitle = (date: string) =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));

/** Spending by any column of the bills or any owner, for any time; the address holds all of it. */
export function ExplorerPage() {
  const { params, change, hrefWith } = useAddress();
  const explored = readExplored(params, new Date());
  const { days, step, measure, groupBy, conditions } = explored;
  const live = useTotals([queryOf(explored, filterText(conditions))]);
  const answer = live.value?.[0];
  const currencies = answer ? currenciesOf(answer) : [];
  const currency =
    (currencies.length > 0 ? explored.into : undefined) ??
    currencies.find(one => one === explored.currency) ??
    currencies[0];
  const series = answer && currency ? seriesOf(answer, currency) : [];
  const dates = datesOf(days, step);
  const narrow = (name: string, value: string) =>
    filterText([...conditions, { name, value }]);

  return (
    <Container>
      <div className={`${styles.page} ${colours}`}>
        <ExplorerBar
          explored={explored}
          currencies={billedCurrencies(answer, currencies)}
          currency={currency}
          change={change}
        />
        <FilterBar
          explored={explored}
          onChange={next => change({ filter: filterText(next) })}
        />
        {live.error && (
          <Failure
            title="The costs could not be read"
            error={live.error}
            onRetry={live.refresh}
          />
        )}
        {!answer && !live.error && <Skeleton width="100%" height={360} />}
        {answer?.conversion && (
          <ConversionNote conversion={answer.conversion} />
        )}
        {answer && !currency && (
          <Panel title="Nothing was spent">
            <NoBills title="No charge of this period is what is looked for">
              This is not zero: there is no charge at all. Take away a
              condition, or choose a longer period.
            </NoBills>
          </Panel>
        )}
        {answer && currency && (
          <Panel
            title={`${measureWords[measure].title} cost by ${dimensionTitle(
              answer.groupBy ?? groupBy,
            ).toLowerCase()}`}
            lead={
              <>
                {measureWords[measure].lead}
                <strong className={styles.total}>
                  {'All of it: '}
                  {exactMoney(totalOf(answer, currency), currency)}
                </strong>
              </>
            }
            isBusy={live.loading}
            aside={
              <Button
                size="small"
                variant="secondary"
                iconStart={<RiDownloadLine />}
                onPress={() =>
                  save(
                    csvOf({
                      series,
                      dates,
                      dimension: groupBy,
                      measure,
                      currency,
                    }),
                    `costs-${groupBy.replaceAll('/', '-')}-${days.from}.csv`,
                    'text/csv',
                  )
                }
              >
                These rows as CSV
              </Button>
            }
          >
            <div className={styles.chart}>
              <Suspense fallback={<Skeleton width="100%" height="100%" />}>
                <StackedChart
                  series={atMost(series, coloured)}
                  points={dates.map(date => ({
                    date,
                    title:
                      step === 'month'
                        ? shortMonth(date.slice(0, 7))
                        : dayTitle(date),
                  }))}
                  currency={currency}
                  title={`${
                    measureWords[measure].title
                  } cost by ${dimensionTitle(
                    groupBy,
                  )} and ${step}; together ${cents(
                    totalOf(answer, currency),
                    currency,
                  )}`}
                />
              </Suspense>
            </div>
            <SeriesTable
              series={series}
              dimension={answer.groupBy ?? groupBy}
              total={totalOf(answer, currency)}
              currency={currency}
              hrefOf={key => hrefWith({ filter: narrow(groupBy, key ?? '') })}
            />
          </Panel>
        )}
      </div>
    </Container>
  );
}
