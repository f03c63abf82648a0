import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bringSchemathesis } from '../../src/toolchain/schemathesis.ts';
import { fuzz, type Fuzz } from './support/fuzz.ts';
import { knownDeliveries, knownInfrastructure } from './support/known.ts';

const plugins = {
  dora: knownDeliveries,
  infrastructure: knownInfrastructure,
};

/** Who may everything meets every edge; who may less takes some walks of their own. */
const walks: Omit<Fuzz, 'plugin' | 'known'>[] = [
  { person: 'priya', phases: ['coverage', 'fuzzing'], examples: 10 },
  { person: 'amara', phases: ['fuzzing'], examples: 4 },
];

const brought = bringSchemathesis().catch(() => undefined);

describe('the contract, asked for by Schemathesis', () => {
  for (const [plugin, known] of Object.entries(plugins)) {
    for (const walk of walks) {
      it(`of ${plugin} holds for ${walk.person}, and nothing breaks`, async t => {
        const schemathesis = await brought;
        if (!schemathesis) {
          t.skip(
            'Schemathesis cannot be had here: it needs Python and its index',
          );
          return;
        }
        const { code, said } = await fuzz(schemathesis, {
          ...walk,
          plugin,
          known: await known(),
        });
        assert.equal(code, 0, said);
        const [, selected] = /Selected: (\d+)\/\1\n/.exec(said) ?? [];
        assert.match(said, new RegExp(`Tested: ${selected}\n`), said);
        t.diagnostic(said.trim().split('\n').at(-1) ?? '');
      });
    }
  }
});
