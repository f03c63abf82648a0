import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { apiErrors, parseManifests } from '../../src/kubernetes/manifests.ts';
import { modulesFolder, offerings, readModuleFile } from './shipped.ts';

const module = 'kubernetes-namespace';
const folder = path.join(modulesFolder, module, 'manifests');
const values: Record<string, string> = {
  name: 'orders',
  environment: 'staging',
  owner: 'ledger',
  tagLabels: '{ waymark.dev/team: ledger }',
  tagAnnotations: '{ waymark.dev/team: ledger }',
  cpu: '4',
  memoryGb: '8',
  pods: '30',
};

const text = fs
  .readdirSync(folder)
  .sort()
  .map(file => fs.readFileSync(path.join(folder, file), 'utf8'))
  .join('\n---\n');
const used = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, key]) => key));
const rendered = parseManifests(
  text
    // The engine merges what stands there.
    .replace('<<: ${tagLabels}', 'waymark.dev/team: ledger')
    .replace(/\$\{(\w+)\}/g, (_, key) => values[key] ?? `no ${key}`),
);

describe('the manifests of a namespace', () => {
  it('are what the Kubernetes API accepts', async () => {
    assert.ok(rendered.length > 5);
    assert.deepEqual(await apiErrors(rendered), []);
  });

  it('use what the form asks for and the platform gives, and document it', () => {
    const readme = readModuleFile(module, 'README.md');
    const [offering] = offerings().filter(
      ({ spec }) => spec.engine.settings.module === module,
    );
    const asked = Object.keys(offering.spec.parameters.properties);
    assert.deepEqual([...used].sort(), Object.keys(values).sort());
    assert.deepEqual(
      asked.filter(name => !used.has(name)),
      [],
    );
    assert.deepEqual(
      [...used].filter(name => !readme.includes(`\`\${${name}}\``)),
      [],
    );
  });

  it('all go into the namespace, which lets in nobody from outside', () => {
    const [namespace] = rendered.filter(({ kind }) => kind === 'Namespace');
    for (const { kind, metadata } of rendered) {
      if (kind !== 'Namespace') {
        assert.equal(metadata.namespace, namespace.metadata.name, kind);
      }
    }
    const closed = rendered.find(({ metadata }) => metadata.name === 'closed');
    assert.deepEqual(closed?.spec, {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });
});
