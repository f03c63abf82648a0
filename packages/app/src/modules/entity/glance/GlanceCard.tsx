import { type Entity, parseEntityRef } from '@backstage/catalog-model';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import {
  getEntitySourceLocation,
  useEntity,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import {
  RiBookOpenLine,
  RiCodeLine,
  RiExternalLinkLine,
  RiFileCodeLine,
  RiPencilLine,
} from '@remixicon/react';
import { pageOfRawUrl } from '@waymark/plugin-repositories-common';
import { Fragment, type ReactElement } from 'react';
import { Panel } from '../overview/Panel';
import { specText, titleOf } from '../related/fields';
import { useRelatedEntities } from '../related/RelatedEntities';
import { LifecycleBadge } from '../relations/LifecycleBadge';
import { type Destination, destinationsOf } from './destinations';
import { type Fact, factsOf } from './facts';
import styles from './GlanceCard.module.css';

const ICONS: Record<Destination['kind'], ReactElement> = {
  docs: <RiBookOpenLine size={18} aria-hidden />,
  definition: <RiFileCodeLine size={18} aria-hidden />,
  source: <RiCodeLine size={18} aria-hidden />,
  edit: <RiPencilLine size={18} aria-hidden />,
  link: <RiExternalLinkLine size={18} aria-hidden />,
};

function FactValue(props: {
  fact: Fact;
  related: ReadonlyMap<string, Entity>;
}) {
  const { fact, related } = props;
  const linkOf = useEntityRefLink();
  if ('text' in fact) {
    return fact.text;
  }
  if ('email' in fact) {
    return <Link href={`mailto:${fact.email}`}>{fact.email}</Link>;
  }
  return fact.refs.map((ref, index) => {
    const known = related.get(ref);
    return (
      <Fragment key={ref}>
        {index > 0 && ', '}
        <Link href={linkOf(ref)}>
          {known ? titleOf(known) : parseEntityRef(ref).name}
        </Link>
      </Fragment>
    );
  });
}

/** What an entity is, whose it is, and where it leads. */
export function GlanceCard() {
  const { entity } = useEntity();
  const { byRef } = useRelatedEntities();
  const integrations = useApi(scmIntegrationsApiRef);
  const repositories = `${useApi(configApiRef).getString(
    'backend.baseUrl',
  )}/api/repositories`;
  const page = useEntityRefLink()(entity);
  const source = getEntitySourceLocation(entity, integrations);
  const destinations = destinationsOf(entity, {
    page,
    source: source?.locationTargetUrl,
    pageOf: url => pageOfRawUrl(repositories, url),
  });
  const tags = entity.metadata.tags ?? [];
  const lifecycle = specText(entity, 'lifecycle');

  return (
    <Panel title="At a glance">
      {entity.metadata.description && (
        <p className={styles.description}>{entity.metadata.description}</p>
      )}
      <dl className={styles.facts}>
        {lifecycle && (
          <>
            <dt>Lifecycle</dt>
            <dd>
              <LifecycleBadge lifecycle={lifecycle} />
            </dd>
          </>
        )}
        {factsOf(entity, byRef).map(fact => (
          <Fragment key={fact.label}>
            <dt>{fact.label}</dt>
            <dd>
              <FactValue fact={fact} related={byRef} />
            </dd>
          </Fragment>
        ))}
      </dl>
      {tags.length > 0 && (
        <ul aria-label="Tags" className={styles.tags}>
          {tags.map(tag => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      )}
      {destinations.length > 0 && (
        <ul aria-label="Links" className={styles.destinations}>
          {destinations.map(({ kind, title, href }) => (
            <li key={`${href} ${title}`}>
              {ICONS[kind]}
              <Link
                href={href}
                {...(href.startsWith('/')
                  ? {}
                  : { target: '_blank', rel: 'noopener noreferrer' })}
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
