import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import type {
  FirstDeploymentState,
  FleetQuery,
  Member,
  SupportState,
} from '@waymark/plugin-golden-paths-common';
import {
  Choice,
  DataTable,
  dateText,
  EntityCombobox,
  EntityName,
  ListPage,
  offsetOf,
  Pages,
  TextFilter,
  useAddress,
} from '@waymark/plugin-parts-react';
import { flagOf, flags } from '../parts/flags';
import {
  firstDeploymentText,
  supportStates,
  templateName,
} from '../parts/states';
import { SupportMark } from '../parts/SupportMark';
import { exceptionRouteRef } from '../routes';
import { FleetOverview } from './FleetOverview';
import { useMembers } from './questions';

const limit = 50;
const supports = Object.entries(supportStates).map(([value, { text }]) => ({
  value: value as SupportState,
  label: text,
}));

const newest = flags('On it', 'Not on it');
const drifts: Options<NonNullable<FleetQuery['drift']>> = [
  { value: 'changed', label: 'Changed' },
  { value: 'none', label: 'As the template wrote it' },
];
const deployments: Options<FirstDeploymentState> = [
  { value: 'deployed', label: 'Deployed' },
  { value: 'none', label: 'None yet' },
  { value: 'unknown', label: 'Not known' },
];

type Options<T extends string> = { value: T; label: string }[];

/** The repositories that an address asks for; what makes no sense counts as nothing. */
export function fleetQuery(params: URLSearchParams): FleetQuery {
  const text = (key: string) => params.get(key)?.slice(0, 300) || undefined;
  const oneOf = <T extends string>(key: string, options: Options<T>) =>
    options.find(({ value }) => value === params.get(key))?.value;
  return {
    support: oneOf('support', supports),
    newest: flagOf(params.get('newest')),
    drift: oneOf('drift', drifts),
    firstDeployment: oneOf('firstDeployment', deployments),
    template: text('template'),
    version: text('version'),
    owner: text('owner'),
    limit,
    offset: offsetOf(params.get('offset')),
  };
}

function driftText({ drift, files, problem }: Member): string {
  if (problem) return 'cannot be read';
  if (!drift) return 'not read yet';
  return drift.length === 0
    ? 'none'
    : `${drift.length} of ${files ?? '?'} files`;
}

/** What to do when the fleet is empty. */
function NothingYet() {
  return (
    <>
      No repository is on a golden path yet. There are two ways onto one:{' '}
      <Link href="/create">create a service</Link> from a template, which takes
      a few minutes, or{' '}
      <Link href="/create/templates/default/adopt-golden-path">
        adopt a golden path
      </Link>{' '}
      for a repository that is there already. Either is here within minutes,
      with its version and what its team changed.
    </>
  );
}

/** Which repository is on which version of which golden path. */
export function FleetPage() {
  const { params, change } = useAddress();
  const query = fleetQuery(params);
  const live = useMembers(query);
  const linkOf = useEntityRefLink();
  const exceptionHref = useRouteRef(exceptionRouteRef);
  const set = (key: string) => (value: string | undefined) =>
    change({ [key]: value, offset: undefined });
  const { limit: _limit, offset, ...filters } = query;
  const isFiltered = Object.values(filters).some(value => value !== undefined);
  return (
    <ListPage
      of="repositories"
      lead={
        <>
          What was made from a golden path, on which version it is, and what its
          team changed of what the template wrote.
        </>
      }
      live={live}
      filters={
        <>
          <Choice
            label="Support"
            options={supports}
            value={query.support}
            onChange={set('support')}
          />
          <Choice
            label="Newest version"
            options={newest}
            value={
              query.newest === undefined ? undefined : String(query.newest)
            }
            onChange={set('newest')}
          />
          <Choice
            label="Drift"
            options={drifts}
            value={query.drift}
            onChange={set('drift')}
          />
          <Choice
            label="First deployment"
            options={deployments}
            value={query.firstDeployment}
            onChange={set('firstDeployment')}
          />
          <TextFilter
            label="Version"
            placeholder="any"
            value={query.version ?? ''}
            onChange={set('version')}
          />
          <EntityCombobox
            label="Template"
            placeholder="Any template"
            query={{ kind: 'Template' }}
            entityRef={query.template}
            onChange={set('template')}
          />
          <EntityCombobox
            label="Owner"
            placeholder="Any team"
            query={{ kind: 'Group' }}
            entityRef={query.owner}
            onChange={set('owner')}
          />
        </>
      }
    >
      {page => (
        <>
          {!isFiltered && <FleetOverview />}
          {page.total === 0 ? (
            <p>
              {isFiltered ? (
                'No repository is like that. Change or clear a filter above.'
              ) : (
                <NothingYet />
              )}
            </p>
          ) : (
            <DataTable
              label="Repositories"
              rows={page.items}
              keyOf={({ entityRef }) => entityRef}
              columns={[
                {
                  title: 'Component',
                  render: ({ entityRef, title }) => (
                    <Link href={`${linkOf(entityRef)}/golden-path`}>
                      {title}
                    </Link>
                  ),
                },
                {
                  title: 'Golden path',
                  render: ({ template, version }) =>
                    `${templateName(template)} ${version}`,
                },
                {
                  title: 'Support',
                  render: ({ support, exception }) => (
                    <>
                      <SupportMark support={support} />
                      {exception && (
                        <Link
                          href={exceptionHref?.({ id: exception.id }) ?? ''}
                        >
                          {`Exception until ${dateText(
                            exception.until,
                            'UTC',
                          )}`}
                        </Link>
                      )}
                    </>
                  ),
                },
                { title: 'Drift', render: driftText },
                { title: 'First deployment', render: firstDeploymentText },
                {
                  title: 'Owner',
                  render: ({ owner }) =>
                    owner ? <EntityName entityRef={owner} /> : '–',
                },
              ]}
            />
          )}
          <Pages
            of="repositories"
            offset={offset ?? 0}
            limit={limit}
            total={page.total}
            onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
          />
        </>
      )}
    </ListPage>
  );
}
