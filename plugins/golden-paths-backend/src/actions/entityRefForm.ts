/** What an action takes for a reference of the catalog, as the API does, and what it says of anything else. */
export const entityRefForm: [RegExp, string] = [
  /^[A-Za-z][A-Za-z0-9]*:([A-Za-z0-9-]+\/)?[A-Za-z0-9._-]+$/,
  'must be a reference such as component:default/payments-ledger',
];
