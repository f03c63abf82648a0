import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';

type Register = Parameters<ActionsRegistryService['register']>[0];
/** The zod that the registry hands out. */
type Zod = Parameters<Register['schema']['input']>[0];

/** The form of a reference of the catalog, as the API has it. */
export const entityRefForm =
  /^[A-Za-z][A-Za-z0-9]*:([A-Za-z0-9-]+\/)?[A-Za-z0-9._-]+$/;

/** A reference of the catalog. */
export const entityRefField = (z: Zod) =>
  z
    .string()
    .max(300)
    .regex(
      entityRefForm,
      'must be a reference such as component:default/payments-ledger',
    );
