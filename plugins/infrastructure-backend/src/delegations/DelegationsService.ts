import type {
  Delegation,
  NewDelegation,
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';

/** Which delegations are listed: those of one person, or everybody's. */
export type DelegationsScope = 'own' | 'all';

/** What people may do so that others approve in their place. */
export interface DelegationsService {
  list(caller: Caller, scope?: DelegationsScope): Promise<Delegation[]>;
  get(id: string, caller: Caller): Promise<Delegation>;
  /**
   * @returns its id
   * @throws InputError when the days make no sense, or the catalog lacks the person
   */
  delegate(wanted: NewDelegation, caller: Caller): Promise<string>;
  /** @throws NotAllowedError when it is not the caller's; ConflictError */
  end(id: string, caller: Caller): Promise<void>;
}
