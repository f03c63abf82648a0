import type { HomePageWidgetData } from '@backstage/plugin-home-react/alpha';
import { SearchField } from '@backstage/ui';
import { Fragment, type FormEvent } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { Announcements } from './Announcements';
import { MyComponents } from './MyComponents';
import { NeedsMe } from './NeedsMe';
import { Arriving, Panel } from './Panel';
import { QuickStarts, RecentlyVisited, Starred } from './Shortcuts';
import { useMe } from './useMe';
import styles from './Home.module.css';

function greeting(hour: number): string {
  if (hour < 12) return 'Good morning';
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}

function SearchBox() {
  const navigate = useNavigate();
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const query = String(new FormData(event.currentTarget).get('query'));
    navigate(`/search?query=${encodeURIComponent(query)}`);
  };
  return (
    <form role="search" className={styles.search} onSubmit={search}>
      <SearchField
        name="query"
        size="medium"
        aria-label="Search"
        placeholder="Search services, APIs, docs and templates"
      />
    </form>
  );
}

/** What somebody wants to see on a Monday morning. */
export function HomePage({ widgets }: { widgets: HomePageWidgetData[] }) {
  const me = useMe();
  const hello = greeting(new Date().getHours());
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <h1 className={styles.title}>
            {me.value ? `${hello}, ${me.value.givenName}` : hello}
          </h1>
          <p className={styles.teams}>
            {me.value?.teams.map((team, index) => (
              <Fragment key={team.ref}>
                {index > 0 && ' · '}
                <Link to={team.href}>{team.title}</Link>
              </Fragment>
            ))}
          </p>
        </div>
        <SearchBox />
      </div>
      <Announcements />
      <div className={styles.columns}>
        <div className={styles.column}>
          {me.value ? (
            <>
              <NeedsMe me={me.value} />
              <MyComponents me={me.value} />
            </>
          ) : (
            <Panel title="My components">
              <Arriving of={me} name="who you are">
                {() => null}
              </Arriving>
            </Panel>
          )}
          {widgets.map(({ name, title, component }) => (
            <Panel key={name} title={title ?? name ?? ''}>
              {component}
            </Panel>
          ))}
        </div>
        <div className={styles.column}>
          <QuickStarts />
          <Starred />
          <RecentlyVisited />
        </div>
      </div>
    </div>
  );
}
