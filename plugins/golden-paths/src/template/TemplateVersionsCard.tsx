import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert, Skeleton } from '@backstage/ui';
import {
  dateText,
  DataTable,
  Failure,
  Panel,
} from '@waymark/plugin-parts-react';
import { useTemplates } from '../campaigns/questions';
import styles from '../parts/Parts.module.css';
import { SupportMark } from '../parts/SupportMark';
import { DeprecationNotice } from './DeprecationNotice';

/** The versions of a golden path, and until when each is supported. */
export function TemplateVersionsCard() {
  const { entity } = useEntity();
  const { value, error, refresh } = useTemplates();
  if (error) {
    return (
      <Failure
        title="The versions could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return <Skeleton width="100%" height={120} />;
  const ref = stringifyEntityRef(entity);
  const known = value.find(({ template }) => template === ref);
  if (!known) return null;
  const { versions, problem } = known;
  return (
    <Panel
      title="Versions"
      lead="What was made from this golden path comes to a later version by an upgrade."
    >
      <div className={styles.files}>
        <DeprecationNotice template={known} />
        {problem && (
          <Alert
            status="danger"
            icon
            title="Its current version cannot be published"
            description={problem}
          />
        )}
        <DataTable
          label="Versions"
          rows={versions}
          keyOf={({ version }) => version}
          columns={[
            { title: 'Version', render: ({ version }) => version },
            {
              title: 'Support',
              render: ({ support }) => <SupportMark support={support} />,
            },
            {
              title: 'Published',
              render: ({ publishedAt }) => dateText(publishedAt),
            },
            {
              title: 'Repositories',
              render: ({ repositories }) => repositories,
              isFigure: true,
            },
          ]}
        />
      </div>
    </Panel>
  );
}
