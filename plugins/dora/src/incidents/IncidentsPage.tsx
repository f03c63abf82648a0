import { Choice, ListPage, offsetOf, Pages } from '@waymark/plugin-parts-react';
import { useIncidents } from '../live/questions';
import { NoDeliveries } from '../parts/NoDeliveries';
import { ScopeFilters } from '../parts/ScopeFilters';
import { useView } from '../view/useView';
import { IncidentTable } from './IncidentTable';

const limit = 50;

const states = [
  { value: 'open', label: 'Open' },
  { value: 'resolved', label: 'Resolved' },
  { value: 'linked', label: 'Caused by a deployment' },
  { value: 'unlinked', label: 'Caused by none' },
] as const;

/** Every incident that came in, newest first, with what caused it. */
export function IncidentsPage() {
  const viewed = useView();
  const { params, change } = viewed;
  const text = (key: string) => params.get(key) || undefined;
  const offset = offsetOf(params.get('offset'));
  const state = states.find(
    ({ value }) => value === params.get('state'),
  )?.value;
  const filter = {
    entityRef: text('entityRef'),
    from: text('from'),
    to: text('to'),
    state,
  };
  const live = useIncidents({ ...filter, limit, offset });
  const isFiltered = Object.values(filter).some(Boolean);

  return (
    <ListPage
      of="incidents"
      lead="What went wrong, and which deployment is held to have caused it, on what evidence. A wrong link can be corrected."
      live={live}
      filters={
        <>
          <ScopeFilters viewed={viewed} />
          <Choice
            label="State"
            any="Any state"
            options={states}
            value={state}
            onChange={chosen => change({ state: chosen, offset: undefined })}
          />
        </>
      }
    >
      {page =>
        page.total === 0 ? (
          <NoDeliveries
            title={isFiltered ? 'No incident is like that' : 'No incidents yet'}
          >
            {isFiltered
              ? 'Change or clear a filter above. If you expected one here, it may not have come in:'
              : undefined}
          </NoDeliveries>
        ) : (
          <>
            <IncidentTable rows={page.items} onCorrected={live.refresh} />
            <Pages
              of="incidents"
              offset={offset}
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
