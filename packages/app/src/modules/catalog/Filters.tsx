import { Button, Select } from '@backstage/ui';
import type { Offer, Offers } from './useCatalog';
import {
  choices,
  everything,
  narrowedBy,
  type CatalogView,
  type Choice,
} from './view';
import styles from './Catalog.module.css';

const labels: Record<Choice, string> = {
  types: 'Type',
  owners: 'Owner',
  lifecycles: 'Lifecycle',
  tags: 'Tags',
};

/** More values than these are found by typing. */
const seenAtOnce = 12;

/** What is chosen stays in the list, though nothing has it any more. */
function withChosen(offers: Offer[], chosen: string[]): Offer[] {
  const missing = chosen.filter(
    value => !offers.some(offer => offer.value === value),
  );
  return [
    ...offers,
    ...missing.map(value => ({ value, label: value, count: 0 })),
  ];
}

function toOption({ value, label, count }: Offer) {
  return { id: value, label: `${label} (${count})` };
}

/** Narrows the catalog. Filters that would have nothing to choose from are left out. */
export function Filters(props: {
  view: CatalogView;
  offers: Offers | undefined;
  onChange: (change: Partial<CatalogView>) => void;
}) {
  const { view, offers, onChange } = props;
  return (
    <div className={styles.filters}>
      <Select
        label="Kind"
        selectionMode="single"
        size="medium"
        options={withChosen(offers?.kinds ?? [], [view.kind]).map(offer =>
          offers ? toOption(offer) : { id: offer.value, label: offer.label },
        )}
        value={view.kind}
        onChange={kind =>
          // What was chosen among another kind means nothing here.
          onChange({ ...everything, user: view.user, kind: String(kind) })
        }
      />
      {choices
        .filter(
          choice =>
            !offers || offers[choice].length > 0 || view[choice].length > 0,
        )
        .map(choice => {
          const offered = withChosen(offers?.[choice] ?? [], view[choice]);
          return (
            <Select
              key={choice}
              label={labels[choice]}
              size="medium"
              placeholder="All"
              selectionMode="multiple"
              isDisabled={!offers}
              searchable={offered.length > seenAtOnce}
              options={offered.map(toOption)}
              value={view[choice]}
              onChange={values => onChange({ [choice]: values.map(String) })}
            />
          );
        })}
      {narrowedBy(view) > 0 && (
        <Button
          variant="tertiary"
          className={styles.clear}
          onPress={() => onChange({ ...everything, kind: view.kind })}
        >
          Clear all filters
        </Button>
      )}
    </div>
  );
}
