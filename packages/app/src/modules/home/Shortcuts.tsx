import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  entityPresentationApiRef,
  useEntityPresentation,
  useStarredEntities,
} from '@backstage/plugin-catalog-react';
import { visitsApiRef } from '@backstage/plugin-home';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { Link } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Arriving, Panel } from './Panel';
import { entityHref } from './useMe';
import { recentPages } from './visits';
import styles from './Home.module.css';

/** Pages the person was on last. */
export function RecentlyVisited() {
  const visitsApi = useApi(visitsApiRef);
  const presentation = useApi(entityPresentationApiRef);
  const appTitle = useApi(configApiRef).getOptionalString('app.title');
  const visits = useAsyncRetry(async () => {
    const listed = await visitsApi.list({
      limit: 24,
      orderBy: [{ field: 'timestamp', direction: 'desc' }],
      filterBy: [{ field: 'pathname', operator: '!=', value: '/' }],
    });
    const refs = [...new Set(listed.flatMap(visit => visit.entityRef ?? []))];
    const titles = new Map(
      await Promise.all(
        refs.map(async ref => {
          const { primaryTitle } = await presentation.forEntity(ref).promise;
          return [ref, primaryTitle] as const;
        }),
      ),
    );
    return recentPages(listed, appTitle, ref => titles.get(ref) ?? ref);
  }, [visitsApi, presentation, appTitle]);
  return (
    <Panel title="Recently visited">
      <Arriving of={visits} name="the pages you visited">
        {pages =>
          pages.length === 0 ? (
            <p className={styles.note}>
              The pages you visit are kept here, so that you find them again.
            </p>
          ) : (
            <ul className={styles.links}>
              {pages.map(page => (
                <li key={page.href}>
                  <Link to={page.href}>{page.title}</Link>
                </li>
              ))}
            </ul>
          )
        }
      </Arriving>
    </Panel>
  );
}

function StarredLink({ entityRef }: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(entityRef);
  return <Link to={entityHref(entityRef)}>{primaryTitle}</Link>;
}

/** What the person starred in the catalog. */
export function Starred() {
  const { starredEntities } = useStarredEntities();
  return (
    <Panel title="Starred">
      {starredEntities.size === 0 ? (
        <p className={styles.note}>
          Star what you work with: press the star on its page in the{' '}
          <Link to="/catalog">catalog</Link>.
        </p>
      ) : (
        <ul className={styles.links}>
          {[...starredEntities].sort().map(entityRef => (
            <li key={entityRef}>
              <StarredLink entityRef={entityRef} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

type Start = { href: string; title: string; text: string };

const creating: Start = {
  href: '/create',
  title: 'Create a service',
  text: 'From a template, with docs, tests and a repository',
};

const finding: Start = {
  href: '/catalog',
  title: 'Look around',
  text: 'Every service, who runs it and what it is part of',
};

const reading: Start[] = [
  {
    href: '/api-docs',
    title: 'Find an API to build on',
    text: 'Specifications, owners and who uses them',
  },
  {
    href: '/docs',
    title: 'Read the docs',
    text: 'Of every service, and of this portal',
  },
];

/** Where work begins, for those who build and for those who look. */
export function QuickStarts() {
  const { loading, allowed } = usePermission({
    permission: taskCreatePermission,
  });
  const starts = [allowed ? creating : finding, ...reading];
  return (
    <Panel title="Start here">
      <ul className={styles.links} aria-busy={loading}>
        {!loading &&
          starts.map(start => (
            <li key={start.href}>
              <Link to={start.href} className={styles.rowTitle}>
                {start.title}
              </Link>
              <span className={styles.rowText}>{start.text}</span>
            </li>
          ))}
      </ul>
    </Panel>
  );
}
