import fs from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../ports.ts';
import { anybody, askAws } from './awsService.ts';
import { RunningProgram } from './runningProgram.ts';

const service = {
  name: 'dynamodb',
  target: 'DynamoDB_20120810',
  json: '1.0',
} as const;

/** A DynamoDB on this machine, in memory. */
export class DynamoDb {
  readonly #program: RunningProgram;
  readonly #url: string;

  private constructor(program: RunningProgram, url: string) {
    this.#program = program;
    this.#url = url;
  }

  /** @param jars - the folder with its class path */
  static async start(jars: string, folder: string): Promise<DynamoDb> {
    await fs.mkdir(folder, { recursive: true });
    const port = String(await freePort());
    const program = new RunningProgram(
      'DynamoDB',
      'java',
      [
        `-Djava.library.path=${jars}`,
        ...['-Xmx256m', '-cp', path.join(jars, '*')],
        'com.amazonaws.services.dynamodbv2.local.main.ServerRunner',
        ...['-inMemory', '-disableTelemetry', '-port', port],
      ],
      { cwd: folder },
    );
    const database = new DynamoDb(program, `http://127.0.0.1:${port}`);
    await program.until('it answers', () =>
      database.#ask('ListTables', {}).then(
        () => true,
        () => false,
      ),
    );
    return database;
  }

  /** What a client of AWS finds it by; it takes any credentials. */
  get settings(): NodeJS.ProcessEnv {
    return { ...anybody, AWS_ENDPOINT_URL_DYNAMODB: this.#url };
  }

  #ask(action: string, input: object): Promise<Record<string, unknown>> {
    return askAws(this.#url, service, action, input);
  }

  /** A table whose items lie under a collection and a key, both text. */
  async makeTable(name: string): Promise<void> {
    const keys = { collection: 'HASH', key: 'RANGE' };
    await this.#ask('CreateTable', {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: Object.keys(keys).map(key => ({
        AttributeName: key,
        AttributeType: 'S',
      })),
      KeySchema: Object.entries(keys).map(([key, type]) => ({
        AttributeName: key,
        KeyType: type,
      })),
    });
  }

  /** How many items a table has. */
  async count(table: string): Promise<unknown> {
    const { Count } = await this.#ask('Scan', {
      TableName: table,
      Select: 'COUNT',
    });
    return Count;
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}
