import { loadPolicy, type LoadedPolicy } from '@open-policy-agent/opa-wasm';
import type {
  PolicyAnswer,
  PolicyEngine,
  PolicyInput,
} from '@waymark/plugin-infrastructure-node';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readAnswer } from './answer';

/** Pages of 64 kB: 256 MB, many times what the plan of a thousand resources takes. */
const mostMemory = 4096;

const dataSchema = z.looseObject({
  revision: z.object({ digest: z.string().min(1) }),
  settings: z.looseObject({}),
});

type Data = z.output<typeof dataSchema>;

async function load(module: WebAssembly.Module, data: Data) {
  const policy = await loadPolicy(module, { initial: 8, maximum: mostMemory });
  policy.setData(data);
  return policy;
}

/** The rules of `policies`, compiled to WebAssembly, in this process. */
export class WasmPolicyEngine implements PolicyEngine {
  readonly #module: WebAssembly.Module;
  readonly #data: Data;
  #policy: Promise<LoadedPolicy>;

  private constructor(module: WebAssembly.Module, data: Data) {
    this.#module = module;
    this.#data = data;
    this.#policy = load(module, data);
  }

  /**
   * Loads compiled rules.
   *
   * @param folder - what `npm run policies:build` wrote
   * @throws Error that names what is missing or cannot be read
   */
  static async create(folder: string): Promise<WasmPolicyEngine> {
    const read = async <T>(name: string, use: (bytes: Buffer) => T) => {
      try {
        return await use(await readFile(path.join(folder, name)));
      } catch (error) {
        throw new Error(
          `The compiled policies cannot be used: ${path.join(
            folder,
            name,
          )}: ${error}. Run npm run policies:build, or correct infrastructure.policy.compiled`,
        );
      }
    };
    const data = await read('data.json', bytes =>
      dataSchema.parse(JSON.parse(bytes.toString('utf8'))),
    );
    const module = await read('policy.wasm', bytes =>
      WebAssembly.compile(new Uint8Array(bytes)),
    );
    const engine = new WasmPolicyEngine(module, data);
    await engine.#policy;
    return engine;
  }

  async judge(
    input: PolicyInput,
    options?: { signal?: AbortSignal },
  ): Promise<PolicyAnswer> {
    const policy = await this.#policy;
    options?.signal?.throwIfAborted();
    return readAnswer(this.#evaluate(policy, input));
  }

  #evaluate(policy: LoadedPolicy, input: PolicyInput): unknown {
    let found: { result: unknown }[];
    try {
      found = policy.evaluate(input);
    } catch (error) {
      // Nobody knows what a trap left in the memory: the next question gets a fresh one.
      this.#policy = load(this.#module, this.#data);
      throw new Error(`Policy could not be evaluated: ${error}`);
    }
    if (found.length !== 1) {
      throw new Error('Policy gave no decision: it is undefined for this');
    }
    return found[0].result;
  }
}
