import fs from 'node:fs/promises';
import { freePort } from '../ports.ts';
import { anybody, askAws } from './awsService.ts';
import { RunningProgram } from './runningProgram.ts';

const service = { name: 'ssm', target: 'AmazonSSM', json: '1.1' } as const;

/** Stands in for the parameters of AWS Systems Manager: Moto, on this machine. */
export class ParameterStore {
  readonly #program: RunningProgram;
  readonly #url: string;

  private constructor(program: RunningProgram, url: string) {
    this.#program = program;
    this.#url = url;
  }

  /** @param moto - the program that listens */
  static async start(moto: string, folder: string): Promise<ParameterStore> {
    await fs.mkdir(folder, { recursive: true });
    const port = String(await freePort());
    const program = new RunningProgram(
      'Moto',
      moto,
      ['-H', '127.0.0.1', '-p', port],
      { cwd: folder, env: { ...process.env, ...anybody } },
    );
    const url = `http://127.0.0.1:${port}`;
    await program.untilAnswers(`${url}/moto-api/data.json`);
    return new ParameterStore(program, url);
  }

  /** What a client of AWS finds it by; it takes any credentials. */
  get settings(): NodeJS.ProcessEnv {
    return { ...anybody, AWS_ENDPOINT_URL_SSM: this.#url };
  }

  /** Has a parameter say something, encrypted as the repository has it. */
  async put(name: string, value: string): Promise<void> {
    await askAws(this.#url, service, 'PutParameter', {
      Name: name,
      Value: value,
      Type: 'SecureString',
      Overwrite: true,
    });
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}
