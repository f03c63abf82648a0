import { spawn } from 'node:child_process';
import { listener, say } from '../console/progress.ts';
import { paths } from '../paths.ts';
import { add, none, truthful, type Counts } from './counts.ts';
import type { Runner } from './runners.ts';

/** One part of `npm test`. */
export type Phase = {
  name: string;
  /** How many of the machine's cores it keeps busy. */
  cores: number;
  /** Runs the part; answers whether it passed, and what it counted. */
  run(): Promise<PhaseResult>;
};

export type PhaseResult = {
  passed: boolean;
  counts: Counts;
  /** What failed, each in a few lines that are enough to begin with. */
  failures: string[];
};

/** What several runs come to, taken as one part. */
export function together(results: PhaseResult[]): PhaseResult {
  return {
    passed: results.every(({ passed }) => passed),
    counts: results.map(({ counts }) => counts).reduce(add, none),
    failures: results.flatMap(({ failures }) => failures),
  };
}

/** How a part of `npm test` ended, and how long it took. */
export type Finished = PhaseResult & { name: string; seconds: number };

/** Lines shown again of a tool that failed and counts no tests. */
const tail = 20;

function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-tail).join('\n');
}

/** Runs a tool, shows what it prints, and reads in it how its tests ended. */
export function tool(
  program: string,
  args: string[],
  options: {
    env?: NodeJS.ProcessEnv;
    runner?: Runner;
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
    child.once('close', code => {
      const passed = code === 0;
      const named = options.runner?.failures(output) ?? [];
      resolve({
        passed,
        counts: options.runner?.counts(output) ?? none,
        failures: passed || named.length ? named : [lastLines(output)],
      });
    });
  });
}

/** Runs one part, with a headline before and its time after. */
export async function runPhase(phase: Phase): Promise<Finished> {
  say(`\n── ${phase.name} ${'─'.repeat(Math.max(0, 70 - phase.name.length))}`);
  const started = performance.now();
  const result = await phase.run().catch(error => {
    const reason = (error instanceof Error && error.stack) || String(error);
    say(reason);
    return { passed: false, counts: none, failures: [reason] };
  });
  return {
    ...result,
    counts: truthful(result.passed, result.counts),
    name: phase.name,
    seconds: (performance.now() - started) / 1000,
  };
}
