import { BreadcrumbEntry, useApi } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import {
  repositoryPagePath,
  type Repository,
} from '@waymark/plugin-repositories-common';
import { Fragment } from 'react';
import { Link, useParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { repositoriesApiRef } from '../api/RepositoriesApi';
import { CloneCommand } from './CloneCommand';
import { Commits } from './Commits';
import { FileView } from './FileView';
import { Folder } from './Folder';
import { Problem } from './Problem';
import styles from './Repository.module.css';

/** The way from the repository's root to what is shown. */
function Trail(props: { name: string; gitRef: string; path: string }) {
  const { name, gitRef, path } = props;
  const folders = path.split('/').filter(Boolean);
  return (
    <nav aria-label="Path" className={styles.trail}>
      <Link to={repositoryPagePath({ name, ref: gitRef })}>{name}</Link>
      {folders.map((folder, index) => {
        const at = folders.slice(0, index + 1).join('/');
        return (
          <Fragment key={at}>
            <span aria-hidden>/</span>
            <Link
              to={repositoryPagePath({ name, ref: gitRef, path: at })}
              aria-current={index === folders.length - 1 ? 'page' : undefined}
            >
              {folder}
            </Link>
          </Fragment>
        );
      })}
    </nav>
  );
}

function Contents(props: { name: string; gitRef: string; path: string }) {
  const { name, gitRef, path } = props;
  const repositories = useApi(repositoriesApiRef);
  const { value, error, retry } = useAsyncRetry(
    () => repositories.browse({ name, ref: gitRef, path }),
    [repositories, name, gitRef, path],
  );
  if (error) {
    return (
      <Problem title="This could not be shown" error={error} retry={retry} />
    );
  }
  // While the next place loads, the last one must not pass for it.
  if (!value || value.path !== path) {
    return <Skeleton height={260} width="100%" />;
  }
  const at = { name, ref: gitRef };
  return value.type === 'folder' ? (
    <Folder at={at} folder={value} />
  ) : (
    <FileView at={at} file={value} />
  );
}

function Overview(props: { about: Repository }) {
  const { about } = props;
  const params = useParams();
  const gitRef = params.gitRef ?? about.defaultBranch;
  // Without a ref there is no path: what stands there then is the route above.
  const rest = params.gitRef ? params['*'] ?? '' : '';
  const path = rest.split('/').filter(Boolean).join('/');
  return (
    <>
      <h1 className={styles.title}>{about.name}</h1>
      <p className={styles.lead}>{about.description}</p>
      <div className={styles.columns}>
        <div className={styles.main}>
          <div className={styles.where}>
            <Trail name={about.name} gitRef={gitRef} path={path} />
            <span className={styles.branch}>
              <span className={styles.hidden}>Branch, tag or commit: </span>
              {gitRef}
            </span>
          </div>
          <Contents name={about.name} gitRef={gitRef} path={path} />
        </div>
        <div className={styles.aside}>
          <CloneCommand cloneUrl={about.cloneUrl} name={about.name} />
          <Commits name={about.name} gitRef={gitRef} />
        </div>
      </div>
    </>
  );
}

/** One repository: its files, its README, its history and how to clone it. */
export function RepositoryPage() {
  const { name = '' } = useParams();
  const repositories = useApi(repositoriesApiRef);
  const { value, error, retry } = useAsyncRetry(
    () => repositories.describe(name),
    [repositories, name],
  );
  return (
    <BreadcrumbEntry entry={{ label: name, href: '.' }}>
      <div className={styles.page}>
        {error && (
          <Problem
            title={`The repository ${name} could not be read`}
            error={error}
            retry={retry}
          />
        )}
        {!value && !error && <Skeleton height={320} width="100%" />}
        {value && <Overview about={value} />}
      </div>
    </BreadcrumbEntry>
  );
}
