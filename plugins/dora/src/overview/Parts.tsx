import type { Scope } from '@waymark/plugin-dora-common';
import { Select, Skeleton } from '@backstage/ui';
import { Failure, Pages, Panel } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useMetrics } from '../live/questions';
import type { Viewed } from '../view/useView';
import { parts, queryOf, type Part } from '../view/view';
import { HeatMap } from './HeatMap';
import { RankedList } from './RankedList';
import { whoImproved, whoNeedsHelp } from './ranking';
import styles from './Parts.module.css';

const partTitles: Record<Part, string> = {
  group: 'Teams',
  domain: 'Domains',
  system: 'Systems',
  component: 'Components',
};

/** What each level is made of; the first is shown unless another is chosen. */
const partsOf: Record<Scope['level'], Part[]> = {
  organisation: ['group', 'domain', 'system', 'component'],
  domain: ['system', 'group', 'component'],
  group: ['component', 'system', 'group'],
  system: ['component', 'group'],
  selection: [...parts],
  component: [],
};

/** What a component lacks that is in no row. */
const lacks: Record<Exclude<Part, 'component'>, string> = {
  group: 'owner',
  domain: 'domain',
  system: 'system',
};

/** As many rows as somebody looks through. */
const limit = 100;

/** That some components are in none of the rows, so that nobody takes the rows for all there is. */
function Undivided(props: { count: number; by: Part }) {
  const { count, by } = props;
  if (count === 0 || by === 'component') return null;
  return (
    <p className={styles.empty}>
      {count === 1
        ? `1 component has no ${lacks[by]}, and is in none of the rows.`
        : `${count} components have no ${lacks[by]}, and are in none of the rows.`}{' '}
      Choose “Components” to see each of them.
    </p>
  );
}

type PartsProps = {
  level: Scope['level'];
  viewed: Viewed;
  scopeHref: (entityRef: string) => string;
  explainHref: (metric: string, entityRef: string) => string;
};

/** The parts of a scope side by side: as a map, and as those to praise and to help. */
export function Parts(props: PartsProps) {
  const { level, viewed } = props;
  const offered = partsOf[level];
  const by = offered.find(part => part === viewed.view.by) ?? offered[0];
  // Something else side by side begins with its first page.
  const key = `${by} of ${viewed.view.entityRef}`;
  return <PartsBy key={key} {...props} by={by} offered={offered} />;
}

function PartsBy(props: PartsProps & { by: Part; offered: Part[] }) {
  const { viewed, scopeHref, explainHref, by, offered } = props;
  const [offset, setOffset] = useState(0);
  const { value, error, loading, refresh } = useMetrics({
    ...queryOf(viewed.view, new Date()),
    groupBy: by,
    limit,
    offset,
  });
  const groups = value?.groups ?? [];
  const total = value?.groupsTotal ?? 0;
  const noun = partTitles[by].toLowerCase();

  return (
    <>
      <Panel
        title={`${partTitles[by]} side by side`}
        lead="Each field says how much, and how that is judged. A dash is no data; a dashed frame is too little to judge."
        isBusy={loading}
        aside={
          <Select
            aria-label="Side by side"
            className={styles.by}
            options={offered.map(part => ({
              value: part,
              label: partTitles[part],
            }))}
            value={by}
            onChange={key => viewed.change({ by: String(key) })}
          />
        }
      >
        {error && (
          <Failure
            title={`The ${noun} could not be read`}
            error={error}
            onRetry={refresh}
          />
        )}
        {value ? (
          <HeatMap
            label={`${partTitles[by]} by metric`}
            groups={groups}
            scopeHref={scopeHref}
            explainHref={explainHref}
          />
        ) : (
          !error && <Skeleton width="100%" height={240} />
        )}
        <Pages
          of={noun}
          offset={offset}
          limit={limit}
          total={total}
          onGo={setOffset}
        />
        {value && <Undivided count={value.undivided ?? 0} by={by} />}
        {value && total === 0 && (
          <p className={styles.empty}>No {noun} belong to this.</p>
        )}
      </Panel>
      {value && total > groups.length && (
        <p className={styles.empty}>
          Who improved and who needs help is told where all {noun} fit on one
          page: choose a part of this, or others side by side.
        </p>
      )}
      {value && groups.length > 1 && groups.length === total && (
        <div className={styles.lists}>
          <RankedList
            title="Who improved"
            lead="Against the period before, most first."
            ranked={whoImproved(groups)}
            empty="Nobody moved much, or there is too little to compare."
            scopeHref={scopeHref}
            explainHref={explainHref}
          />
          <RankedList
            title="Who needs help"
            lead="Judged poor, or worse than before. A reason to ask, not to blame."
            ranked={whoNeedsHelp(groups)}
            empty="Nobody that there is enough data of."
            scopeHref={scopeHref}
            explainHref={explainHref}
          />
        </div>
      )}
    </>
  );
}
