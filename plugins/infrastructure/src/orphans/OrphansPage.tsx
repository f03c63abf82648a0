import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, Link } from '@backstage/ui';
import type {
  Orphan,
  OrphanSearch,
} from '@waymark/plugin-infrastructure-common';
import { DataTable, ListPage, Panel } from '@waymark/plugin-parts-react';
import { addressOfTaking } from '../form/wishes';
import { useOrphans } from '../live/questions';
import { ResourceTable } from '../resources/ResourceTable';
import { formRouteRef } from '../routes';
import styles from './Orphans.module.css';

function Adopt({ orphan }: { orphan: Orphan }) {
  const formHref = useRouteRef(formRouteRef)?.({ name: orphan.offering }) ?? '';
  const taking = addressOfTaking({
    existing: orphan.existing,
    markedFor: orphan.resourceId,
  });
  return <Link href={`${formHref}?${taking}`}>Adopt it</Link>;
}

function OrphanTable({ rows }: { rows: Orphan[] }) {
  return (
    <DataTable
      label="Without a record"
      rows={rows}
      keyOf={({ engine, resourceId }) => `${engine} ${resourceId}`}
      columns={[
        { title: 'What', render: ({ title }) => title },
        { title: 'Engine', render: ({ engine }) => engine },
        {
          title: 'What belongs to it',
          render: ({ existing }) =>
            existing.map(({ address, id }) => `${address} ${id}`).join(', '),
        },
        {
          title: 'Marked for',
          render: ({ resourceId }) => (
            <span className={styles.id}>{resourceId}</span>
          ),
        },
        {
          title: 'What to do',
          render: orphan => <Adopt orphan={orphan} />,
        },
      ]}
    />
  );
}

function Unsearched({ searched }: Pick<OrphanSearch, 'searched'>) {
  const blind = searched.filter(({ problem }) => problem !== undefined);
  if (blind.length === 0) return null;
  return (
    <Alert
      status="warning"
      icon
      title="Not everywhere could be looked"
      description={
        <ul className={styles.blind}>
          {blind.map(({ engine, offering, problem }) => (
            <li key={`${engine} ${offering} ${problem}`}>{problem}</li>
          ))}
        </ul>
      }
    />
  );
}

function Found({ search }: { search: OrphanSearch }) {
  const { orphans, gone, searched } = search;
  return (
    <div className={styles.parts}>
      <Unsearched searched={searched} />
      <Panel
        title="Without a record"
        lead="It carries the portal's mark, and no living record knows of it: it was left by a portal whose data is gone, made by another portal on the same server, or still stands by the state of what has ended. Adopt it, and it is a resource like every other, which can be destroyed like every other."
      >
        {orphans.length > 0 ? (
          <OrphanTable rows={orphans} />
        ) : (
          <p>Nothing was found.</p>
        )}
      </Panel>
      <Panel
        title="Gone"
        lead="There is a record, and nothing of it was found when it was last looked at. Repair it to have it made again, or destroy it to end the record."
      >
        {gone.length > 0 ? (
          <ResourceTable rows={gone} />
        ) : (
          <p>Nothing is gone.</p>
        )}
      </Panel>
    </div>
  );
}

/** What stands somewhere without a record, and records of what is gone. */
export function OrphansPage() {
  const live = useOrphans();
  return (
    <ListPage
      of="search for orphans"
      lead="The engines are asked for everything that carries the portal's mark, and the states that the portal keeps for what still stands."
      live={live}
    >
      {search => <Found search={search} />}
    </ListPage>
  );
}
