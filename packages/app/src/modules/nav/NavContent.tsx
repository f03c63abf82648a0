import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { usePermission } from '@backstage/plugin-permission-react';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { RiNotification3Line } from '@remixicon/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { Mark } from '../brand/Mark';
import { NavLink } from './NavLink';
import { Person } from './Person';
import { everyday, elsewhere, personal, upkeep, type Place } from './places';
import styles from './Nav.module.css';

function OnlyWith(props: { permission: BasicPermission; children: ReactNode }) {
  const { allowed } = usePermission({ permission: props.permission });
  return allowed ? <>{props.children}</> : null;
}

function PlaceLink({ place, item }: { place: Place; item: NavContentNavItem }) {
  const link = (
    <NavLink
      href={item.href}
      title={place.title}
      icon={<place.Icon size={20} />}
    />
  );
  return place.permission ? (
    <OnlyWith permission={place.permission}>{link}</OnlyWith>
  ) : (
    link
  );
}

/** The portal's places: what everybody uses, what plugins add, what is upkeep. */
export function NavContent({ navItems }: NavContentComponentProps) {
  const title = useApi(configApiRef).getOptionalString('app.title');
  const items = navItems.clone();
  elsewhere.forEach(page => items.take(page));
  const place = (entry: Place) => {
    const item = items.take(entry.page);
    return item ? (
      <PlaceLink key={entry.page} place={entry} item={item} />
    ) : null;
  };
  const everydayLinks = everyday.map(place);
  const upkeepLinks = upkeep.map(place);
  const personalLinks = personal.map(place);
  const others = [...items.rest()].sort((a, b) =>
    a.title.localeCompare(b.title),
  );

  return (
    <nav aria-label="Main" className={styles.nav}>
      <Link to="/" className={styles.brand} aria-label={`${title}, home`}>
        <Mark className={styles.mark} />
        <span className={styles.label}>{title}</span>
      </Link>
      <ul className={styles.list}>{everydayLinks}</ul>
      {others.length > 0 && (
        <ul className={styles.list}>
          {others.map(item => (
            <NavLink
              key={item.node.spec.id}
              href={item.href}
              title={item.title}
              icon={item.icon}
            />
          ))}
        </ul>
      )}
      <ul className={styles.list}>{upkeepLinks}</ul>
      <div className={styles.foot}>
        {/* Around the list and not in it: messages that pop up are drawn beside what it renders. */}
        <NotificationsSidebarItem
          renderItem={({ unreadCount, to, onClick }) => (
            <ul className={styles.list}>
              <NavLink
                href={to}
                title="Notifications"
                icon={<RiNotification3Line size={20} />}
                onClick={onClick}
              >
                {unreadCount > 0 && (
                  <span className={styles.count}>
                    {unreadCount > 99 ? '99+' : unreadCount}
                    <span className={styles.unread}> unread</span>
                  </span>
                )}
              </NavLink>
              {personalLinks}
              <Person />
            </ul>
          )}
        />
      </div>
    </nav>
  );
}
