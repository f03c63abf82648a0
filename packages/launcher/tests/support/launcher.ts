import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { demoLoads } from '../../src/demo/background.ts';
import { remember } from '../../src/demo/memory.ts';
import { paths } from '../../src/paths.ts';
import { freePort } from '../../src/ports.ts';
import { beginWithKept } from './keptStart.ts';
import { Running } from './Running.ts';

/** A launcher in a data folder and on ports of its own, started as a person would. */
export class TestLauncher {
  readonly home: string;
  readonly port: number;
  readonly #children = new Set<ChildProcess>();

  private constructor(home: string, port: number) {
    this.home = home;
    this.port = port;
  }

  static async create(home?: string): Promise<TestLauncher> {
    return new TestLauncher(
      home ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-launcher-'))),
      await freePort(),
    );
  }

  /** One that takes the demo's year of facts, bills and services as loaded, and so brings none of it. */
  static async withoutDemo(): Promise<TestLauncher> {
    const launcher = await TestLauncher.create();
    const data = path.join(launcher.home, 'data');
    if (!(await beginWithKept(data))) await fs.mkdir(data);
    for (const load of demoLoads) {
      await remember(load, { until: Date.now(), loaded: true }, data);
    }
    return launcher;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Runs a launcher command; the result tells how it goes. */
  run(command: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--experimental-strip-types',
        path.join(paths.root, 'packages', 'launcher', 'src', 'main.ts'),
        command,
        ...args,
      ],
      {
        cwd: paths.root,
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          // Only a test portal records its routes.
          WAYMARK_ROUTES_FILE: '',
          WAYMARK_HOME: this.home,
          WAYMARK_PORT: String(this.port),
          WAYMARK_ISSUER_PORT: '',
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#children.add(child);
    return new Running(child);
  }

  /** Kills what still runs, lets the database end, and removes the data. */
  async dispose(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    const reset = this.run('reset', ['--data']);
    await reset.ended;
    await fs.rm(this.home, { recursive: true, force: true });
  }
}
