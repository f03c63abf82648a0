import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { ButtonLink } from '@backstage/ui';
import { Panel } from '../overview/Panel';
import { outlineOf } from './outline';
import styles from './TemplateCard.module.css';

/** What a template asks for, what it does, and where to use it. */
export function TemplateCard() {
  const { entity } = useEntity();
  const templateLink = useRouteRef(scaffolderPlugin.routes.selectedTemplate);
  const { asks, does } = outlineOf(entity);
  return (
    <Panel
      title="What you get"
      actions={
        templateLink && (
          <ButtonLink
            variant="primary"
            size="medium"
            href={templateLink({
              namespace: entity.metadata.namespace ?? 'default',
              templateName: entity.metadata.name,
            })}
          >
            Use this template
          </ButtonLink>
        )
      }
    >
      <div className={styles.columns}>
        <div>
          <h3 className={styles.heading}>What it asks</h3>
          <ul className={styles.list}>
            {asks.map(({ title, description }) => (
              <li key={title}>
                <strong>{title}</strong>
                {description && (
                  <span className={styles.description}>{description}</span>
                )}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className={styles.heading}>What it does</h3>
          <ol className={styles.list}>
            {does.map(step => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
      </div>
    </Panel>
  );
}
