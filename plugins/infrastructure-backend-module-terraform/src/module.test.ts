import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  enginesExtensionPoint,
  type Engine,
} from '@waymark/plugin-infrastructure-node';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Bench } from './__testUtils__/Bench';
import { StateServer } from './__testUtils__/StateServer';
import { infrastructureModuleTerraform } from './module';

const mockFolder = createMockDirectory();

async function program(answer: string): Promise<string> {
  const file = mockFolder.resolve('terraform');
  await fs.writeFile(file, `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  return file;
}

async function engineWith(terraform: JsonObject): Promise<Engine> {
  const engines: Engine[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [enginesExtensionPoint, { addEngine: engine => engines.push(engine) }],
    ],
    features: [
      infrastructureModuleTerraform,
      mockServices.rootConfig.factory({
        data: { infrastructure: { terraform } },
      }),
    ],
  });
  await backend.stop();
  expect(engines).toHaveLength(1);
  return engines[0];
}

it('says what is missing where there is no Terraform, and how to get it', async () => {
  const engine = await engineWith({ executable: 'no-such-terraform' });
  expect(engine.name).toBe('terraform');
  expect(await engine.unavailable()).toBe(
    'Terraform cannot run here: there is no no-such-terraform in the PATH. Install Terraform or OpenTofu 1.9 or later where the portal runs, or name it in infrastructure.terraform.executable.',
  );
});

it('does not run where nobody said what outlives the portal, and names the setting', async () => {
  // Answers as Terraform does, whatever it is asked.
  const executable = await program('{"terraform_version":"1.11.4"}');
  const engine = await engineWith({ executable });
  expect(await engine.unavailable()).toMatch(
    /set infrastructure.terraform.workFolder to a folder that outlives/,
  );
  const unfit = await engineWith({
    executable,
    workFolder: path.join(executable, 'below-a-file'),
  });
  expect(await unfit.unavailable()).toMatch(
    /workFolder is .*below-a-file, which cannot be written in \(ENOTDIR\)/,
  );
  const fit = await engineWith({
    executable,
    workFolder: path.join(path.dirname(executable), 'work', 'runs'),
  });
  expect(await fit.unavailable()).toBeUndefined();
});

it('says what is wrong with a program that is something else', async () => {
  const engine = await engineWith({ executable: 'false' });
  expect(await engine.unavailable()).toContain('false does not answer');
});

it('checks what an offering says', () => {
  const engine = new Bench(new StateServer()).engine();
  const check = (settings: JsonObject) => () => engine.checkSettings(settings);
  expect(check({ module: 'disk' })).not.toThrow();
  expect(check({ module: 'disk', version: '1.2.0' })).not.toThrow();
  expect(check({ module: 'disk', version: '2.0.0' })).toThrow(
    /wants version 2.0.0 of the Terraform module "disk", and .* holds 1.2.0/,
  );
  expect(check({ module: 'tape' })).toThrow(
    /the Terraform module "tape", which is not in/,
  );
  for (const module of ['../disk', '.', '', 'a/b']) {
    expect(check({ module })).toThrow(/module/);
  }
  expect(check({})).toThrow(/module/);
});
