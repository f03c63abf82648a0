import { SidebarPinStateProvider } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { RiCloseLine, RiMenuLine, RiSearchLine } from '@remixicon/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { Mark } from '../brand/Mark';
import { useMediaQuery } from './useMediaQuery';
import styles from './Shell.module.css';

// The choice is kept under the name that upstream's sidebar gave it, so that
// the switch in the settings and this frame mean the same.
const pinKey = 'sidebarPinState';

function readPinned(): boolean {
  return localStorage.getItem(pinKey) !== 'false';
}

/** The frame around every page: navigation beside it, or behind a menu on a phone. */
export function Shell(props: { nav: ReactNode; children: ReactNode }) {
  const title = useApi(configApiRef).getOptionalString('app.title');
  const isMobile = useMediaQuery('(max-width: 599.95px)');
  const [isPinned, setPinned] = useState(readPinned);
  const drawer = useRef<HTMLDialogElement>(null);
  const { pathname } = useLocation();

  // Having chosen a page, one wants to see it.
  useEffect(() => drawer.current?.close(), [pathname]);

  const toggleSidebarPinState = () => {
    localStorage.setItem(pinKey, JSON.stringify(!isPinned));
    setPinned(!isPinned);
  };

  return (
    <SidebarPinStateProvider
      value={{ isPinned, isMobile, toggleSidebarPinState }}
    >
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <div className={styles.shell}>
        {isMobile ? (
          <>
            <div role="region" aria-label="Top" className={styles.bar}>
              <button
                type="button"
                className={styles.barButton}
                aria-label="Menu"
                onClick={() => drawer.current?.showModal()}
              >
                <RiMenuLine size={22} aria-hidden="true" />
              </button>
              <Link to="/" className={styles.barBrand}>
                <Mark className={styles.barMark} />
                {title}
              </Link>
              <Link to="/search" className={styles.barButton}>
                <RiSearchLine size={20} aria-hidden="true" />
                <span className={styles.hidden}>Search</span>
              </Link>
            </div>
            <dialog ref={drawer} className={styles.drawer} aria-label="Menu">
              <form method="dialog" className={styles.close}>
                <button className={styles.barButton} aria-label="Close menu">
                  <RiCloseLine size={22} aria-hidden="true" />
                </button>
              </form>
              {props.nav}
            </dialog>
          </>
        ) : (
          <div className={styles.side} data-narrow={!isPinned || undefined}>
            {props.nav}
          </div>
        )}
        <div id="content" className={styles.content} tabIndex={-1}>
          {props.children}
        </div>
      </div>
    </SidebarPinStateProvider>
  );
}
