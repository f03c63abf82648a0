import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import {
  Alert,
  Button,
  ButtonLink,
  SearchField,
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { RiAddLine, RiFilter3Line } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import useDebounce from 'react-use/esm/useDebounce';
import { useMediaQuery } from '../nav/useMediaQuery';
import { CatalogRows } from './CatalogRow';
import { Filters } from './Filters';
import { Pages } from './Pages';
import { useCatalogPage, useOffers } from './useCatalog';
import {
  everything,
  narrowedBy,
  readView,
  writeView,
  type CatalogView,
} from './view';
import styles from './Catalog.module.css';

const typingPauseMs = 250;

const scopes: [CatalogView['user'], string][] = [
  ['all', 'All'],
  ['owned', 'My teams'],
  ['starred', 'Starred'],
];

/** What is typed reaches the address once the typing pauses. */
function TextFilter(props: { text: string; onChange: (text: string) => void }) {
  const { text, onChange } = props;
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useDebounce(() => typed !== text && onChange(typed), typingPauseMs, [typed]);
  return (
    <SearchField
      size="medium"
      className={styles.search}
      aria-label="Find in the catalog"
      placeholder="Name, description or tag"
      value={typed}
      onChange={setTyped}
    />
  );
}

function Waiting() {
  return (
    <div className={styles.waiting} aria-hidden>
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} height={52} width="100%" />
      ))}
    </div>
  );
}

function nothingFound(view: CatalogView): string {
  if (view.user === 'starred') return 'You have starred nothing of this kind';
  if (view.user === 'owned') return 'Your teams own nothing that fits';
  return 'Nothing in the catalog fits';
}

/** The catalog: find an entity by what it is, whose it is, or a word of it. */
export function CatalogPage() {
  const [search, setSearch] = useSearchParams();
  const view = readView(search);
  const organization =
    useApi(configApiRef).getOptionalString('organization.name');
  const { allowed: mayCreate } = usePermission({
    permission: taskCreatePermission,
  });
  const isPhone = useMediaQuery('(max-width: 599.95px)');
  const offers = useOffers(view.kind);
  const { value, loading, error, retry } = useCatalogPage(view);

  const change = (part: Partial<CatalogView>) =>
    setSearch(writeView({ ...view, page: 1, ...part }), { replace: true });
  const filters = <Filters view={view} offers={offers} onChange={change} />;
  const narrowed = narrowedBy(view);

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>
          {organization ? `${organization}’s software` : 'Software'}
        </h1>
        {mayCreate && (
          <ButtonLink
            href="/create"
            variant="primary"
            size="medium"
            iconStart={<RiAddLine />}
          >
            Create
          </ButtonLink>
        )}
      </div>
      <div className={styles.bar}>
        <TextFilter text={view.text} onChange={text => change({ text })} />
        <ToggleButtonGroup
          aria-label="Whose"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view.user]}
          onSelectionChange={keys => {
            const chosen = scopes.find(([scope]) => keys.has(scope));
            if (chosen) change({ user: chosen[0] });
          }}
        >
          {scopes.map(([scope, label]) => (
            <ToggleButton key={scope} id={scope} size="medium">
              {label}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      <div className={styles.columns}>
        {isPhone ? (
          <details className={styles.drawer}>
            <summary>
              <RiFilter3Line size={18} aria-hidden />
              {narrowed > 0 ? `Filters (${narrowed} set)` : 'Filters'}
            </summary>
            {filters}
          </details>
        ) : (
          filters
        )}
        <section
          aria-label="Found"
          aria-busy={loading}
          className={styles.found}
        >
          <p role="status" className={styles.count}>
            {value && !loading && `${value.totalItems} found`}
          </p>
          {error && (
            <Alert
              status="danger"
              icon
              role="alert"
              title="The catalog could not be read"
              description={error.message}
              customActions={
                <Button size="small" variant="secondary" onPress={retry}>
                  Try again
                </Button>
              }
            />
          )}
          {!value && !error && <Waiting />}
          {value && !error && value.items.length === 0 && !loading && (
            <Alert
              status="info"
              icon
              title={nothingFound(view)}
              customActions={
                narrowed > 0 && (
                  <Button
                    size="small"
                    variant="secondary"
                    onPress={() => change({ ...everything, kind: view.kind })}
                  >
                    Show all
                  </Button>
                )
              }
            />
          )}
          {value && !error && value.items.length > 0 && (
            <>
              <div className={styles.columnHeads} aria-hidden>
                <span>Name</span>
                <span>Type</span>
                <span>Owner</span>
                <span>Part of</span>
                <span>State</span>
              </div>
              <CatalogRows entities={value.items} />
              <Pages
                page={view.page}
                total={value.totalItems}
                onChange={page => {
                  change({ page });
                  window.scrollTo({ top: 0 });
                }}
              />
            </>
          )}
        </section>
      </div>
    </div>
  );
}
