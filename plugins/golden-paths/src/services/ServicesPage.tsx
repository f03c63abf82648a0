import type {
  CountedService,
  CountedServicesQuery,
  ServiceStanding,
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
  useAddress,
} from '@waymark/plugin-parts-react';
import { flagOf, flags } from '../parts/flags';
import styles from '../parts/Parts.module.css';
import { StateMark } from '../parts/StateMark';
import { serviceStandings, templateName } from '../parts/states';
import { useServices } from './questions';

const limit = 50;
const standings = Object.entries(serviceStandings).map(([value, { text }]) => ({
  value: value as ServiceStanding,
  label: text,
}));

/** The services that an address asks for; what makes no sense counts as nothing. */
function servicesQuery(params: URLSearchParams): CountedServicesQuery {
  return {
    standing: standings.find(({ value }) => value === params.get('standing'))
      ?.value,
    isNew: flagOf(params.get('isNew')),
    owner: params.get('owner')?.slice(0, 300) || undefined,
    limit,
    offset: offsetOf(params.get('offset')),
  };
}

/** Which services are on a golden path, which are not, and which need not be. */
export function ServicesPage() {
  const { params, change } = useAddress();
  const query = servicesQuery(params);
  const live = useServices(query);
  const set = (key: string) => (value: string | undefined) =>
    change({ [key]: value, offset: undefined });
  const isFiltered = query.standing || query.isNew !== undefined || query.owner;
  return (
    <ListPage
      of="services"
      lead="The services that coverage counts. One is on a golden path when its repository holds the record that a template wrote; what the catalog says of it is not enough."
      live={live}
      filters={
        <>
          <Choice
            label="Golden path"
            options={standings}
            value={query.standing}
            onChange={set('standing')}
          />
          <Choice
            label="First seen"
            options={flags('Since the portal first looked', 'Before')}
            value={query.isNew === undefined ? undefined : String(query.isNew)}
            onChange={set('isNew')}
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
          {page.total === 0 ? (
            <p>
              {isFiltered
                ? 'No service is like that. Change or clear a filter above.'
                : 'The catalog has no service.'}
            </p>
          ) : (
            <Services rows={page.items} />
          )}
          <Pages
            of="services"
            offset={query.offset ?? 0}
            limit={limit}
            total={page.total}
            onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
          />
        </>
      )}
    </ListPage>
  );
}

function Services({ rows }: { rows: CountedService[] }) {
  return (
    <DataTable
      label="Services"
      rows={rows}
      keyOf={({ entityRef }) => entityRef}
      columns={[
        {
          title: 'Service',
          render: ({ entityRef }) => <EntityName entityRef={entityRef} />,
        },
        {
          title: 'Stands',
          render: ({ standing, problem }) => (
            <>
              <StateMark words={serviceStandings[standing]} />
              {problem && <div className={styles.note}>{problem}</div>}
            </>
          ),
        },
        {
          title: 'Golden path',
          render: ({ template, version }) =>
            template ? `${templateName(template)} ${version ?? ''}` : '–',
        },
        {
          title: 'First seen',
          render: ({ isNew, firstSeenAt }) =>
            isNew ? dateText(firstSeenAt) : 'before the portal looked',
        },
        {
          title: 'Owner',
          render: ({ owner }) =>
            owner ? <EntityName entityRef={owner} /> : '–',
        },
      ]}
    />
  );
}
