/** How a column of FOCUS is to be read. */
export type FocusKind = 'text' | 'money' | 'quantity' | 'time' | 'tags';

/** A column of a FOCUS bill. */
export type FocusColumn = {
  name: string;
  kind: FocusKind;
  /** The version of FOCUS that brought it. */
  since: '1.0' | '1.1' | '1.2';
  /** Without it a bill says too little to be imported. */
  required?: true;
};

const columnsOf = (
  since: FocusColumn['since'],
  kind: FocusKind,
  names: string,
): FocusColumn[] => names.split(' ').map(name => ({ name, kind, since }));

const requiredNames = new Set([
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'ChargeCategory',
  'ServiceName',
]);

/** Every column of FOCUS 1.0, 1.1 and 1.2: 43, 50 and 57 of them. */
export const focusColumns: readonly FocusColumn[] = [
  ...columnsOf(
    '1.0',
    'text',
    'AvailabilityZone BillingAccountId BillingAccountName BillingCurrency ChargeCategory ChargeClass ChargeDescription ChargeFrequency CommitmentDiscountCategory CommitmentDiscountId CommitmentDiscountName CommitmentDiscountStatus CommitmentDiscountType ConsumedUnit InvoiceIssuerName PricingCategory PricingUnit ProviderName PublisherName RegionId RegionName ResourceId ResourceName ResourceType ServiceCategory ServiceName SkuId SkuPriceId SubAccountId SubAccountName',
  ),
  ...columnsOf('1.0', 'tags', 'Tags'),
  ...columnsOf(
    '1.0',
    'money',
    'BilledCost EffectiveCost ListCost ContractedCost',
  ),
  ...columnsOf(
    '1.0',
    'quantity',
    'ConsumedQuantity PricingQuantity ContractedUnitPrice ListUnitPrice',
  ),
  ...columnsOf(
    '1.0',
    'time',
    'BillingPeriodStart BillingPeriodEnd ChargePeriodStart ChargePeriodEnd',
  ),
  ...columnsOf(
    '1.1',
    'text',
    'CapacityReservationId CapacityReservationStatus CommitmentDiscountUnit ServiceSubcategory SkuMeter SkuPriceDetails',
  ),
  ...columnsOf('1.1', 'quantity', 'CommitmentDiscountQuantity'),
  ...columnsOf(
    '1.2',
    'text',
    'BillingAccountType InvoiceId PricingCurrency SubAccountType',
  ),
  ...columnsOf(
    '1.2',
    'quantity',
    'PricingCurrencyContractedUnitPrice PricingCurrencyEffectiveCost PricingCurrencyListUnitPrice',
  ),
].map(column =>
  requiredNames.has(column.name)
    ? { ...column, required: true as const }
    : column,
);

/** The four costs, which answer different questions and are never mixed. */
export const measures = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
] as const;

/** One of the four costs of a charge. */
export type Measure = (typeof measures)[number];

/** The columns by which charges can be grouped and filtered. */
export const focusDimensions: readonly string[] = focusColumns
  .filter(({ kind }) => kind === 'text')
  .map(({ name }) => name);
