import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import {
  Alert,
  Button,
  ButtonLink,
  SearchField,
  Skeleton,
  VisuallyHidden,
} from '@backstage/ui';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import useDebounce from 'react-use/esm/useDebounce';
import { targetsOf, titleOf, typeOf } from '../entity/related/fields';
import { entityHref } from '../home/useMe';
import { Deprecation } from './Deprecation';
import { MayNotCreate } from './MayNotCreate';
import { useSupportEnds } from './useSupportEnds';
import styles from './Create.module.css';

const typingPauseMs = 250;
/** More templates than these are found by searching. */
const shown = 60;

function useTemplates(text: string) {
  const catalog = useApi(catalogApiRef);
  return useAsyncRetry(
    () =>
      catalog.queryEntities({
        filter: { kind: 'template' },
        ...(text && {
          fullTextFilter: {
            term: text,
            fields: [
              'metadata.name',
              'metadata.title',
              'metadata.description',
              'metadata.tags',
            ],
          },
        }),
        fields: ['kind', 'metadata', 'spec.type', 'relations'],
        orderFields: { field: 'metadata.title', order: 'asc' },
        limit: shown,
      }),
    [catalog, text],
  );
}

function Owner({ entityRef }: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(entityRef);
  return <Link to={entityHref(entityRef)}>{primaryTitle}</Link>;
}

function TemplateItem(props: {
  template: Entity;
  supportEnds?: ReadonlyMap<string, string>;
  mayCreate: boolean;
}) {
  const { template, supportEnds, mayCreate } = props;
  const ref = stringifyEntityRef(template);
  const { namespace = 'default', name, annotations } = template.metadata;
  const owners = targetsOf(template, RELATION_OWNED_BY);
  const version = annotations?.['waymark.io/template-version'];
  return (
    <li className={styles.card}>
      <p className={styles.kind}>
        {typeOf(template)}
        {version && ` · version ${version}`}
      </p>
      <h2 className={styles.name}>
        <Link to={entityHref(ref)}>{titleOf(template)}</Link>
      </h2>
      <p className={styles.text}>{template.metadata.description}</p>
      <Deprecation
        template={template}
        supportEnds={supportEnds}
        className={styles.deprecation}
      />
      <p className={styles.facts}>
        {owners.map(owner => (
          <span key={owner}>
            Kept by <Owner entityRef={owner} />
          </span>
        ))}
        {annotations?.['backstage.io/techdocs-ref'] && (
          <Link
            to={`/docs/${namespace}/template/${name}`}
            aria-label={`Docs of ${titleOf(template)}`}
          >
            Docs
          </Link>
        )}
      </p>
      {mayCreate && (
        <ButtonLink
          variant="primary"
          size="medium"
          className={styles.choose}
          href={`/create/templates/${namespace}/${name}`}
        >
          Use this template
          <VisuallyHidden>{`: ${titleOf(template)}`}</VisuallyHidden>
        </ButtonLink>
      )}
    </li>
  );
}

/** Every template, with what it makes and who keeps it. */
export function TemplateList() {
  const [search, setSearch] = useSearchParams();
  const text = search.get('text') ?? '';
  const [typed, setTyped] = useState(text);
  useDebounce(
    () => {
      if (typed !== text) {
        setSearch(typed ? { text: typed } : {}, { replace: true });
      }
    },
    typingPauseMs,
    [typed],
  );
  const { value, error, loading, retry } = useTemplates(text);
  const supportEnds = useSupportEnds(value?.items);
  const permission = usePermission({ permission: taskCreatePermission });
  const owners = new Set(
    value?.items.flatMap(template => targetsOf(template, RELATION_OWNED_BY)),
  );

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Start from a template</h1>
      <p className={styles.lead}>
        Each one makes something that runs, with its repository, tests, docs and
        place in the catalog, or moves on what is there.
      </p>
      {value && !permission.loading && !permission.allowed && (
        <MayNotCreate owners={[...owners]} />
      )}
      <SearchField
        size="medium"
        className={styles.search}
        aria-label="Find a template"
        placeholder="Find a template"
        value={typed}
        onChange={setTyped}
      />
      {error && (
        <Alert
          status="danger"
          icon
          role="alert"
          title="The templates could not be read"
          description={error.message}
          customActions={
            <Button size="small" variant="secondary" onPress={retry}>
              Try again
            </Button>
          }
        />
      )}
      {!value && !error && <Skeleton height={220} width="26rem" />}
      {value && !loading && value.items.length === 0 && (
        <Alert
          status="info"
          icon
          title={
            text ? `No template fits “${text}”` : 'There is no template yet'
          }
        />
      )}
      <ul className={styles.cards} aria-busy={loading}>
        {value?.items.map(template => (
          <TemplateItem
            key={stringifyEntityRef(template)}
            template={template}
            supportEnds={supportEnds}
            mayCreate={permission.allowed}
          />
        ))}
      </ul>
    </div>
  );
}
