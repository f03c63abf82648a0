import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Select } from '@backstage/ui';
import type {
  RequestsQuery,
  RequestState,
} from '@waymark/plugin-infrastructure-common';
import {
  EntityCombobox,
  ListPage,
  offsetOf,
  Pages,
  useAddress,
} from '@waymark/plugin-parts-react';
import { useRequests } from '../live/questions';
import { offeringsRouteRef, standInsRouteRef } from '../routes';
import { requestStates } from '../words/states';
import { RequestTable } from './RequestTable';

const limit = 50;

const views = [
  { value: 'all', label: 'All requests' },
  { value: 'mine', label: 'Those I made' },
  { value: 'approvals', label: 'Those that wait for me' },
] as const;

const anyState = { value: 'any', label: 'Any state' };

const states = Object.entries(requestStates).map(([value, { text }]) => ({
  value: value as RequestState,
  label: text,
}));

/** The requests that an address asks for. */
export function requestsQuery(params: URLSearchParams): RequestsQuery {
  const state = states.find(({ value }) => value === params.get('state'));
  return {
    view:
      views.find(({ value }) => value === params.get('view'))?.value ?? 'all',
    state: state && [state.value],
    owner: params.get('owner') || undefined,
    limit,
    offset: offsetOf(params.get('offset')),
  };
}

function Nothing(props: { query: RequestsQuery; isFiltered: boolean }) {
  const offeringsHref = useRouteRef(offeringsRouteRef)?.() ?? '';
  if (props.isFiltered) {
    return <p>No request is like that. Change or clear a filter above.</p>;
  }
  if (props.query.view === 'approvals') {
    return <p>Nothing waits for your approval.</p>;
  }
  return (
    <p>
      {props.query.view === 'mine'
        ? 'You have asked for nothing yet.'
        : 'Nobody has asked for anything yet.'}{' '}
      <Link href={offeringsHref}>See what is offered</Link>
    </p>
  );
}

/** Every request, newest first. */
export function RequestsPage() {
  const { params, change } = useAddress();
  const query = requestsQuery(params);
  const standInsHref = useRouteRef(standInsRouteRef)?.() ?? '';
  const live = useRequests(query);
  return (
    <ListPage
      of="requests"
      lead={
        <>
          Who asked for what, what was decided, and what became of it.{' '}
          <Link href={standInsHref}>Who approves in whose place</Link>.
        </>
      }
      live={live}
      filters={
        <>
          <Select
            label="Show"
            options={[...views]}
            value={query.view}
            onChange={key =>
              change({
                view: key === 'all' ? undefined : String(key),
                offset: undefined,
              })
            }
          />
          <Select
            label="State"
            options={[anyState, ...states]}
            value={query.state?.[0] ?? anyState.value}
            onChange={key =>
              change({
                state: key === anyState.value ? undefined : String(key),
                offset: undefined,
              })
            }
          />
          <EntityCombobox
            label="Owner"
            placeholder="Any team"
            query={{ kind: 'Group' }}
            entityRef={query.owner}
            onChange={owner => change({ owner, offset: undefined })}
          />
        </>
      }
    >
      {page =>
        page.total === 0 ? (
          <Nothing
            query={query}
            isFiltered={Boolean(query.state || query.owner)}
          />
        ) : (
          <>
            <RequestTable rows={page.items} />
            <Pages
              of="requests"
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
