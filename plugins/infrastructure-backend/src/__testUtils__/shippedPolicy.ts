import { loadPolicy } from '@open-policy-agent/opa-wasm';
import type {
  PolicyAnswer,
  PolicyEngine,
} from '@waymark/plugin-infrastructure-node';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const compiled = path.resolve(
  __dirname,
  '../../../infrastructure-backend-module-opa/compiled',
);

/** The rules of `policies` as they are shipped; what reads their answers strictly is the module's to test. */
export async function shippedPolicy(): Promise<PolicyEngine> {
  const policy = await loadPolicy(
    await readFile(path.join(compiled, 'policy.wasm')),
  );
  const data = await readFile(path.join(compiled, 'data.json'), 'utf8');
  policy.setData(JSON.parse(data));
  return {
    async judge(input) {
      const [{ result }] = policy.evaluate(input) as { result: PolicyAnswer }[];
      return result;
    },
  };
}
