import type { AnomalyPart } from '@waymark/plugin-costs-common';
import { EntityName } from '@waymark/plugin-parts-react';
import styles from './Anomalies.module.css';
import { nobodyAlone } from './words';

/** Owners that are named; of more it is said how many. */
const named = 2;

/** Whose parts of an anomaly are, what moved most first. */
export function Owners({ parts }: { parts: AnomalyPart[] }) {
  const owners = [...new Set(parts.map(({ groupRef }) => groupRef))];
  return (
    <span className={styles.what}>
      {owners.slice(0, named).map(ref => (
        <span key={ref}>
          {ref ? <EntityName entityRef={ref} /> : nobodyAlone}
        </span>
      ))}
      {owners.length > named && (
        <span className={styles.small}>{`and ${
          owners.length - named
        } more`}</span>
      )}
    </span>
  );
}
