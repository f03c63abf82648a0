import type {
  Exception,
  ExceptionPage,
  ExceptionsQuery,
  ExceptionVerdict,
  NewException,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';

/** Lets services be off golden paths, or behind, for a reason and until a day. */
export interface Exceptions {
  list(query: ExceptionsQuery, caller: Caller): Promise<ExceptionPage>;
  /** @throws NotFoundError */
  find(id: string, caller: Caller): Promise<Exception>;
  /**
   * @throws NotFoundError when the catalog has no such service
   * @throws InputError when the day is past or too far off
   * @throws ConflictError when one of the kind is open already
   */
  ask(wanted: NewException, caller: Caller): Promise<Exception>;
  /**
   * @throws ConflictError when it is decided already
   * @throws NotAllowedError for whoever asked
   */
  decide(
    id: string,
    verdict: ExceptionVerdict,
    caller: Caller,
  ): Promise<Exception>;
  /**
   * Takes it back before it is decided, or ends it before its day.
   *
   * @throws ConflictError when it has ended
   */
  end(id: string, caller: Caller): Promise<Exception>;
}
