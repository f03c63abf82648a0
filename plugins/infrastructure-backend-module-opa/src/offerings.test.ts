import type { JsonObject, JsonValue } from '@backstage/types';
import type { PolicyInput } from '@waymark/plugin-infrastructure-node';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { compiledFolder, policiesFolder } from './__testUtils__/compiledFolder';
import { question } from './__testUtils__/questions';
import { WasmPolicyEngine } from './WasmPolicyEngine';

const folder = path.resolve(policiesFolder, '../infrastructure/offerings');

type Offering = {
  metadata: { name: string; version: string };
  spec: {
    engine: { name: string };
    resourceType: string;
    parameters: { properties: Record<string, { default?: JsonValue }> };
  };
};

const offerings = readdirSync(folder)
  .map(file => parse(readFileSync(path.join(folder, file), 'utf8')) as Offering)
  .map(offering => [offering.metadata.name, offering] as const);

/** A request for an offering with nothing changed in its form. */
function untouched({ metadata, spec }: Offering): PolicyInput {
  const parameters: JsonObject = Object.fromEntries(
    Object.entries(spec.parameters.properties)
      .filter(([, field]) => field.default !== undefined)
      .map(([name, field]) => [name, field.default]),
  );
  return {
    ...question,
    offering: {
      ...metadata,
      engine: spec.engine.name,
      resourceType: spec.resourceType,
    },
    parameters,
  };
}

describe('what the offerings of this repository propose', () => {
  it.each(offerings)('is right for %s', async (_, offering) => {
    const engine = await WasmPolicyEngine.create(compiledFolder);
    const { results } = await engine.judge(untouched(offering));
    expect(results).toEqual([]);
  });

  it.each(offerings)('is right for %s in production', async (_, offering) => {
    const engine = await WasmPolicyEngine.create(compiledFolder);
    const { results } = await engine.judge({
      ...untouched(offering),
      environment: 'production',
      dataClass: 'confidential',
    });
    expect(results.map(({ rule }) => rule)).toEqual(['production-approval']);
  });

  it.each([
    ['s3-bucket', { encryption: 'none' }, 'encryption-at-rest'],
    ['rds-instance', { publicAccess: true }, 'no-public-access'],
    ['rds-instance', { region: 'us-east-1' }, 'approved-regions'],
    ['rds-instance', { size: 'db.m7g.large' }, 'approved-sizes'],
    ['rds-instance', { engineVersion: '14' }, 'approved-engines'],
    ['vpc-peering', { peerAccount: '999999999999' }, 'network-isolation'],
    ['security-group', { allowedCidrs: ['0.0.0.0/0'] }, 'network-isolation'],
  ])('%s with %j is denied', async (name, parameters, rule) => {
    const engine = await WasmPolicyEngine.create(compiledFolder);
    const offering = offerings.find(([one]) => one === name)?.[1];
    const asked = untouched(offering as Offering);
    const { results } = await engine.judge({
      ...asked,
      parameters: { ...asked.parameters, ...parameters },
    });
    expect(results).toEqual([
      expect.objectContaining({ rule, effect: 'deny' }),
    ]);
  });
});
