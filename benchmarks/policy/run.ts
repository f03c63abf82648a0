import '../settings.ts';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { figureTable, type Figure } from '../panels.ts';
import { runBenchmark } from '../main.ts';
import { record } from '../results.ts';
import { folder, root } from '../settings.ts';
import { planned, request } from './questions.ts';

const times = Number(process.env.BENCHMARK_TIMES || 500);

type Answer = { results: { effect: string; rule: string }[] };
type Judge = { judge(question: unknown): Promise<Answer> };

/** The engine as the portal loads it: compiled by the portal's own loader. */
async function loadEngine(): Promise<Judge> {
  process.env.WAYMARK_CACHE = path.join(folder, 'cache');
  mkdirSync(process.env.WAYMARK_CACHE, { recursive: true });
  const require = createRequire(import.meta.url);
  require('../../packages/launcher/src/portal/loadTypeScript.cjs');
  const module = path.join(root, 'plugins/infrastructure-backend-module-opa');
  const { WasmPolicyEngine } = require(path.join(
    module,
    'src/WasmPolicyEngine.ts',
  ));
  return WasmPolicyEngine.create(path.join(module, 'compiled'));
}

async function measure(
  engine: Judge,
  name: string,
  question: unknown,
  limitMs?: number,
): Promise<Figure> {
  const { results } = await engine.judge(question);
  const against = results.filter(({ effect }) => effect === 'deny');
  if (against.length) {
    throw new Error(`${name} is denied by ${against[0].rule}: nothing to time`);
  }
  const samples: number[] = [];
  for (let turn = -20; turn < times; turn += 1) {
    const started = performance.now();
    await engine.judge(question);
    if (turn >= 0) samples.push(performance.now() - started);
  }
  return { name, samples, limitMs };
}

async function run(): Promise<void> {
  const engine = await loadEngine();
  await record('policy', async () => ({
    title: 'Decisions of policy, in process',
    command: 'benchmarks/policy/run.ts',
    method: `The rules of \`policies\`, compiled to WebAssembly, asked ${times} times each, one after the other, after twenty that are not counted. The time is that of \`judge\`, from the question as an object to the answer as one. Every question complies, so that every rule is asked to its end. All rules and the settings of this repository.`,
    table: figureTable([
      await measure(engine, 'A request', request, 20),
      await measure(engine, 'A plan with 5 resources', planned(1), 20),
      await measure(engine, 'A plan with 25 resources', planned(5), 20),
      await measure(engine, 'A plan with 250 resources', planned(50)),
    ]),
  }));
}

runBenchmark(run);
