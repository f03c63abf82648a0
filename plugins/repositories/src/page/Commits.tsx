import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Skeleton } from '@backstage/ui';
import type { Commit } from '@waymark/plugin-repositories-common';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { repositoriesApiRef } from '../api/RepositoriesApi';
import { Problem } from './Problem';
import styles from './Repository.module.css';

const pageSize = 20;

function CommitRow({ commit }: { commit: Commit }) {
  return (
    <li className={styles.commit}>
      <span className={styles.message}>{commit.message}</span>
      <span className={styles.note}>
        {commit.author},{' '}
        <time dateTime={commit.committedAt}>
          {new Date(commit.committedAt).toLocaleString(undefined, {
            dateStyle: 'medium',
            timeStyle: 'short',
          })}
        </time>
        {' · '}
        <code>{commit.commit.slice(0, 10)}</code>
      </span>
    </li>
  );
}

/** What changed lately, the newest first. */
export function Commits({ name, gitRef }: { name: string; gitRef: string }) {
  const repositories = useApi(repositoriesApiRef);
  const [offset, setOffset] = useState(0);
  const { value, error, loading, retry } = useAsyncRetry(
    () => repositories.commits({ name, ref: gitRef, offset }),
    [repositories, name, gitRef, offset],
  );
  return (
    <section className={styles.panel} aria-labelledby="commits">
      <h2 id="commits">
        Commits{' '}
        {value && <span className={styles.note}>{value.totalItems}</span>}
      </h2>
      {error && (
        <Problem
          title="The history could not be read"
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && <Skeleton height={80} width="100%" />}
      <ol className={styles.commits} aria-busy={loading}>
        {value?.items.map(commit => (
          <CommitRow key={commit.commit} commit={commit} />
        ))}
      </ol>
      {value && value.totalItems > pageSize && (
        <div className={styles.pages}>
          <Button
            size="small"
            variant="secondary"
            isDisabled={offset === 0 || loading}
            onPress={() => setOffset(offset - pageSize)}
          >
            Newer
          </Button>
          <Button
            size="small"
            variant="secondary"
            isDisabled={offset + pageSize >= value.totalItems || loading}
            onPress={() => setOffset(offset + pageSize)}
          >
            Older
          </Button>
        </div>
      )}
    </section>
  );
}
