import { Skeleton } from '@backstage/ui';
import {
  DataTable,
  Failure,
  Panel,
  type Column,
} from '@waymark/plugin-parts-react';
import { useTotals } from '../live/questions';
import { largestFirst, share, signOf, sum } from '../money/decimal';
import type { Decimal } from '../money/decimal';
import { exactMoney, money, percent } from '../money/words';
import { PartName } from '../parts/PartName';
import { daysOf, monthTitle, type Month } from '../view/months';
import { conversionOf, filterOf, type View } from '../view/view';
import { keyTitle, signalTitles } from '../words/dimensions';
import { signalNames } from './useSignals';
import styles from './Observability.module.css';

type Row = {
  key: string | null;
  title: string;
  amounts: Decimal[];
  together: Decimal;
  /** Which part of all that the team spends this is. */
  ofAll?: number;
};

/** What each team pays to observe what it runs, signal by signal. */
export function TeamsTable(props: {
  view: View;
  month: Month;
  currency: string;
}) {
  const { view, month, currency } = props;
  const ask = {
    ...daysOf(month),
    measure: view.measure,
    groupBy: 'group',
    limit: 1000,
    ...conversionOf(view),
  };
  const { value, error, loading, refresh } = useTotals([
    ask,
    ...signalNames.map(signal => ({
      ...ask,
      ...filterOf(undefined, [{ name: 'signal', value: signal }]),
    })),
  ]);
  const [all, ...bySignal] = value ?? [];
  const amountIn = (answer: typeof all, key: string | null) =>
    answer.items.find(item => item.key === key && item.currency === currency)
      ?.amount ?? '0';
  const rows = (all?.items ?? [])
    .filter(item => item.currency === currency)
    .map((item): Row => {
      const amounts = bySignal.map(answer => amountIn(answer, item.key));
      const together = sum(amounts);
      return {
        key: item.key,
        title: keyTitle('group', item.key, item.title),
        amounts,
        together,
        ofAll: share(together, item.amount),
      };
    })
    .filter(({ amounts }) => amounts.some(amount => signOf(amount) !== 0))
    .sort((one, other) => largestFirst(one.together, other.together));
  const figure = (amount: Decimal) =>
    signOf(amount) === 0 ? (
      <span className={styles.none}>–</span>
    ) : (
      <span title={exactMoney(amount, currency)}>
        {money(amount, currency)}
      </span>
    );
  const shown = signalNames.filter((_, index) =>
    rows.some(({ amounts }) => signOf(amounts[index]) !== 0),
  );
  const columns: Column<Row>[] = [
    {
      title: 'Team',
      render: ({ key, title }) => (
        <PartName dimension="group" partKey={key} title={title} />
      ),
    },
    ...shown.map(
      (signal): Column<Row> => ({
        title: signalTitles[signal],
        isFigure: true,
        render: ({ amounts }) => figure(amounts[signalNames.indexOf(signal)]),
      }),
    ),
    {
      title: 'Together',
      isFigure: true,
      render: ({ together }) => figure(together),
    },
    {
      title: 'Of all its costs',
      isFigure: true,
      render: ({ ofAll }) => (ofAll === undefined ? '' : percent(ofAll)),
    },
  ];
  return (
    <Panel
      title="By team"
      lead={`What each team pays in ${monthTitle(
        month,
      )} to see what its software does, beside all that it spends.`}
      isBusy={loading}
    >
      {error && (
        <Failure
          title="These could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={240} />}
      {value && rows.length === 0 && (
        <p className={styles.text}>
          Nothing in {currency} was charged for these in {monthTitle(month)}.
        </p>
      )}
      {rows.length > 0 && (
        <DataTable
          label="Observability by team"
          columns={columns}
          rows={rows}
          keyOf={({ key }) => key ?? ''}
        />
      )}
    </Panel>
  );
}
