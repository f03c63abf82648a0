import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { PolicyInput } from '@waymark/plugin-infrastructure-node';
import { compiledFolder } from './__testUtils__/compiledFolder';
import { question } from './__testUtils__/questions';
import { WasmPolicyEngine } from './WasmPolicyEngine';

describe('WasmPolicyEngine', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'waymark-compiled-'));
    await cp(compiledFolder, folder, { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true }));

  const judge = async (change: Partial<PolicyInput>) => {
    const engine = await WasmPolicyEngine.create(compiledFolder);
    return engine.judge({ ...question, ...change });
  };

  it('says nothing against what is right, and by which rules', async () => {
    expect(await judge({})).toEqual({
      revision: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      results: [],
      rules: expect.arrayContaining([
        { rule: 'encryption-at-rest', title: 'Encryption at rest' },
        { rule: 'understood', title: 'The question can be read' },
      ]),
    });
  });

  it('lets be what an exception is for, and says which', async () => {
    const { results } = await judge({
      parameters: { publicAccess: true },
      exceptions: [
        { rule: 'no-public-access', until: '2026-12-24', number: '7' },
      ],
    });
    expect(results).toMatchObject([
      {
        rule: 'no-public-access',
        effect: 'warn',
        message: expect.stringContaining(
          'Exception 7 lets it be until 2026-12-24',
        ),
        exception: { number: 7, until: '2026-12-24' },
      },
    ]);
  });

  it('judges what exists by what it is, and asks nobody about it', async () => {
    const { results } = await judge({
      stage: 'resource',
      environment: 'production',
      dataClass: 'restricted',
      parameters: { publicAccess: true },
      tags: {},
    });
    expect(results.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['mandatory-tags', 'no-public-access']),
    );
    expect(results.map(({ effect }) => effect)).not.toContain('approval');
  });

  it('says which rule, which field, why and what to do', async () => {
    const { results } = await judge({ parameters: { publicAccess: true } });
    expect(results).toEqual([
      {
        rule: 'no-public-access',
        effect: 'deny',
        field: 'parameters.publicAccess',
        message: 'It could be reached from the whole internet',
        reason: expect.stringMatching(/internet/),
        remedy: expect.stringMatching(/private endpoint/),
      },
    ]);
  });

  it('puts denials before questions to people', async () => {
    const { results } = await judge({
      environment: 'production',
      dataClass: undefined,
      parameters: { region: 'us-east-1' },
    });
    expect(results.map(({ rule, effect }) => [rule, effect])).toEqual([
      ['approved-regions', 'deny'],
      ['data-class', 'deny'],
      ['production-approval', 'approval'],
    ]);
  });

  it('answers each of many that ask at once', async () => {
    const engine = await WasmPolicyEngine.create(compiledFolder);
    const regions = ['eu-central-1', 'us-east-1', 'eu-west-1', 'mars-1'];
    const answers = await Promise.all(
      regions.map(region =>
        engine.judge({ ...question, parameters: { region } }),
      ),
    );
    expect(answers.map(({ results }) => results.length)).toEqual([0, 1, 0, 1]);
  });

  it('does not answer when the caller does not wait any more', async () => {
    const engine = await WasmPolicyEngine.create(compiledFolder);
    await expect(
      engine.judge(question, { signal: AbortSignal.abort() }),
    ).rejects.toThrow(/abort/);
  });

  it('fails for what is too large, and answers the next question', async () => {
    const engine = await WasmPolicyEngine.create(compiledFolder);
    const large = 'x'.repeat(200 * 1024 * 1024);
    await expect(
      engine.judge({ ...question, parameters: { large, larger: large } }),
    ).rejects.toThrow(/could not be evaluated/);
    expect((await engine.judge(question)).results).toEqual([]);
  });

  it('judges by the settings beside the rules', async () => {
    await writeFile(
      path.join(folder, 'data.json'),
      JSON.stringify({ revision: { digest: 'sha256:mine' }, settings: {} }),
    );
    const engine = await WasmPolicyEngine.create(folder);
    const { revision, results } = await engine.judge(question);
    expect(revision).toBe('sha256:mine');
    // Settings that say nothing allow nothing.
    expect(results[0]).toMatchObject({ rule: 'understood', effect: 'deny' });
  });

  it.each([
    ['data.json', '{'],
    ['data.json', '{"settings":{}}'],
    ['policy.wasm', 'no wasm'],
  ])('names a %s that cannot be used', async (name, text) => {
    await writeFile(path.join(folder, name), text);
    await expect(WasmPolicyEngine.create(folder)).rejects.toThrow(
      new RegExp(`${name}.*npm run policies:build`, 's'),
    );
  });

  it('names what is missing', async () => {
    await rm(path.join(folder, 'policy.wasm'));
    await expect(WasmPolicyEngine.create(folder)).rejects.toThrow(
      /policy\.wasm: Error: ENOENT/,
    );
  });
});
