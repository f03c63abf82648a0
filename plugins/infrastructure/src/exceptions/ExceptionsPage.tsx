import { Select } from '@backstage/ui';
import type {
  ExceptionsQuery,
  ExceptionState,
} from '@waymark/plugin-infrastructure-common';
import {
  EntityCombobox,
  ListPage,
  offsetOf,
  Pages,
  TextFilter,
  useAddress,
} from '@waymark/plugin-parts-react';
import { useExceptions } from '../live/guardrails';
import { exceptionStates } from '../words/guardrails';
import { ExceptionTable } from './ExceptionTable';

const limit = 50;

const anything = { value: 'any', label: 'Any state' };

const states = Object.entries(exceptionStates).map(([value, { text }]) => ({
  value: value as ExceptionState,
  label: text,
}));

/** The exceptions that an address asks for. */
export function exceptionsQuery(params: URLSearchParams): ExceptionsQuery {
  const state = states.find(({ value }) => value === params.get('state'));
  return {
    state: state && [state.value],
    owner: params.get('owner') || undefined,
    rule: params.get('rule') || undefined,
    limit,
    offset: offsetOf(params.get('offset')),
  };
}

/** What rules are let be, for what and until when. */
export function ExceptionsPage() {
  const { params, change } = useAddress();
  const query = exceptionsQuery(params);
  const live = useExceptions(query);
  const set = (key: string) => (value: string | undefined) =>
    change({ [key]: value, offset: undefined });
  return (
    <ListPage
      of="exceptions"
      lead="What rules are let be, for what, why and until when. One is asked for where a rule denies something; the platform team decides."
      live={live}
      filters={
        <>
          <Select
            label="State"
            options={[anything, ...states]}
            value={query.state?.[0] ?? anything.value}
            onChange={key =>
              set('state')(key === anything.value ? undefined : String(key))
            }
          />
          <TextFilter
            label="Rule"
            placeholder="any"
            value={query.rule ?? ''}
            onChange={set('rule')}
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
      {page =>
        page.total === 0 ? (
          <p>
            {query.state || query.owner || query.rule
              ? 'No exception is like that. Change or clear a filter above.'
              : 'Nobody has asked for an exception: every rule holds for everything.'}
          </p>
        ) : (
          <>
            <ExceptionTable rows={page.items} />
            <Pages
              of="exceptions"
              offset={query.offset ?? 0}
              limit={limit}
              total={page.total}
              onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
            />
          </>
        )
      }
    </ListPage>
  );
}
