import type { Anomaly, AnomalyPart } from '@waymark/plugin-costs-common';
import {
  DataTable,
  EntityName,
  Mark,
  type Column,
} from '@waymark/plugin-parts-react';
import { difference, magnitude, share } from '../money/decimal';
import { Change } from '../parts/Change';
import { daysText, nobodyAlone, verdictWords } from './words';
import styles from './Anomalies.module.css';

const columnsIn = (currency: string): Column<AnomalyPart>[] => [
  {
    title: 'Service',
    render: part => (
      <span className={styles.what}>
        <span>{part.service || 'No service'}</span>
        <span className={styles.small}>{daysText(part)}</span>
      </span>
    ),
  },
  {
    title: 'Owner',
    render: ({ groupRef }) =>
      groupRef ? <EntityName entityRef={groupRef} /> : nobodyAlone,
  },
  {
    title: 'Difference',
    isFigure: true,
    render: ({ actual, expected }) => {
      const change = difference(actual, expected);
      return (
        <Change
          change={change}
          ratio={share(change, magnitude(expected))}
          currency={currency}
        />
      );
    },
  },
  {
    title: 'State',
    render: ({ verdict }) => <Mark {...verdictWords[verdict]} />,
  },
];

/** The services and owners that stood out together, what moved most first. */
export function PartsTable({ anomaly }: { anomaly: Anomaly }) {
  return (
    <DataTable
      label="What stood out together"
      columns={columnsIn(anomaly.currency)}
      rows={anomaly.parts}
      keyOf={({ id }) => id}
    />
  );
}
