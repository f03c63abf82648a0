import {
  useEntityPresentation,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';

/** An entity by its title, with the way to its page. */
export function EntityName({ entityRef }: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(entityRef);
  const linkOf = useEntityRefLink();
  return <Link href={linkOf(entityRef)}>{primaryTitle}</Link>;
}
