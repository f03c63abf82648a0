import type { ReactNode } from 'react';
import type { Address } from '../address/useAddress';
import { EntityCombobox } from '../entities/EntityCombobox';
import type { Live } from '../live/useLive';
import { Choice } from '../parts/Choice';
import { ListPage } from '../parts/ListPage';
import { offsetOf, Pages } from '../parts/Pages';

const limit = 50;

/** How the states of exceptions are called. */
export type ExceptionStates<State extends string> = Record<
  State,
  { text: string }
>;

/** Which exceptions an address asks for. */
export type ExceptionFilter<State extends string> = {
  state?: State;
  owner?: string;
  limit: number;
  offset: number;
};

/** The exceptions that an address asks for; what makes no sense counts as nothing. */
export function exceptionFilter<State extends string>(
  params: URLSearchParams,
  states: ExceptionStates<State>,
): ExceptionFilter<State> {
  const known = Object.keys(states) as State[];
  return {
    state: known.find(state => state === params.get('state')),
    owner: params.get('owner')?.slice(0, 300) || undefined,
    limit,
    offset: offsetOf(params.get('offset')),
  };
}

/** What is let off, by its state and its owner. */
export function ExceptionList<State extends string, Row>(props: {
  lead: ReactNode;
  /** What holds where nobody asked: "every service counts". */
  otherwise: string;
  states: ExceptionStates<State>;
  filter: ExceptionFilter<State>;
  /** Filters of their own kind, and whether one of them is set. */
  more?: { fields: ReactNode; isSet: boolean };
  live: Live<{ items: Row[]; total: number }>;
  change: Address['change'];
  table: (rows: Row[]) => ReactNode;
}) {
  const { lead, otherwise, states, filter, more, live, change, table } = props;
  const set = (key: string) => (value: string | undefined) =>
    change({ [key]: value, offset: undefined });
  const isFiltered = Boolean(filter.state || filter.owner || more?.isSet);
  return (
    <ListPage
      of="exceptions"
      lead={lead}
      live={live}
      filters={
        <>
          <Choice
            label="State"
            options={Object.entries<{ text: string }>(states).map(
              ([value, { text }]) => ({ value, label: text }),
            )}
            value={filter.state}
            onChange={set('state')}
          />
          {more?.fields}
          <EntityCombobox
            label="Owner"
            placeholder="Any team"
            query={{ kind: 'Group' }}
            entityRef={filter.owner}
            onChange={set('owner')}
          />
        </>
      }
    >
      {page => (
        <>
          {page.total > 0 ? (
            table(page.items)
          ) : (
            <p>
              {isFiltered
                ? 'No exception is like that. Change or clear a filter above.'
                : `Nobody has asked for an exception: ${otherwise}.`}
            </p>
          )}
          <Pages
            of="exceptions"
            offset={filter.offset}
            limit={filter.limit}
            total={page.total}
            onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
          />
        </>
      )}
    </ListPage>
  );
}
