import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  RiFileLine,
  RiFolderFill,
  RiGitRepositoryLine,
  RiLinksLine,
} from '@remixicon/react';
import {
  repositoryPagePath,
  type BrowsedFolder,
  type TreeEntry,
} from '@waymark/plugin-repositories-common';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { repositoriesApiRef } from '../api/RepositoriesApi';
import { FileView } from './FileView';
import { formatSize } from './formatSize';
import { nameOf } from './links';
import styles from './Repository.module.css';

type At = { name: string; ref: string };

const icons: Record<TreeEntry['type'], ReactElement> = {
  folder: <RiFolderFill size={18} aria-hidden />,
  file: <RiFileLine size={18} aria-hidden />,
  link: <RiLinksLine size={18} aria-hidden />,
  submodule: <RiGitRepositoryLine size={18} aria-hidden />,
};

function Readme({ at, path }: { at: At; path: string }) {
  const repositories = useApi(repositoriesApiRef);
  const { value } = useAsync(
    () => repositories.browse({ ...at, path }),
    [repositories, at.name, at.ref, path],
  );
  return value?.type === 'file' ? <FileView at={at} file={value} /> : null;
}

function Entry({ at, entry }: { at: At; entry: TreeEntry }) {
  const { path, type, size } = entry;
  const name = nameOf(path);
  return (
    <li className={styles.entry} data-type={type}>
      {icons[type]}
      {type === 'submodule' ? (
        <span>{`${name} (another repository)`}</span>
      ) : (
        <Link to={repositoryPagePath({ ...at, path })}>
          {name}
          {type === 'folder' && <span className={styles.hidden}>, folder</span>}
        </Link>
      )}
      {size !== undefined && (
        <span className={styles.size}>{formatSize(size)}</span>
      )}
    </li>
  );
}

/** A folder's entries, and the README among them. */
export function Folder({ at, folder }: { at: At; folder: BrowsedFolder }) {
  const repositories = useApi(repositoriesApiRef);
  const [further, setFurther] = useState<TreeEntry[]>([]);
  const entries = [...folder.entries, ...further];
  const [more, loadMore] = useAsyncFn(async () => {
    const next = await repositories.browse({
      ...at,
      // A push in between must not shift the parts against each other.
      ref: folder.commit,
      path: folder.path,
      offset: entries.length,
    });
    if (next.type === 'folder') {
      setFurther(known => [...known, ...next.entries]);
    }
  }, [repositories, at.name, folder, entries.length]);
  const readme = entries.find(
    ({ path, type }) =>
      type === 'file' && /^readme(\.md)?$/i.test(nameOf(path)),
  );
  return (
    <>
      <ul className={styles.list} aria-label="Files">
        {entries.map(entry => (
          <Entry key={entry.path} at={at} entry={entry} />
        ))}
      </ul>
      {entries.length === 0 && (
        <p className={styles.note}>This folder is empty.</p>
      )}
      {more.error && <p role="alert">{more.error.message}</p>}
      {entries.length < folder.totalItems && (
        <Button
          variant="secondary"
          isDisabled={more.loading}
          onPress={() => loadMore()}
        >
          {`Show more (${entries.length} of ${folder.totalItems})`}
        </Button>
      )}
      {readme && <Readme at={at} path={readme.path} />}
    </>
  );
}
