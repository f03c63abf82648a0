import { Link, useLocation } from 'react-router-dom';
import styles from './NotFound.module.css';

/**
 * What is shown where there is no page, or none for this person. Where a page
 * is around it, that has the landmark; from a role it can be taken (see the
 * mends), from a `main` it could not.
 */
export function NotFound() {
  const { pathname } = useLocation();
  return (
    <div role="main" className={styles.page}>
      <h1>No page here</h1>
      <p>
        There is nothing at <code>{pathname}</code>, or it is not yours to see.
        The address may be mistyped, or what it showed was removed.
      </p>
      <p>
        <Link to="/search">Search for it</Link>, look in the{' '}
        <Link to="/catalog">catalog</Link>, or go <Link to="/">home</Link>.
      </p>
    </div>
  );
}
