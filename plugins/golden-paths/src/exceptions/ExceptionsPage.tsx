import { Select } from '@backstage/ui';
import type {
  ExceptionsQuery,
  ExceptionState,
} from '@waymark/plugin-golden-paths-common';
import {
  EntityCombobox,
  ListPage,
  offsetOf,
  Pages,
  useAddress,
} from '@waymark/plugin-parts-react';
import { exceptionStates } from '../parts/states';
import { ExceptionTable } from './ExceptionTable';
import { useExceptions } from './questions';

const limit = 50;
const anything = { value: 'any', label: 'Any' };
const states = Object.entries(exceptionStates).map(([value, { text }]) => ({
  value: value as ExceptionState,
  label: text,
}));

/** The exceptions that an address asks for; what makes no sense counts as nothing. */
function exceptionsQuery(params: URLSearchParams): ExceptionsQuery {
  return {
    state: states.find(({ value }) => value === params.get('state'))?.value,
    owner: params.get('owner')?.slice(0, 300) || undefined,
    limit,
    offset: offsetOf(params.get('offset')),
  };
}

/** What need not follow, why, until when, and who decided. */
export function ExceptionsPage() {
  const { params, change } = useAddress();
  const query = exceptionsQuery(params);
  const live = useExceptions(query);
  const set = (key: string) => (value: string | undefined) =>
    change({ [key]: value, offset: undefined });
  return (
    <ListPage
      of="exceptions"
      lead="What need not be on a golden path or on a supported version, for a reason and until a day. Owners ask on the page of their component; platform engineers decide."
      live={live}
      filters={
        <>
          <Select
            label="State"
            options={[anything, ...states]}
            value={query.state ?? anything.value}
            onChange={chosen =>
              set('state')(
                chosen === anything.value ? undefined : String(chosen),
              )
            }
          />
          <EntityCombobox
            label="Owner"
            placeholder="Any team"
            query={{ kind: 'Group' }}
            entityRef={query.owner}
            onChange={set('owner')}
          />
        </>
      }
    >
      {page => (
        <>
          {page.total === 0 ? (
            <p>
              {query.state || query.owner
                ? 'No exception is like that. Change or clear a filter above.'
                : 'Nobody has asked for an exception: every service counts.'}
            </p>
          ) : (
            <ExceptionTable rows={page.items} />
          )}
          <Pages
            of="exceptions"
            offset={query.offset ?? 0}
            limit={limit}
            total={page.total}
            onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
          />
        </>
      )}
    </ListPage>
  );
}
