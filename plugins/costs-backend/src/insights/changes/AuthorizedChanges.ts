import type {
  ChangeLinesQuery,
  ChangesQuery,
} from '@waymark/plugin-costs-common';
import type { Sight } from '../../allocation/Sight';
import type { Caller } from '../../import/ImportsService';
import type { ChangesService } from './ChangesService';

/** Shows people what changed of their own groups, and of everybody to those who may see it. */
export class AuthorizedChanges implements ChangesService {
  readonly #changes: ChangesService;
  readonly #sight: Sight;

  constructor(changes: ChangesService, sight: Sight) {
    this.#changes = changes;
    this.#sight = sight;
  }

  async changes(query: ChangesQuery, caller: Caller) {
    return this.#changes.changes(
      query,
      caller,
      await this.#sight.within(caller),
    );
  }

  async lines(query: ChangeLinesQuery, caller: Caller) {
    return this.#changes.lines(query, caller, await this.#sight.within(caller));
  }
}
