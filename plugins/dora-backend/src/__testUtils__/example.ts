import { component, group, system } from './entities';

/** Two teams with a component each. */
export const entities = [
  group('ledger'),
  group('storefront'),
  system('bank'),
  component('payments', { owner: 'ledger', system: 'bank' }),
  component('shop', { owner: 'storefront' }),
];

/** A deployment as a line of an import. */
export const deployment = (id: string, more: object = {}) => ({
  type: 'deployment',
  id,
  service: 'payments',
  environment: 'production',
  status: 'success',
  finishedAt: '2026-03-02T10:00:00Z',
  ...more,
});
/** The body of an import. */
export const lines = (...values: (object | string)[]) =>
  values
    .map(value => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join('\n');
