import type { AuditorService } from '@backstage/backend-plugin-api';
import type {
  Upgrade,
  UpgradeRequest,
  UpgradesQuery,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';
import type { Upgrades } from '../upgrades/Upgrades';
import { audited } from './audited';

const outcome = ({ id, entityRef, state }: Upgrade) => ({
  id,
  entityRef,
  state,
});

/** Writes down who asked for which upgrade, and who merged it. */
export class AuditedUpgrades implements Upgrades {
  readonly #upgrades: Upgrades;
  readonly #auditor: AuditorService;

  constructor(upgrades: Upgrades, auditor: AuditorService) {
    this.#upgrades = upgrades;
    this.#auditor = auditor;
  }

  preview(entityRef: string, caller: Caller) {
    return this.#upgrades.preview(entityRef, caller);
  }

  request(request: UpgradeRequest, caller: Caller) {
    // Answers are left out: they are in the repository, and may be long.
    const asked = { entityRef: request.entityRef };
    return audited(
      this.#auditor,
      'upgrade-request',
      { asked, caller },
      () => this.#upgrades.request(request, caller),
      outcome,
    );
  }

  list(query: UpgradesQuery, caller: Caller) {
    return this.#upgrades.list(query, caller);
  }

  find(id: string, caller: Caller) {
    return this.#upgrades.find(id, caller);
  }

  merge(id: string, caller: Caller) {
    return audited(
      this.#auditor,
      'upgrade-merge',
      { asked: { id }, caller },
      () => this.#upgrades.merge(id, caller),
      outcome,
    );
  }
}
