import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { FleetSummary } from '@waymark/plugin-golden-paths-common';
import { Panel } from '@waymark/plugin-parts-react';
import styles from '../parts/Parts.module.css';
import { exceptionsRouteRef } from '../routes';
import { ExceptionTable } from './ExceptionTable';
import { useExceptions } from './questions';

const shown = 10;

/** What is let off today, why and until when; nothing when nothing is. */
export function ExceptionsHolding({
  counts,
}: {
  counts: FleetSummary['exceptions'];
}) {
  const { holding, waiting } = counts;
  const href = useRouteRef(exceptionsRouteRef)?.() ?? '';
  if (holding + waiting === 0) return null;
  return (
    <Panel title="Exceptions">
      {holding > 0 && <Holding />}
      <p className={styles.note}>
        <Link href={`${href}?state=pending`}>
          {waiting === 1
            ? '1 waits for a decision'
            : `${waiting} wait for a decision`}
        </Link>
        {holding > shown && (
          <>
            {' · '}
            <Link href={`${href}?state=granted`}>{`All ${holding}`}</Link>
          </>
        )}
      </p>
    </Panel>
  );
}

function Holding() {
  const { value } = useExceptions({ state: 'granted', limit: shown });
  return value ? <ExceptionTable rows={value.items} /> : null;
}
