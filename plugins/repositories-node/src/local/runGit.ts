import {
  execFile,
  spawn,
  type ChildProcessWithoutNullStreams,
} from 'node:child_process';

/** Git ended with something else than success. Its words may name paths: for logs only. */
export class GitFailure extends Error {
  readonly exitCode: number | undefined;
  readonly stderr: string;
  /** What it had written by then: some commands answer and fail at once. */
  readonly stdout: Buffer;

  constructor(options: {
    command: string;
    exitCode: number | undefined;
    stderr: string;
    stdout: Buffer;
    cause?: unknown;
  }) {
    super(
      `git ${options.command} failed${
        options.exitCode === undefined ? '' : ` with ${options.exitCode}`
      }: ${options.stderr.trim()}`,
      { cause: options.cause },
    );
    this.name = 'GitFailure';
    this.exitCode = options.exitCode;
    this.stderr = options.stderr;
    this.stdout = options.stdout;
  }
}

export type GitOptions = {
  /** The bare repository to work in. */
  repository: string;
  /** More environment, such as whom the commit is by. */
  env?: Record<string, string>;
  /** What it reads from its standard input. */
  input?: string | Buffer;
  /** The longest it may take, in milliseconds. */
  timeoutMs?: number;
};

const defaultTimeoutMs = 30_000;
const largestOutput = 64 * 1024 * 1024;

// What a machine's or a person's Git is set up to do must not happen here:
// no hooks, no signing, no helpers, no rewritten line ends, no questions.
const settings = {
  'core.hooksPath': '/dev/null',
  'core.autocrlf': 'false',
  'core.fsync': 'all',
  'commit.gpgSign': 'false',
  'gc.auto': '0',
  // The folder may belong to the user that a container's volume was made with.
  'safe.directory': '*',
};

function argumentsOf(repository: string, args: string[]): string[] {
  return [
    ...Object.entries(settings).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]),
    `--git-dir=${repository}`,
    ...args,
  ];
}

function environmentOf(env: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    ...env,
  };
}

/**
 * Runs Git to its end.
 *
 * @returns what it wrote to its standard output, at most 64 MiB
 * @throws GitFailure
 */
export function runGit(args: string[], options: GitOptions): Promise<Buffer> {
  const { repository, env, input, timeoutMs = defaultTimeoutMs } = options;
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      argumentsOf(repository, args),
      {
        env: environmentOf(env),
        encoding: 'buffer',
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: largestOutput,
      },
      (error, stdout, stderr) => {
        if (!error) {
          resolve(stdout);
          return;
        }
        const code: unknown = error.code;
        reject(
          new GitFailure({
            command: args.find(arg => !arg.startsWith('-')) ?? '',
            exitCode: typeof code === 'number' ? code : undefined,
            stderr: error.killed
              ? `it took longer than ${timeoutMs} ms or wrote too much`
              : stderr.toString('utf8') || error.message,
            stdout,
            cause: error,
          }),
        );
      },
    );
    // Git may end without having read all of it; how it ended says why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** Starts Git for the caller to talk with over its streams. It is killed when its time is over. */
export function spawnGit(
  args: string[],
  options: GitOptions,
): ChildProcessWithoutNullStreams {
  const { repository, env, timeoutMs = defaultTimeoutMs } = options;
  return spawn('git', argumentsOf(repository, args), {
    env: environmentOf(env),
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
}
