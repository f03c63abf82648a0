import { Container, Link, Select, Skeleton } from '@backstage/ui';
import type {
  RecommendationPage,
  RecommendationState,
} from '@waymark/plugin-costs-common';
import {
  count,
  EntityName,
  Failure,
  offsetOf,
  Pages,
  Panel,
  useAddress,
} from '@waymark/plugin-parts-react';
import { useRecommendations } from '../live/questions';
import { RecommendationDialog } from './RecommendationDialog';
import { RecommendationList } from './RecommendationList';
import { kindWords, rangeText } from './words';
import styles from './Recommendations.module.css';

const limit = 25;

const states: { value: RecommendationState | 'all'; label: string }[] = [
  { value: 'open', label: 'To be decided' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'verified', label: 'Verified' },
  { value: 'dismissed', label: 'Dismissed' },
  { value: 'withheld', label: 'Withheld' },
  { value: 'all', label: 'All' },
];

const kinds = [
  { value: 'all', label: 'Every kind' },
  ...Object.entries(kindWords).map(([value, { text }]) => ({
    value,
    label: text,
  })),
];

function Savings({ page }: { page: RecommendationPage }) {
  return (
    <section aria-label="What could be saved" className={styles.tiles}>
      {page.savings.map(({ currency, low, high, count: counted }) => (
        <article key={currency} className={styles.tile}>
          <h3>{`A month, in ${currency}`}</h3>
          <p className={styles.figure}>{rangeText(low, high, currency)}</p>
          <p className={styles.small}>{count(counted, 'recommendation')}</p>
        </article>
      ))}
    </section>
  );
}

/** What could cost less, the largest saving first. */
export function RecommendationsPage() {
  const { params, change, hrefWith } = useAddress();
  const entityRef = params.get('entityRef') ?? undefined;
  const state =
    states.find(({ value }) => value === params.get('state')) ?? states[0];
  const kind = kinds.find(({ value }) => value === params.get('kind'));
  const offset = offsetOf(params.get('offset'));
  const { value, error, loading, refresh } = useRecommendations({
    ...(entityRef ? { entityRef } : {}),
    ...(state.value === 'all' ? {} : { state: state.value }),
    ...(kind && kind.value !== 'all'
      ? { kind: kind.value as keyof typeof kindWords }
      : {}),
    limit,
    offset,
  });
  const opened = params.get('recommendation');
  return (
    <Container>
      <div className={styles.page}>
        <Panel
          title="Recommendations"
          lead={
            entityRef ? (
              <>
                Of <EntityName entityRef={entityRef} />.{' '}
                <Link href={hrefWith({ entityRef: undefined })}>
                  All recommendations
                </Link>
              </>
            ) : (
              'What could cost less, from the bills of three months. Each says what it rests on; what was accepted is laid beside the bills that come. Where two are about the same charges, together they save less than their sum.'
            )
          }
          isBusy={loading}
          aside={
            <>
              <Select
                aria-label="State"
                className={styles.filter}
                options={states}
                value={state.value}
                onChange={key =>
                  change({ state: String(key), offset: undefined })
                }
              />
              <Select
                aria-label="Kind"
                className={styles.filter}
                options={kinds}
                value={kind?.value ?? 'all'}
                onChange={key =>
                  change({
                    kind: key === 'all' ? undefined : String(key),
                    offset: undefined,
                  })
                }
              />
            </>
          }
        >
          {error && (
            <Failure
              title="The recommendations could not be read"
              error={error}
              onRetry={refresh}
            />
          )}
          {!value && !error && <Skeleton width="100%" height={240} />}
          {value && value.total === 0 && (
            <p className={styles.text}>
              {state.value === 'open'
                ? 'There is nothing to be decided. What runs is looked at once a month of it is billed, and most of it once there are three; what was just billed within a quarter of an hour.'
                : 'There is none of these.'}
            </p>
          )}
          {value && value.total > 0 && (
            <>
              <Savings page={value} />
              <RecommendationList
                items={value.items}
                hrefOf={id => hrefWith({ recommendation: id })}
              />
              <Pages
                of="recommendations"
                offset={offset}
                limit={limit}
                total={value.total}
                onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
              />
            </>
          )}
        </Panel>
        {opened && (
          <RecommendationDialog
            key={opened}
            id={opened}
            onChanged={refresh}
            onClose={() => change({ recommendation: undefined })}
          />
        )}
      </div>
    </Container>
  );
}
