import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { BreadcrumbEntry, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import {
  scaffolderApiRef,
  useTemplateSecrets,
  type FieldExtensionOptions,
} from '@backstage/plugin-scaffolder-react';
import {
  useFilteredSchemaProperties,
  useTemplateParameterSchema,
} from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonValue } from '@backstage/types';
import { Alert, Skeleton } from '@backstage/ui';
import type { ReactElement } from 'react';
import { Link, useNavigate, useParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { targetsOf } from '../entity/related/fields';
import { Deprecation } from './Deprecation';
import { MayNotCreate } from './MayNotCreate';
import { TemplateForm } from './TemplateForm';
import { useSupportEnds } from './useSupportEnds';
import styles from './Create.module.css';

/** What the catalog says of a template: whether it is deprecated, and whose it is, for those who may not use it. */
function Standing(props: { templateRef: string; refused: boolean }) {
  const { templateRef, refused } = props;
  const catalog = useApi(catalogApiRef);
  const { value } = useAsync(
    () => catalog.getEntityByRef(templateRef),
    [catalog, templateRef],
  );
  const supportEnds = useSupportEnds(value && [value]);
  return (
    <>
      {value && (
        <Deprecation
          template={value}
          supportEnds={supportEnds}
          className={styles.notice}
        />
      )}
      {refused && (
        <MayNotCreate
          owners={value ? targetsOf(value, RELATION_OWNED_BY) : []}
        />
      )}
    </>
  );
}

/** A template's form, from its first question to the run. */
export function TemplateWizard(props: {
  extensions: FieldExtensionOptions[];
  /** Upstream's form, for templates whose answers are decorated before they are sent. */
  upstream: ReactElement;
}) {
  const { namespace = 'default', templateName = '' } = useParams();
  const templateRef = stringifyEntityRef({
    kind: 'template',
    namespace,
    name: templateName,
  });
  const scaffolder = useApi(scaffolderApiRef);
  const navigate = useNavigate();
  const { secrets } = useTemplateSecrets();
  const permission = usePermission({ permission: taskCreatePermission });
  const { manifest: whole, error } = useTemplateParameterSchema(templateRef);
  const manifest = useFilteredSchemaProperties(whole);

  const create = async (values: Record<string, JsonValue>) => {
    const { taskId } = await scaffolder.scaffold({
      templateRef,
      values,
      secrets,
    });
    navigate(`/create/tasks/${taskId}`);
  };

  if (manifest?.formDecorators || manifest?.EXPERIMENTAL_formDecorators) {
    return props.upstream;
  }
  return (
    <BreadcrumbEntry
      entry={{ label: manifest?.title ?? templateName, href: '.' }}
    >
      <div className={styles.page}>
        {error && (
          <Alert
            status="danger"
            icon
            role="alert"
            title={`The template ${templateName} could not be read`}
            description={error.message}
          />
        )}
        {!manifest && !error && <Skeleton height={320} width="100%" />}
        {manifest && (
          <>
            <h1 className={styles.title}>{manifest.title}</h1>
            <p className={styles.lead}>
              {manifest.description}{' '}
              <Link to={`/catalog/${namespace}/template/${templateName}`}>
                What you get
              </Link>
            </p>
            <Standing
              templateRef={templateRef}
              refused={!permission.loading && !permission.allowed}
            />
            {permission.allowed && (
              <TemplateForm
                manifest={manifest}
                extensions={props.extensions}
                onCreate={create}
              />
            )}
          </>
        )}
      </div>
    </BreadcrumbEntry>
  );
}
