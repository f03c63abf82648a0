import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Alert, Button, Container, Link } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import styles from './ProcessingErrorsPage.module.css';

const PAGE = 20;

type ProcessingErrorPage = {
  totalItems: number;
  items: {
    entityRef: string;
    inCatalog: boolean;
    location?: string;
    messages: string[];
  }[];
};

function useProcessingErrors(offset: number) {
  const discovery = useApi(discoveryApiRef);
  const { fetch } = useApi(fetchApiRef);
  return useAsync(async (): Promise<ProcessingErrorPage> => {
    const base = await discovery.getBaseUrl('catalog');
    const response = await fetch(
      `${base}/processing-errors?limit=${PAGE}&offset=${offset}`,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }, [discovery, fetch, offset]);
}

/** Every entity that the catalog could not process, with where and why. */
export function ProcessingErrorsPage() {
  const [search, setSearch] = useSearchParams();
  const offset = Math.max(0, Math.trunc(Number(search.get('offset')) || 0));
  const { value, loading, error } = useProcessingErrors(offset);
  const linkOf = useEntityRefLink();
  const go = (to: number) => setSearch(to > 0 ? { offset: String(to) } : {});

  return (
    <main aria-busy={loading}>
      <Container>
        <p className={styles.lead}>
          What the catalog could not read or understand. The rest of the catalog
          goes on; each of these is tried again by itself once its file is
          corrected.
        </p>
        {error && (
          <Alert
            icon
            status="danger"
            title="The errors could not be loaded"
            description={error.message}
          />
        )}
        {value && value.items.length === 0 && (
          <Alert
            icon
            status="success"
            title={
              offset > 0 ? 'No errors on this page' : 'Everything could be read'
            }
          />
        )}
        <ul className={styles.list}>
          {value?.items.map(({ entityRef, inCatalog, location, messages }) => {
            const { kind, name: id } = parseEntityRef(entityRef);
            // The name of a location is made up; people know the file.
            const name = kind === 'location' && location ? location : id;
            return (
              <li key={entityRef} className={styles.item}>
                <h2 className={styles.name}>
                  {inCatalog ? (
                    <Link href={linkOf(entityRef)} weight="bold">
                      {name}
                    </Link>
                  ) : (
                    name
                  )}
                  <span className={styles.kind}>
                    {inCatalog ? kind : `${kind}, not in the catalog yet`}
                  </span>
                </h2>
                {location && location !== name && (
                  <p className={styles.location}>{location}</p>
                )}
                {messages.map(message => (
                  <pre key={message} className={styles.message}>
                    {message}
                  </pre>
                ))}
              </li>
            );
          })}
        </ul>
        {value && (offset > 0 || value.totalItems > PAGE) && (
          <nav aria-label="Pages" className={styles.pages}>
            <Button
              variant="secondary"
              isDisabled={offset === 0}
              onPress={() => go(offset - PAGE)}
            >
              Previous
            </Button>
            <span>
              {`${offset + 1} to ${offset + value.items.length} of ${
                value.totalItems
              }`}
            </span>
            <Button
              variant="secondary"
              isDisabled={offset + PAGE >= value.totalItems}
              onPress={() => go(offset + PAGE)}
            >
              Next
            </Button>
          </nav>
        )}
      </Container>
    </main>
  );
}
