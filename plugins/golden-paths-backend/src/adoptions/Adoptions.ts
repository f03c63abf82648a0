import type {
  Adoption,
  AdoptionRequest,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';

/** Brings repositories under golden paths that did not make them. */
export interface Adoptions {
  /**
   * What adopting would do; nothing is published.
   *
   * @throws NotFoundError when the catalog has no such component or golden path
   * @throws InputError when an answer is lacking, or the component lies elsewhere
   * @throws ConflictError when the repository is on a golden path already
   */
  preview(request: AdoptionRequest, caller: Caller): Promise<Adoption>;
  /**
   * Puts it on a branch and asks to merge it, where the host knows that. Doing so
   * again finds the first result.
   *
   * @throws ConflictError when people have worked on the branch, too
   */
  adopt(request: AdoptionRequest, caller: Caller): Promise<Adoption>;
}
