import type {
  PolicyAnswer,
  PolicyEngine,
  PolicyInput,
} from '@waymark/plugin-infrastructure-node';
import type { Provided } from './Provided';

/** The rules that a module brought. As long as none did, nothing is judged, and so nothing allowed. */
export class ProvidedPolicy implements PolicyEngine {
  readonly #engine: Provided<PolicyEngine>;

  constructor(engine: Provided<PolicyEngine>) {
    this.#engine = engine;
  }

  async judge(
    input: PolicyInput,
    options?: { signal?: AbortSignal },
  ): Promise<PolicyAnswer> {
    const engine = this.#engine.value;
    if (!engine) {
      throw new Error(
        'This portal has no policy engine; add a module with one',
      );
    }
    return engine.judge(input, options);
  }
}
