import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../ports.ts';
import { RunningProgram } from './runningProgram.ts';

const execute = promisify(execFile);

/** A real Kafka: one broker that is its own controller, with its data in a folder of tests. */
export class Broker {
  readonly address: string;
  readonly #jars: string;
  readonly #program: RunningProgram;

  private constructor(address: string, jars: string, program: RunningProgram) {
    this.address = address;
    this.#jars = jars;
    this.#program = program;
  }

  /** @param jars - the folder with its class path */
  static async start(jars: string, folder: string): Promise<Broker> {
    const address = `127.0.0.1:${await freePort()}`;
    const controller = `127.0.0.1:${await freePort()}`;
    const properties = path.join(folder, 'kafka.properties');
    const data = path.join(folder, 'kafka');
    await fs.rm(data, { recursive: true, force: true });
    await fs.writeFile(
      properties,
      Object.entries({
        'process.roles': 'broker,controller',
        'node.id': 1,
        listeners: `PLAINTEXT://${address},CONTROLLER://${controller}`,
        'controller.listener.names': 'CONTROLLER',
        'controller.quorum.bootstrap.servers': controller,
        'log.dirs': data,
        'auto.create.topics.enable': false,
        'offsets.topic.replication.factor': 1,
        'offsets.topic.num.partitions': 1,
        'transaction.state.log.replication.factor': 1,
        'transaction.state.log.min.isr': 1,
        'group.initial.rebalance.delay.ms': 0,
      })
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    );
    const classPath = path.join(jars, '*');
    const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
    await execute('java', [
      ...['-cp', classPath, 'kafka.tools.StorageTool', 'format'],
      ...['--standalone', '--cluster-id', id.toString('base64url')],
      ...['--config', properties],
    ]);
    const program = new RunningProgram(
      'Kafka',
      'java',
      ['-Xmx256m', '-cp', classPath, 'kafka.Kafka', properties],
      { cwd: folder },
    );
    await program.until('it has started', () =>
      program.errors.includes('Kafka Server started'),
    );
    return new Broker(address, jars, program);
  }

  /** The next messages of a topic with their headers, as Kafka's own tool shows them. */
  async read(topic: string, messages: number): Promise<string[]> {
    const { stdout } = await execute('java', [
      ...['-cp', path.join(this.#jars, '*')],
      'org.apache.kafka.tools.consumer.ConsoleConsumer',
      ...['--bootstrap-server', this.address, '--topic', topic],
      ...['--from-beginning', '--max-messages', String(messages)],
      ...['--timeout-ms', '30000', '--formatter-property'],
      'print.headers=true',
    ]);
    return stdout.trim().split('\n');
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}
