import type { RuleChange } from '@waymark/plugin-costs-common';
import { count, DataTable, EntityName } from '@waymark/plugin-parts-react';
import { difference, signOf } from '../money/decimal';
import { exactMoney, money, moneyChange } from '../money/words';
import { monthTitle } from '../view/months';
import styles from './Rules.module.css';

/** As many as somebody looks at; the API has a thousand. */
const shown = 25;

type Row = RuleChange['items'][number];

const nobody = {
  allocated: 'Nobody’s',
  shared: 'Shared, and nobody’s',
  unallocated: 'Nobody’s',
};

function Bearer({ part, entityRef }: Row) {
  if (!entityRef) return <>{nobody[part]}</>;
  return (
    <>
      <EntityName entityRef={entityRef} />
      {part === 'shared' && (
        <span className={styles.part}> of what is shared</span>
      )}
    </>
  );
}

/** Who would bear more or less, the largest differences first. */
export function ChangeTable({ change }: { change: RuleChange }) {
  const { bills, changes, items } = change;
  if (bills === 0) {
    return (
      <p className={styles.text}>
        No bill is allocated anew; the rules hold for those that come.
      </p>
    );
  }
  if (changes === 0) {
    return (
      <p className={styles.text}>
        {`Nobody bears more or less in ${count(bills, 'bill')}.`}
      </p>
    );
  }
  return (
    <>
      <DataTable
        label="Who bears more or less"
        columns={[
          { title: 'Who', render: row => <Bearer {...row} /> },
          {
            title: 'Billing period',
            render: row => monthTitle(row.billingPeriodStart.slice(0, 7)),
          },
          {
            title: 'Before',
            isFigure: true,
            render: row => (
              <span title={exactMoney(row.before, row.currency)}>
                {money(row.before, row.currency)}
              </span>
            ),
          },
          {
            title: 'After',
            isFigure: true,
            render: row => (
              <span title={exactMoney(row.after, row.currency)}>
                {money(row.after, row.currency)}
              </span>
            ),
          },
          {
            title: 'Difference',
            isFigure: true,
            render: row => {
              const off = difference(row.after, row.before);
              return (
                <strong data-sign={signOf(off)}>
                  {moneyChange(off, row.currency)}
                </strong>
              );
            },
          },
        ]}
        rows={items.slice(0, shown)}
        keyOf={row =>
          `${row.billingPeriodStart} ${row.part} ${row.entityRef} ${row.currency}`
        }
      />
      {changes > shown && (
        <p className={styles.more}>
          {`These are the largest of ${count(changes, 'difference')} in ${count(
            bills,
            'bill',
          )}.`}
        </p>
      )}
    </>
  );
}
