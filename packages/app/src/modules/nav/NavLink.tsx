import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';
import styles from './Nav.module.css';

/** Whether a page of the section that starts at `href` is shown. */
export function isCurrent(pathname: string, href: string): boolean {
  const section = href.replace(/\/$/, '');
  return (
    pathname === href ||
    (section !== '' &&
      (pathname === section || pathname.startsWith(`${section}/`)))
  );
}

/** A place in the navigation, marked while one of its pages is shown. */
export function NavLink(props: {
  href: string;
  title: string;
  icon: ReactNode;
  children?: ReactNode;
  onClick?: () => void;
}) {
  const { pathname } = useLocation();
  return (
    <li>
      <Link
        to={props.href}
        className={styles.link}
        title={props.title}
        aria-current={isCurrent(pathname, props.href) ? 'page' : undefined}
        onClick={props.onClick}
      >
        <span className={styles.icon} aria-hidden="true">
          {props.icon}
        </span>
        <span className={styles.label}>{props.title}</span>
        {props.children}
      </Link>
    </li>
  );
}
