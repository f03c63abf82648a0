import type { PolicyInput } from '@waymark/plugin-infrastructure-node';
import fc from 'fast-check';
import { compiledFolder } from './__testUtils__/compiledFolder';
import { findOpa, startOpaServer } from './__testUtils__/opaServer';
import { questions } from './__testUtils__/questions';
import { OpaServerPolicyEngine } from './OpaServerPolicyEngine';
import { WasmPolicyEngine } from './WasmPolicyEngine';

const program = findOpa();
const needs = program
  ? ''
  : ' (skipped: needs Open Policy Agent, see docs/how-to/write-a-policy.md)';
const times = 3_000;

(program ? describe : describe.skip)(`both ways to judge${needs}`, () => {
  let server: Awaited<ReturnType<typeof startOpaServer>>;

  beforeAll(async () => {
    server = await startOpaServer(program ?? '');
  });

  afterAll(() => server?.stop());

  it(`say the same of ${times} questions`, async () => {
    const inProcess = await WasmPolicyEngine.create(compiledFolder);
    const remote = new OpaServerPolicyEngine({
      url: server.url,
      timeoutMs: 30_000,
    });
    const ruled = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(questions, async anything => {
        // Spoilt ones as well: what comes over a wire need not be what was promised.
        const input = anything as PolicyInput;
        const own = await inProcess.judge(input);
        expect(await remote.judge(input)).toEqual(own);
        for (const { rule } of own.results) {
          ruled.set(rule, (ruled.get(rule) ?? 0) + 1);
        }
      }),
      { numRuns: times, seed: 20261123 },
    );
    // A comparison of silence would show nothing: each rule spoke, most of them often.
    expect([...ruled.keys()].sort()).toEqual([
      'approved-engines',
      'approved-regions',
      'approved-sizes',
      'backups',
      'data-class',
      'data-residency',
      'deletion-protection',
      'encryption-at-rest',
      'encryption-in-transit',
      'keeps-data',
      'mandatory-tags',
      'network-isolation',
      'no-public-access',
      'production-approval',
      'restricted-data',
      'reviewed-resources',
      'understood',
    ]);
    expect(Math.min(...ruled.values())).toBeGreaterThan(20);
  }, 300_000);
});
