import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  policyExtensionPoint,
  type PolicyEngine,
} from '@waymark/plugin-infrastructure-node';
import { question } from './__testUtils__/questions';
import { OpaServerPolicyEngine } from './OpaServerPolicyEngine';
import { infrastructureModuleOpa } from './module';

async function engineWith(infrastructure: object) {
  const engines: PolicyEngine[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'infrastructure',
    register(env) {
      env.registerExtensionPoint(policyExtensionPoint, {
        setPolicyEngine: engine => engines.push(engine),
      });
      env.registerInit({ deps: {}, init: async () => undefined });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      infrastructureModuleOpa,
      mockServices.rootConfig.factory({ data: { infrastructure } }),
    ],
  });
  await backend.stop();
  return engines;
}

describe('infrastructureModuleOpa', () => {
  it('brings the rules of this repository', async () => {
    const [engine, ...others] = await engineWith({});
    expect(others).toEqual([]);
    expect((await engine.judge(question)).results).toEqual([]);
  });

  it('asks a server where one is configured', async () => {
    const [engine] = await engineWith({
      policy: { opa: { url: 'https://opa.example.com' } },
    });
    expect(engine).toBeInstanceOf(OpaServerPolicyEngine);
  });
});
