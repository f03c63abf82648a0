import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { Audit } from '../audit/Audit';
import { AuthorizedSignals } from './AuthorizedSignals';
import { DefaultSignalsService } from './DefaultSignalsService';
import { SignalStore } from './SignalStore';
import type { SignalsService } from './SignalsService';

/** Wires what says which charges are for logs, metrics and traces. */
export function createSignals(parts: {
  audit: Audit;
  knex: Knex;
  permissions: PermissionsService;
}): SignalsService {
  return new AuthorizedSignals({
    ...parts,
    signals: new DefaultSignalsService(parts.knex, new SignalStore()),
  });
}
