import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Link, Skeleton } from '@backstage/ui';
import { Failure, Panel, timeText } from '@waymark/plugin-parts-react';
import { useResource } from '../live/questions';
import { Fact, Facts } from '../parts/Facts';
import { StateMark } from '../parts/StateMark';
import { resourceRouteRef } from '../routes';
import { moneyRange } from '../words/money';
import { resourceStates } from '../words/states';
import { resourceIdOf } from './annotation';

/** How the resource is that the entity stands for. */
export function EntityResourceCard() {
  const { entity } = useEntity();
  const id = resourceIdOf(entity);
  const { value, error, refresh } = useResource(id);
  const href = useRouteRef(resourceRouteRef)?.({ id }) ?? '';
  return (
    <Panel title="Infrastructure" aside={<Link href={href}>All about it</Link>}>
      {error && (
        <Failure
          title="The resource could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {value ? (
        <Facts>
          <Fact title="State">
            <StateMark words={resourceStates[value.state]} />
          </Fact>
          <Fact title="What">{value.offeringTitle}</Fact>
          <Fact title="Environment">{value.environment}</Fact>
          <Fact title="Costs">
            {value.monthlyCost
              ? `${moneyRange(value.monthlyCost)} a month`
              : 'not known'}
          </Fact>
          {value.expiresAt && (
            <Fact title="Ends">{timeText(value.expiresAt)}</Fact>
          )}
        </Facts>
      ) : (
        !error && <Skeleton width="100%" height={96} />
      )}
    </Panel>
  );
}
