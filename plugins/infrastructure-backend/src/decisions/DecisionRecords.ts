import { ConflictError } from '@backstage/errors';
import type { Decision } from '@waymark/plugin-infrastructure-common';
import type { PolicyInput } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Cipher } from '../encryption/Cipher';

/** A decision and what policy was asked. */
export type DecisionRecord = {
  number: number;
  requestId: string;
  at: Date;
  stage: 'request' | 'plan';
  decision: Decision;
  question: PolicyInput;
};

type Row = {
  number: string;
  id: string;
  request_id: string;
  at: Date;
  stage: DecisionRecord['stage'];
  decision: Decision;
  sealed: Buffer;
};

const compress = promisify(gzip);
const expand = promisify(gunzip);

const purposeOf = (id: string) => `decision:${id}`;

/**
 * Keeps decisions with what they were made of. A plan may hold what nobody but
 * the rules should read, so it is encrypted.
 */
export class DecisionRecords {
  readonly #knex: Knex;
  readonly #cipher: Cipher;

  constructor(knex: Knex, cipher: Cipher) {
    this.#knex = knex;
    this.#cipher = cipher;
  }

  async add(
    tx: Knex.Transaction,
    record: Pick<DecisionRecord, 'requestId' | 'decision' | 'question'>,
  ): Promise<void> {
    const id = randomUUID();
    const clear = await compress(JSON.stringify(record.question));
    await tx('decision_records').insert({
      id,
      request_id: record.requestId,
      stage: record.question.stage,
      decision: JSON.stringify(record.decision),
      sealed: this.#cipher.encrypt(clear, purposeOf(id)),
    });
  }

  /** Those of a request, oldest first. */
  async ofRequest(requestId: string): Promise<DecisionRecord[]> {
    const rows = await this.#knex<Row>('decision_records')
      .where({ request_id: requestId })
      .orderBy('number');
    return Promise.all(rows.map(row => this.#open(row)));
  }

  /** Those of a period, oldest first. */
  async ofPeriod(of: {
    from: Date;
    to: Date;
    after: number;
    limit: number;
  }): Promise<DecisionRecord[]> {
    const rows = await this.#knex<Row>('decision_records')
      .where('at', '>=', of.from)
      .where('at', '<', of.to)
      .where('number', '>', of.after)
      .orderBy('number')
      .limit(of.limit);
    return Promise.all(rows.map(row => this.#open(row)));
  }

  async #open(row: Row): Promise<DecisionRecord> {
    const { id, request_id: requestId, at, stage, decision, sealed } = row;
    try {
      const clear = await expand(this.#cipher.decrypt(sealed, purposeOf(id)));
      const question = JSON.parse(clear.toString('utf8')) as PolicyInput;
      return {
        number: Number(row.number),
        requestId,
        at,
        stage,
        decision,
        question,
      };
    } catch (error) {
      throw new ConflictError(
        `What decision ${row.number} was made of cannot be read: ${
          (error as Error).message
        }`,
      );
    }
  }
}
