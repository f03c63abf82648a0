import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { RiErrorWarningLine } from '@remixicon/react';
import type { Conversion } from '@waymark/plugin-costs-common';
import {
  count,
  DataTable,
  periodText,
  type Column,
} from '@waymark/plugin-parts-react';
import { exactMoney, money } from '../money/words';
import { ratesRouteRef } from '../routes';
import { addDays } from '../view/months';
import styles from './Rates.module.css';

type Used = Conversion['rates'][number];

const daysText = ({ first, last }: { first: string; last: string }) =>
  periodText({ from: first, to: addDays(last, 1) }, 'UTC');

const columnsOf = (currency: string): Column<Used>[] => [
  {
    title: 'Rate',
    render: ({ from, rate }) => `1 ${from} = ${rate} ${currency}`,
  },
  { title: 'From', render: ({ source }) => source },
  { title: 'For charges of', render: daysText },
  {
    title: 'As billed',
    isFigure: true,
    render: ({ amount, from }) => (
      <span title={exactMoney(amount, from)}>{money(amount, from)}</span>
    ),
  },
  {
    title: 'Converted',
    isFigure: true,
    render: ({ converted }) => (
      <span title={exactMoney(converted, currency)}>
        {money(converted, currency)}
      </span>
    ),
  },
];

/** By which rates amounts were converted, and what no rate holds for. */
export function ConversionNote({ conversion }: { conversion: Conversion }) {
  const { currency, rates, missing } = conversion;
  const page = useRouteRef(ratesRouteRef)?.() ?? '';
  const sources = [...new Set(rates.map(({ source }) => source))];
  return (
    <aside aria-label="Conversion" className={styles.note}>
      {missing.map(lack => (
        <p key={lack.from} className={styles.lack}>
          <RiErrorWarningLine size={16} aria-hidden />
          <span>
            <strong>{exactMoney(lack.amount, lack.from)}</strong>
            {` of ${count(lack.days, 'day')} (${daysText(lack)}) `}
            cannot be converted: no rate of {lack.from} in {currency} holds
            then. It is not among these amounts.{' '}
            <Link href={page}>Exchange rates</Link>
          </span>
        </p>
      ))}
      {rates.length === 0 && missing.length === 0 && (
        <p>Everything was billed in {currency}; nothing was converted.</p>
      )}
      {rates.length > 0 && (
        <details>
          <summary>
            Converted into {currency} by {count(rates.length, 'rate')} of{' '}
            {sources.join(', ')}, each day by its own
          </summary>
          <DataTable
            label="Exchange rates that were used"
            columns={columnsOf(currency)}
            rows={rates}
            keyOf={({ from, day }) => `${from} ${day}`}
          />
        </details>
      )}
    </aside>
  );
}
