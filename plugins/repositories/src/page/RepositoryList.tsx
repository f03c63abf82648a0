import { useApi } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { repositoryPagePath } from '@waymark/plugin-repositories-common';
import { Link, useSearchParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { repositoriesApiRef } from '../api/RepositoriesApi';
import { Problem } from './Problem';
import styles from './Repository.module.css';

/** The repositories by name, a page at a time. */
export function RepositoryList() {
  const repositories = useApi(repositoriesApiRef);
  const [search] = useSearchParams();
  const after = search.get('after') ?? undefined;
  const { value, error, retry } = useAsyncRetry(
    () => repositories.list(after),
    [repositories, after],
  );
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Repositories</h1>
      <p className={styles.lead}>
        Those that the portal keeps itself, for what was created here.
      </p>
      {error && (
        <Problem
          title="The repositories could not be read"
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && <Skeleton height={120} width="100%" />}
      {value?.items.length === 0 && (
        <p className={styles.note}>
          There is none yet. <Link to="/create">Create something</Link> from a
          template, and its repository is here.
        </p>
      )}
      {value && value.items.length > 0 && (
        <ul className={styles.list}>
          {value.items.map(({ name, description, head }) => (
            <li key={name} className={styles.row}>
              <Link to={repositoryPagePath({ name })}>{name}</Link>
              <span className={styles.note}>{description}</span>
              <time className={styles.note} dateTime={head.committedAt}>
                {new Date(head.committedAt).toLocaleDateString()}
              </time>
            </li>
          ))}
        </ul>
      )}
      {value?.next && (
        <p>
          <Link to={`?after=${encodeURIComponent(value.next)}`}>
            More repositories
          </Link>
        </p>
      )}
    </div>
  );
}
