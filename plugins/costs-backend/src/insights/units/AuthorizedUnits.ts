import type { UnitCostsQuery, UnitValues } from '@waymark/plugin-costs-common';
import type { GroupTree } from '../../allocation/GroupTree';
import { readEntityRef } from '../../charges/entityRef';
import type { Ownership } from '../../allocation/Ownership';
import type { Sight } from '../../allocation/Sight';
import type { Caller } from '../../import/ImportsService';
import type { UnitsService } from './UnitsService';

/** Shows people the unit costs of what they see the costs of, and lets those hand in values who are of the owners. */
export class AuthorizedUnits implements UnitsService {
  readonly #units: UnitsService;
  readonly #sight: Sight;
  readonly #groups: GroupTree;
  readonly #ownership: Ownership;

  constructor(options: {
    units: UnitsService;
    sight: Sight;
    groups: GroupTree;
    ownership: Ownership;
  }) {
    this.#units = options.units;
    this.#sight = options.sight;
    this.#groups = options.groups;
    this.#ownership = options.ownership;
  }

  async costs(query: UnitCostsQuery, caller: Caller) {
    return this.#units.costs(query, caller, await this.#sight.within(caller));
  }

  async put(unit: string, values: UnitValues, caller: Caller) {
    await this.#ownership.requireAny(caller);
    const owner = await this.#groups.ownerOf(readEntityRef(values.entityRef));
    await this.#ownership.require(owner ?? null, caller);
    return this.#units.put(unit, values, caller);
  }
}
