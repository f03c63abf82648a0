import type { UnitCostsQuery, UnitValues } from '@waymark/plugin-costs-common';
import type { Audit } from '../../audit/Audit';
import type { Caller } from '../../import/ImportsService';
import type { UnitsService } from './UnitsService';

/** Writes down who handed in which values, and what was refused. */
export class AuditedUnits implements UnitsService {
  readonly #units: UnitsService;
  readonly #audit: Audit;

  constructor(units: UnitsService, audit: Audit) {
    this.#units = units;
    this.#audit = audit;
  }

  costs(query: UnitCostsQuery, caller: Caller) {
    return this.#units.costs(query, caller);
  }

  put(unit: string, values: UnitValues, caller: Caller) {
    const { entityRef } = values;
    const days = values.values.map(({ date }) => date).sort();
    const asked = {
      unit,
      entityRef,
      first: days.at(0) ?? null,
      last: days.at(-1) ?? null,
    };
    return this.#audit.note('unit-values-put', asked, caller, async () => ({
      result: await this.#units.put(unit, values, caller),
      meta: { days: days.length },
    }));
  }
}
