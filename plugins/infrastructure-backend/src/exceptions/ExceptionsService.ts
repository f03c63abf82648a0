import type {
  Exception,
  ExceptionDeciders,
  ExceptionPage,
  ExceptionsQuery,
  ExceptionVerdict,
  NewException,
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';

/** What people and programs may do about exceptions from rules. */
export interface ExceptionsService {
  list(query: ExceptionsQuery, caller: Caller): Promise<ExceptionPage>;
  /** @throws NotFoundError */
  get(id: string, caller: Caller): Promise<Exception>;
  /** Who would decide on what the caller asks for. */
  deciders(caller: Caller): Promise<ExceptionDeciders>;
  /**
   * @returns its id
   * @throws InputError when the rule has nothing against what it is asked for, or knows no exceptions
   */
  ask(wanted: NewException, caller: Caller): Promise<string>;
  /** @throws NotAllowedError to who asked for it, and to who is not of the platform team; ConflictError */
  decide(id: string, said: ExceptionVerdict, caller: Caller): Promise<void>;
  /** @throws NotAllowedError; ConflictError when it is over already */
  end(id: string, caller: Caller): Promise<void>;
}
