import type { Allowances } from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';

/** What people may do with resources that are there. */
export interface ResourcesService {
  /** Shows a secret output, once. @throws NotFoundError; ConflictError when it was shown already */
  reveal(
    resourceId: string,
    output: string,
    caller: Caller,
  ): Promise<{ name: string; value: string }>;
  /** What a group may use, and what is taken. */
  allowances(owner: string, caller: Caller): Promise<Allowances>;
}
