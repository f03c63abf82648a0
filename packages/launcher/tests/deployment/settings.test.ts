import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { readEnvFile, readText } from './files.ts';

const compose: {
  services: { portal: { environment: Record<string, string> } };
} = parse(readText('docker', 'compose.yaml'));
const configMap: { data: Record<string, string> } = parse(
  readText('docker', 'kubernetes', 'base', 'settings.yaml'),
);
const secrets = readEnvFile('docker', 'kubernetes', 'secrets.env.example');

const byCompose = new Set([
  ...Object.keys(compose.services.portal.environment),
  ...readEnvFile('docker', '.env.example').keys(),
]);
const byKubernetes = new Set([
  ...Object.keys(configMap.data),
  ...secrets.keys(),
]);

describe('the settings of a deployment', () => {
  it('are the same with compose and with Kubernetes', () => {
    assert.deepEqual([...byCompose].sort(), [...byKubernetes].sort());
  });

  it('are settings that the production configuration reads', () => {
    const config = readText('app-config.production.yaml');
    const read = [...config.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    assert.deepEqual(
      [...byKubernetes].filter(name => !read.includes(name)),
      [],
    );
  });

  it('keep what is secret out of the ConfigMap', () => {
    for (const name of Object.keys(configMap.data)) {
      assert.doesNotMatch(name, /SECRET|PASSWORD|TOKEN|KEY/);
    }
    for (const value of secrets.values()) assert.equal(value, '');
  });
});
