import { mockServices } from '@backstage/backend-test-utils';
import type { Engine, PolicyEngine } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import path from 'node:path';
import { AuditTrail } from '../audit/AuditTrail';
import { ComplianceWatch } from '../compliance/ComplianceWatch';
import { JudgementStore } from '../compliance/JudgementStore';
import { ExceptionStore } from '../decisions/ExceptionStore';
import { Cipher } from '../encryption/Cipher';
import { Offerings } from '../offerings/Offerings';
import { PriceBook } from '../offerings/PriceBook';
import { StateService } from '../state/StateService';
import { StateStore } from '../state/StateStore';

const folder = (name: string) => path.join(__dirname, name);

/** Judges what exists, as one of the portal's replicas does. */
export async function complianceWatch(options: {
  knex: Knex;
  engine: Engine;
  policy: PolicyEngine;
  now?: () => Date;
}): Promise<ComplianceWatch> {
  const { knex, engine, policy, now = () => new Date() } = options;
  return ComplianceWatch.create({
    knex,
    audit: new AuditTrail(knex),
    exceptions: new ExceptionStore(knex),
    judgements: new JudgementStore(knex),
    logger: mockServices.logger.mock(),
    offerings: await Offerings.read({
      folder: folder('offerings'),
      prices: await PriceBook.read(folder('prices')),
      engines: new Map([['test', engine]]),
    }),
    policy,
    states: StateService.create({
      store: new StateStore(knex),
      cipher: new Cipher([{ id: 'test', secret: 'for tests alone' }]),
    }),
    now,
  });
}
