import { Link, Skeleton } from '@backstage/ui';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { useUnitCosts } from '../live/questions';
import type { Looked } from '../overview/MonthCosts';
import { unitDocs } from '../parts/docs';
import type { Scope } from '../view/view';
import { UnitCard } from './UnitCard';
import styles from './Units.module.css';

const levels = ['component', 'system', 'group'];

/** Whether there are unit costs of such a scope at all. */
export const hasUnits = (scope: Scope | undefined): scope is Scope =>
  scope !== undefined && levels.includes(scope.level);

/** What a deployment of a scope costs, a request, a customer. */
export function UnitCostsPanel(props: { scope: Scope; looked: Looked }) {
  const { scope, looked } = props;
  const { value, error, loading, refresh } = useUnitCosts({
    entityRef: scope.entityRef,
    measure: looked.viewed.view.measure,
  });
  return (
    <Panel
      title="What one costs"
      lead="Its costs of a month, divided by what it did in it. Months that are not billed to their end are not divided."
      isBusy={loading}
      aside={<Link href={unitDocs}>Hand in another metric</Link>}
    >
      {error && (
        <Failure
          title="The unit costs could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={140} />}
      {value && (
        <div className={styles.cards}>
          {value.units.map(unit => (
            <UnitCard key={unit.unit} unit={unit} currency={looked.currency} />
          ))}
        </div>
      )}
    </Panel>
  );
}
