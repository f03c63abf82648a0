import { ResponseError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import type { ScaffolderApi } from '@backstage/plugin-scaffolder-common';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { entityNeeds, taskNeeds, type Need } from './needs';
import { Arriving, Panel } from './Panel';
import type { Me } from './useMe';
import styles from './Home.module.css';

/** How many needs are shown before the rest is asked for. */
const shownAtFirst = 5;

/** How many of the person's entities are looked at. */
const entityLimit = 200;

const pressing = new Set<string | undefined>(['critical', 'high']);

/** The person's template runs. Who may not run templates has none. */
async function ownTasks(scaffolderApi: ScaffolderApi) {
  try {
    const { tasks } = await scaffolderApi.listTasks({
      filterByOwnership: 'owned',
      limit: 20,
    });
    return tasks;
  } catch (error) {
    if (error instanceof ResponseError && error.statusCode === 403) return [];
    throw error;
  }
}

/** What waits for the person: notifications, runs, and entities in want. */
export function NeedsMe({ me }: { me: Me }) {
  const catalogApi = useApi(catalogApiRef);
  const notificationsApi = useApi(notificationsApiRef);
  const scaffolderApi = useApi(scaffolderApiRef);
  const [all, setAll] = useState(false);
  const owners = me.owners.join();

  const needs = useAsyncRetry(async (): Promise<Need[]> => {
    const [unread, tasks, mine] = await Promise.all([
      notificationsApi.getNotifications({ read: false, limit: 5 }),
      ownTasks(scaffolderApi),
      catalogApi.queryEntities({
        filter: { 'relations.ownedBy': me.owners },
        fields: ['kind', 'metadata', 'status'],
        limit: entityLimit,
      }),
    ]);
    const found = [
      ...unread.notifications.map(
        (notification): Need => ({
          id: notification.id,
          urgency: pressing.has(notification.payload.severity) ? 'now' : 'soon',
          what: notification.payload.title,
          why: notification.payload.description ?? 'Unread notification',
          href: notification.payload.link ?? '/notifications',
        }),
      ),
      ...taskNeeds(tasks, Date.now()),
      ...entityNeeds(mine.items),
    ];
    return [
      ...found.filter(need => need.urgency === 'now'),
      ...found.filter(need => need.urgency === 'soon'),
    ];
  }, [catalogApi, notificationsApi, scaffolderApi, owners]);

  return (
    <Panel
      title="What needs me"
      aside={
        needs.value && (
          <span className={styles.figure}>{needs.value.length}</span>
        )
      }
    >
      <Arriving of={needs} name="what needs you">
        {found =>
          found.length === 0 ? (
            <p className={styles.note}>
              Nothing waits for you: no unread notification, no failed run, and
              all that your teams own is processed and documented.
            </p>
          ) : (
            <>
              <ul className={styles.rows}>
                {(all ? found : found.slice(0, shownAtFirst)).map(need => (
                  <li
                    key={need.id}
                    className={styles.need}
                    data-urgency={need.urgency}
                  >
                    <Link to={need.href} className={styles.rowTitle}>
                      {need.what}
                    </Link>
                    <span className={styles.rowText}>{need.why}</span>
                  </li>
                ))}
              </ul>
              {!all && found.length > shownAtFirst && (
                <div className={styles.pages}>
                  <Button
                    size="small"
                    variant="secondary"
                    onPress={() => setAll(true)}
                  >
                    Show all {found.length}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Arriving>
    </Panel>
  );
}
