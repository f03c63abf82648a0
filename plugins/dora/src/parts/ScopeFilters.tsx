import type { Viewed } from '../view/useView';
import { DayFilter } from './DayFilter';
import { TextFilter } from './TextFilter';

/** The filters that every list has: whose, and from when to when. */
export function ScopeFilters({ viewed }: { viewed: Viewed }) {
  const { params, change } = viewed;
  const set = (key: string) => (value: string) =>
    change({ [key]: value || undefined, offset: undefined });
  return (
    <>
      <TextFilter
        label="Of"
        placeholder="group:default/ledger"
        value={params.get('entityRef') ?? ''}
        onChange={set('entityRef')}
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
