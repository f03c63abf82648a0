/** The columns of FOCUS 1.0, in the order of the alphabet as providers write them. */
const first = [
  'AvailabilityZone',
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'CommitmentDiscountCategory',
  'CommitmentDiscountId',
  'CommitmentDiscountName',
  'CommitmentDiscountStatus',
  'CommitmentDiscountType',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedCost',
  'ContractedUnitPrice',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'ListUnitPrice',
  'PricingCategory',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'ServiceCategory',
  'ServiceName',
  'SkuId',
  'SkuPriceId',
  'SubAccountId',
  'SubAccountName',
  'Tags',
] as const;

const since11 = [
  'CapacityReservationId',
  'CapacityReservationStatus',
  'CommitmentDiscountQuantity',
  'CommitmentDiscountUnit',
  'ServiceSubcategory',
  'SkuMeter',
  'SkuPriceDetails',
] as const;

const since12 = [
  'BillingAccountType',
  'InvoiceId',
  'PricingCurrency',
  'PricingCurrencyContractedUnitPrice',
  'PricingCurrencyEffectiveCost',
  'PricingCurrencyListUnitPrice',
  'SubAccountType',
] as const;

/** A column of FOCUS. */
export type FocusColumn =
  | (typeof first)[number]
  | (typeof since11)[number]
  | (typeof since12)[number];

/** A version of FOCUS that a provider writes. */
export type FocusVersion = '1.0' | '1.1' | '1.2';

/** The columns of each version. */
export const focusColumns: Record<FocusVersion, readonly FocusColumn[]> = {
  '1.0': first,
  '1.1': [...first, ...since11].sort(),
  '1.2': [...first, ...since11, ...since12].sort(),
};

/** A charge as a provider writes it down; what is absent is null. */
export type FocusRow = Partial<Record<FocusColumn, string>>;

/** Whole and ten decimals: as exact as providers bill. */
export const scale = 10;

/** An amount of money or a quantity, exact, in units of ten decimals. */
export type Amount = bigint;

/** The nearest amount of ten decimals; of three, where it is so large that no more of them are known. */
export function amountOf(value: number): Amount {
  return Math.abs(value) < 1e5
    ? BigInt(Math.round(value * 1e10))
    : BigInt(Math.round(value * 1e3)) * 10n ** 7n;
}

/** An amount as text, without what adds nothing: "12.5", "-0.0000000001". */
export function amountText(amount: Amount): string {
  const digits = (amount < 0n ? -amount : amount)
    .toString()
    .padStart(scale + 1, '0');
  const whole = digits.slice(0, -scale);
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** How many times a price, to ten decimals. */
export function times(quantity: Amount, price: Amount): Amount {
  const product = quantity * price;
  const unit = 10n ** BigInt(scale);
  const half = product < 0n ? -unit / 2n : unit / 2n;
  return (product + half) / unit;
}

const quoted = (text: string) =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * Rows as the text of a CSV file.
 *
 * @param nothing - how the provider writes null: nothing at all, or the word
 */
export function csvOf(options: {
  columns: readonly string[];
  rows: readonly Partial<Record<string, string>>[];
  nothing: '' | 'NULL';
}): string {
  const { columns, rows, nothing } = options;
  const lines = rows.map(row =>
    columns.map(column => quoted(row[column] ?? nothing)).join(','),
  );
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
