import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Engine } from './Engine';
import type { PolicyEngine } from './PolicyEngine';

/** Where a module adds something that can make resources. */
export interface EnginesExtensionPoint {
  /** @throws Error when the name is taken */
  addEngine(engine: Engine): void;
}

/** {@inheritDoc EnginesExtensionPoint} */
export const enginesExtensionPoint =
  createExtensionPoint<EnginesExtensionPoint>({ id: 'infrastructure.engines' });

/** Where a module brings the rules. Without one, every request is denied. */
export interface PolicyExtensionPoint {
  /** @throws Error when there is one already */
  setPolicyEngine(engine: PolicyEngine): void;
}

/** {@inheritDoc PolicyExtensionPoint} */
export const policyExtensionPoint = createExtensionPoint<PolicyExtensionPoint>({
  id: 'infrastructure.policy',
});
