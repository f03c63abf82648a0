import { Link } from '@backstage/ui';
import { NothingKnown } from '@waymark/plugin-parts-react';
import type { ReactNode } from 'react';
import { annotationDocs, importDocs, sourcesDocs } from './docs';

/** Says that no delivery is known here, and what to do about it. */
export function NoDeliveries(props: { title: string; children?: ReactNode }) {
  return (
    <NothingKnown
      title={props.title}
      text={
        props.children ??
        'This is not zero: no delivery system has told the portal anything here.'
      }
    >
      <li>
        <Link href={sourcesDocs}>
          Connect GitHub, GitLab, Jenkins, Argo CD or PagerDuty
        </Link>{' '}
        with a signed webhook: new deliveries count within seconds.
      </li>
      <li>
        <Link href={importDocs}>Bring in the past</Link> as lines of JSON, or
        from the history of a Git repository.
      </li>
      <li>
        <Link href={annotationDocs}>Annotate the component</Link> with its
        repository, so that deliveries find it.
      </li>
    </NothingKnown>
  );
}
