import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Failure, MyTeams } from '@waymark/plugin-parts-react';
import { useMetrics } from '../live/questions';
import { changedChannel } from '../live/useDora';
import { metricsRouteRef } from '../routes';
import { queryOf } from '../view/view';
import { MetricList } from './MetricList';

function OfTeam({ entityRef, href }: { entityRef: string; href: string }) {
  const { value, error, refresh } = useMetrics(
    queryOf({ period: '30d', entityRef }, new Date()),
  );
  return error ? (
    <Failure
      title="The metrics could not be read"
      error={error}
      onRetry={refresh}
    />
  ) : (
    <MetricList answer={value} href={href} />
  );
}

/** The five metrics over 30 days of each team one is a member of. */
export function MyTeamsDelivery() {
  const page = useRouteRef(metricsRouteRef)?.() ?? '';
  return (
    <MyTeams
      what="Delivery"
      channel={changedChannel}
      hrefOf={entityRef => `${page}?${new URLSearchParams({ entityRef })}`}
      Content={OfTeam}
    />
  );
}
