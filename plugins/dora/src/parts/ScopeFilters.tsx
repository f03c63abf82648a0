import type { Viewed } from '../view/useView';
import { DayFilter } from './DayFilter';
import { ScopeFilter } from './ScopeFilter';

/** The filters that every list has: whose, and from when to when. */
export function ScopeFilters({ viewed }: { viewed: Viewed }) {
  const { params, change } = viewed;
  const set = (key: string) => (value: string) =>
    change({ [key]: value || undefined, offset: undefined });
  return (
    <>
      <ScopeFilter
        entityRef={params.get('entityRef') ?? ''}
        onChange={entityRef => change({ entityRef, offset: undefined })}
      />
      <DayFilter
        label="From"
        value={params.get('from') ?? ''}
        onChange={set('from')}
      />
      <DayFilter
        label="Before"
        value={params.get('to') ?? ''}
        onChange={set('to')}
      />
    </>
  );
}
