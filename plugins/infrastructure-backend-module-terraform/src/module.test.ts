import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  enginesExtensionPoint,
  type Engine,
} from '@waymark/plugin-infrastructure-node';
import { Bench } from './__testUtils__/Bench';
import { StateServer } from './__testUtils__/StateServer';
import { infrastructureModuleTerraform } from './module';

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
