import { focusColumns } from '@waymark/plugin-costs-common';

/** What a row of a bill says, where it says something else than the others. */
export type BillRow = Record<string, string | null>;

const common: BillRow = {
  BilledCost: '1',
  EffectiveCost: '1',
  ListCost: '1',
  ContractedCost: '1',
  BillingCurrency: 'USD',
  BillingPeriodStart: '2026-03-01T00:00:00Z',
  BillingPeriodEnd: '2026-04-01T00:00:00Z',
  ChargePeriodStart: '2026-03-02T00:00:00Z',
  ChargePeriodEnd: '2026-03-03T00:00:00Z',
  ChargeCategory: 'Usage',
  ServiceName: 'Compute',
  ProviderName: 'AWS',
};

const csvValue = (value: string | null | undefined) =>
  value === null || value === undefined
    ? ''
    : `"${value.replaceAll('"', '""')}"`;

/** A bill as CSV. Its columns are those of a version of FOCUS. */
export function bill(
  rows: BillRow[],
  options: { version?: '1.0' | '1.1' | '1.2'; columns?: string[] } = {},
): string {
  const { version = '1.0' } = options;
  const columns =
    options.columns ??
    focusColumns
      .filter(({ since }) => since <= version)
      .map(({ name }) => name);
  const lines = rows.map(row => {
    const whole = { ...common, ...row };
    return columns.map(name => csvValue(whole[name])).join(',');
  });
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
