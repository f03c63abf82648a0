import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Alert } from '@backstage/ui';
import { Fragment } from 'react';
import { Link } from 'react-router-dom';
import { entityHref } from '../home/useMe';
import styles from './Create.module.css';

function Owner({ entityRef }: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(entityRef);
  return <Link to={entityHref(entityRef)}>{primaryTitle}</Link>;
}

/** Says why there is nothing to press here, and who can change that. */
export function MayNotCreate({ owners }: { owners: string[] }) {
  return (
    <Alert
      status="info"
      icon
      className={styles.notice}
      title="You may look, but not create"
      description={
        <>
          Creating takes the role of a developer, which comes with membership of
          a team that builds.{' '}
          {owners.length > 0 && (
            <>
              Ask{' '}
              {owners.map((owner, index) => (
                <Fragment key={owner}>
                  {index > 0 && ' or '}
                  <Owner entityRef={owner} />
                </Fragment>
              ))}
              , who look after these templates.
            </>
          )}
        </>
      }
    />
  );
}
