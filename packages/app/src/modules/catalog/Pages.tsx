import { Button } from '@backstage/ui';
import { pageSize } from './request';
import styles from './Catalog.module.css';

/** Leads through the pages of a list that is longer than one. */
export function Pages(props: {
  page: number;
  total: number;
  onChange: (page: number) => void;
}) {
  const { page, total, onChange } = props;
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1 && page === 1) return null;
  const first = (page - 1) * pageSize + 1;
  return (
    <nav aria-label="Pages" className={styles.pages}>
      <Button
        variant="secondary"
        isDisabled={page === 1}
        onPress={() => onChange(page - 1)}
      >
        Previous
      </Button>
      <span>{`${first} to ${Math.min(
        first + pageSize - 1,
        total,
      )} of ${total}`}</span>
      <Button
        variant="secondary"
        isDisabled={page >= last}
        onPress={() => onChange(page + 1)}
      >
        Next
      </Button>
    </nav>
  );
}
