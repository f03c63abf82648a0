import { Button } from '@backstage/ui';
import styles from './Pages.module.css';

/** Which part of a long list is shown, and the ways to the others. */
export function Pages(props: {
  /** What is listed, for the name of the landmark: "deployments". */
  of: string;
  offset: number;
  limit: number;
  total: number;
  onGo: (offset: number) => void;
}) {
  const { of, offset, limit, total, onGo } = props;
  if (total <= limit && offset === 0) return null;
  const figures = new Intl.NumberFormat('en');
  return (
    <nav aria-label={`Pages of ${of}`} className={styles.pages}>
      <Button
        size="small"
        variant="secondary"
        isDisabled={offset === 0}
        onPress={() => onGo(Math.max(0, offset - limit))}
      >
        Previous
      </Button>
      <span className={styles.where}>
        {`${figures.format(Math.min(offset + 1, total))} to ${figures.format(
          Math.min(offset + limit, total),
        )} of ${figures.format(total)}`}
      </span>
      <Button
        size="small"
        variant="secondary"
        isDisabled={offset + limit >= total}
        onPress={() => onGo(offset + limit)}
      >
        Next
      </Button>
    </nav>
  );
}

/** The offset that an address holds, in whole pages of a list. */
export function offsetOf(text: string | null): number {
  const offset = Math.trunc(Number(text));
  return Number.isFinite(offset) && offset > 0 ? Math.min(offset, 1e6) : 0;
}
