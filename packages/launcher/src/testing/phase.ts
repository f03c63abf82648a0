import { spawn } from 'node:child_process';
import { listener, say } from '../console/progress.ts';
import { paths } from '../paths.ts';
import { none, truthful, type Counts } from './counts.ts';

/** One part of `npm test`. */
export type Phase = {
  name: string;
  /** How many of the machine's cores it keeps busy. */
  cores: number;
  /** Runs the part; answers whether it passed, and what it counted. */
  run(): Promise<PhaseResult>;
};

export type PhaseResult = { passed: boolean; counts: Counts };

/** How a part of `npm test` ended, and how long it took. */
export type Finished = PhaseResult & { name: string; seconds: number };

/** Runs a tool, shows what it prints, and counts its tests. */
export function tool(
  program: string,
  args: string[],
  options: {
    env?: NodeJS.ProcessEnv;
    count?: (output: string) => Counts;
  } = {},
): Promise<PhaseResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: paths.root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const hear = listener();
    const note = (text: string) => {
      output += text;
      hear(text);
    };
    child.stdout.setEncoding('utf8').on('data', note);
    child.stderr.setEncoding('utf8').on('data', note);
    child.once('error', reject);
    child.once('close', code =>
      resolve({
        passed: code === 0,
        counts: options.count?.(output) ?? none,
      }),
    );
  });
}

/** Runs one part, with a headline before and its time after. */
export async function runPhase(phase: Phase): Promise<Finished> {
  say(`\n── ${phase.name} ${'─'.repeat(Math.max(0, 70 - phase.name.length))}`);
  const started = performance.now();
  const result = await phase.run().catch(error => {
    say(error instanceof Error ? error.stack : String(error));
    return { passed: false, counts: none };
  });
  return {
    passed: result.passed,
    counts: truthful(result.passed, result.counts),
    name: phase.name,
    seconds: (performance.now() - started) / 1000,
  };
}
