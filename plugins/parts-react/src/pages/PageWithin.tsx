import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import type { JSX } from 'react';
import { useParams } from 'react-router-dom';

/** A page of several parts; an address that is none of them is said to be none. */
export function PageWithin(props: { parts: string[]; page: JSX.Element }) {
  const [part] = (useParams()['*'] ?? '').split('/');
  return part && !props.parts.includes(part) ? (
    <NotFoundErrorPage />
  ) : (
    props.page
  );
}
