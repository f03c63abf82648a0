import type {
  PolicyAnswer,
  PolicyEngine,
  PolicyInput,
} from '@waymark/plugin-infrastructure-node';
import { readAnswer } from './answer';
import type { ServerSettings } from './config';

const decision = 'v1/data/waymark/decision/answer';

/** A server of Open Policy Agent that has the rules of `policies`. */
export class OpaServerPolicyEngine implements PolicyEngine {
  readonly #settings: ServerSettings;
  readonly #address: string;

  constructor(settings: ServerSettings) {
    this.#settings = settings;
    this.#address = new URL(
      decision,
      `${settings.url.href.replace(/\/$/, '')}/`,
    ).href;
  }

  async judge(
    input: PolicyInput,
    options?: { signal?: AbortSignal },
  ): Promise<PolicyAnswer> {
    const timeout = AbortSignal.timeout(this.#settings.timeoutMs);
    const signal = options?.signal
      ? AbortSignal.any([options.signal, timeout])
      : timeout;
    const body = await this.#ask(input, signal).catch((error: unknown) => {
      if (timeout.aborted) {
        throw new Error(
          `The policy server at ${this.#settings.url.host} gave no answer in ${
            this.#settings.timeoutMs
          } ms`,
        );
      }
      throw error;
    });
    // Status 200 without a result is how it says that nothing was decided.
    if (body.result === undefined) {
      throw new Error(
        `The policy server at ${
          this.#settings.url.host
        } decided nothing: it does not have the rules, or not all of them`,
      );
    }
    return readAnswer(body.result);
  }

  async #ask(
    input: PolicyInput,
    signal: AbortSignal,
  ): Promise<{ result?: unknown }> {
    const { token, url } = this.#settings;
    const response = await fetch(this.#address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ input }),
      // Elsewhere would be another judge, and would get the token.
      redirect: 'error',
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(
        `The policy server at ${url.host} answered ${response.status}`,
      );
    }
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? body : {};
  }
}
