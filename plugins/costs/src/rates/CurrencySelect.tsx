import { Select } from '@backstage/ui';
import type { Address } from '@waymark/plugin-parts-react';
import { useRates } from '../live/questions';
import styles from './Rates.module.css';

const converted = 'into:';

/** Chooses one of the currencies of bills, or one into which all of them are converted. */
export function CurrencySelect(props: {
  value: string;
  /** The currency that all others are converted into; none when absent. */
  into: string | undefined;
  /** The currencies of bills. */
  offered: string[];
  /** Whether what it chooses stands above it, as with others beside it. */
  isTitled?: boolean;
  onChange: Address['change'];
}) {
  const { value, into, offered, isTitled, onChange } = props;
  const { value: rates } = useRates({ limit: 200 });
  const targets = [
    ...new Set([
      ...(into ? [into] : []),
      ...(rates?.items.map(({ to }) => to) ?? []),
    ]),
  ].sort();
  if (offered.length < 2 && targets.length === 0) return null;
  return (
    <Select
      {...(isTitled ? { label: 'Currency' } : { 'aria-label': 'Currency' })}
      className={styles.currency}
      options={[
        ...offered.map(currency => ({
          value: currency,
          label: `${currency} as billed`,
        })),
        ...targets.map(currency => ({
          value: `${converted}${currency}`,
          label: `All in ${currency}`,
        })),
      ]}
      value={into ? `${converted}${into}` : value}
      onChange={key => {
        const chosen = String(key);
        onChange(
          chosen.startsWith(converted)
            ? { into: chosen.slice(converted.length), currency: undefined }
            : { into: undefined, currency: chosen },
        );
      }}
    />
  );
}
