import type { PermissionsService } from '@backstage/backend-plugin-api';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  costsReadPermission,
  costsRulesUpdatePermission,
  type SignalRuleList,
} from '@waymark/plugin-costs-common';
import type { Audit } from '../audit/Audit';
import type { Caller } from '../import/ImportsService';
import type { SignalsService } from './SignalsService';

/** Shows the rules to whoever reads costs, lets those change them who may, and writes that down. */
export class AuthorizedSignals implements SignalsService {
  readonly #signals: SignalsService;
  readonly #permissions: PermissionsService;
  readonly #audit: Audit;

  constructor(options: {
    signals: SignalsService;
    permissions: PermissionsService;
    audit: Audit;
  }) {
    this.#signals = options.signals;
    this.#permissions = options.permissions;
    this.#audit = options.audit;
  }

  async rules(caller: Caller) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [costsReadPermission],
      credentials: caller.credentials,
      purpose: 'read what counts as logs, metrics and traces',
    });
    return this.#signals.rules(caller);
  }

  change(rules: SignalRuleList, caller: Caller) {
    return this.#audit.note('signal-rules-set', {}, caller, async () => {
      await requirePermissions({
        permissions: this.#permissions,
        required: [costsRulesUpdatePermission],
        credentials: caller.credentials,
        purpose: 'change what counts as logs, metrics and traces',
      });
      const result = await this.#signals.change(rules, caller);
      const { before, after } = result;
      return { result, meta: { before: before.items, after: after.items } };
    });
  }
}
