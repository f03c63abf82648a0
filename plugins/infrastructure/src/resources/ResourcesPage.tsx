import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type {
  ResourcesQuery,
  ResourceState,
} from '@waymark/plugin-infrastructure-common';
import {
  Choice,
  EntityCombobox,
  ListPage,
  offsetOf,
  Pages,
  TextFilter,
  useAddress,
} from '@waymark/plugin-parts-react';
import { useOfferings, useResources } from '../live/questions';
import { offeringsRouteRef } from '../routes';
import { resourceStates } from '../words/states';
import { ResourceTable } from './ResourceTable';

const limit = 50;

const states = Object.entries(resourceStates).map(([value, { text }]) => ({
  value: value as ResourceState,
  label: text,
}));

const environmentPattern = /^[a-z][a-z0-9-]{0,62}$/;

/** The resources that an address asks for; what makes no sense counts as nothing. */
export function resourcesQuery(params: URLSearchParams): ResourcesQuery {
  const text = (key: string) => params.get(key) || undefined;
  const state = states.find(({ value }) => value === params.get('state'));
  const environment = text('environment');
  return {
    state: state && [state.value],
    offering: text('offering'),
    environment:
      environment && environmentPattern.test(environment)
        ? environment
        : undefined,
    owner: text('owner'),
    component: text('component'),
    limit,
    offset: offsetOf(params.get('offset')),
  };
}

/** Everything that was ever provisioned, newest first. */
export function ResourcesPage() {
  const { params, change } = useAddress();
  const query = resourcesQuery(params);
  const live = useResources(query);
  const offerings = useOfferings();
  const offeringsHref = useRouteRef(offeringsRouteRef)?.() ?? '';
  const set = (key: string) => (value: string | undefined) =>
    change({ [key]: value, offset: undefined });
  const isFiltered = Boolean(
    query.state ||
      query.offering ||
      query.environment ||
      query.owner ||
      query.component,
  );
  return (
    <ListPage
      of="resources"
      lead="What was provisioned, whose it is, what it costs, and how it is."
      live={live}
      filters={
        <>
          <Choice
            label="What"
            options={(offerings.value?.items ?? []).map(({ name, title }) => ({
              value: name,
              label: title,
            }))}
            value={query.offering}
            onChange={set('offering')}
          />
          <Choice
            label="State"
            options={states}
            value={query.state?.[0]}
            onChange={set('state')}
          />
          <TextFilter
            label="Environment"
            placeholder="any"
            value={query.environment ?? ''}
            onChange={set('environment')}
          />
          <EntityCombobox
            label="Owner"
            placeholder="Any team"
            query={{ kind: 'Group' }}
            entityRef={query.owner}
            onChange={set('owner')}
          />
          <EntityCombobox
            label="Component"
            placeholder="Any component"
            query={{ kind: 'Component' }}
            entityRef={query.component}
            onChange={set('component')}
          />
        </>
      }
    >
      {page =>
        page.total === 0 ? (
          <p>
            {isFiltered
              ? 'No resource is like that. Change or clear a filter above, or '
              : 'Nothing was provisioned yet: '}
            <Link href={offeringsHref}>see what is offered</Link>.
          </p>
        ) : (
          <>
            <ResourceTable rows={page.items} />
            <Pages
              of="resources"
              offset={query.offset ?? 0}
              limit={limit}
              total={page.total}
              onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
            />
          </>
        )
      }
    </ListPage>
  );
}
