import { useLocation } from 'react-router-dom';

/** Shows where a page has led, so that a test can read it. */
export function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{`${pathname}${search}`}</output>;
}
