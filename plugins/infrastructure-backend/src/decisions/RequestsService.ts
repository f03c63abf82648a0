import type {
  Draft,
  Forecast,
  NewApproval,
  NewRequest,
  Wish,
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';

/** What people and programs may do about requests. */
export interface RequestsService {
  /** What would become of a wish, which may be incomplete. */
  preview(offering: string, wish: Wish, caller: Caller): Promise<Forecast>;
  draft(offering: string, caller: Caller): Promise<Draft>;
  putDraft(offering: string, wish: Wish, caller: Caller): Promise<Draft>;
  removeDraft(offering: string, caller: Caller): Promise<void>;
  /**
   * Takes a request, or denies it at once.
   *
   * @returns its id
   * @throws InputError that names each field that is not right
   */
  create(wanted: NewRequest, caller: Caller): Promise<string>;
  /** @throws NotAllowedError when the caller is not one of the approvers, or asked for it themselves */
  decide(id: string, said: NewApproval, caller: Caller): Promise<void>;
  comment(id: string, text: string, caller: Caller): Promise<void>;
  /** @throws ConflictError when it is too late */
  cancel(id: string, caller: Caller): Promise<void>;
  /** @throws ConflictError when it neither failed nor was interrupted */
  retry(id: string, caller: Caller): Promise<void>;
}
