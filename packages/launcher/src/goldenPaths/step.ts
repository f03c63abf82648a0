import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { runLogged } from '../toolchain/run.ts';
import type { Answers, Template } from './template.ts';

const execute = promisify(execFile);

/** A repository that a template was rendered into. */
export type Repository = {
  /** For logs: the template and which answers it was given. */
  name: string;
  folder: string;
  template: Template;
  answers: Answers;
};

/** A program that a step runs, and what it says its version is. */
export type Tool = { program: string; version: string };

/** What is looked at in a repository. */
export type Step = {
  name: string;
  /** Whether it takes minutes, or needs installed dependencies: `npm test` leaves it out. */
  builds: boolean;
  /** Brings what the step needs; a failure names what cannot be had here. */
  tools?: (repository: Repository) => Promise<Tool[]>;
  /** Whether a repository has what the step looks at. */
  applies(repository: Repository): Promise<boolean>;
  /** Fails with what was wrong. */
  run(repository: Repository, tools: Tool[]): Promise<void>;
};

/** A program with its version, which stands somewhere in what it prints. */
export async function asTool(
  name: string,
  program: string,
  args: string[] = ['--version'],
): Promise<Tool> {
  const { stdout, stderr } = await execute(program, args);
  const version = /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0];
  return { program, version: `${name} ${version ?? 'of unknown version'}` };
}

/** Runs a tool in a repository; what it printed is in a log of the step's name. */
export function runIn(
  repository: Repository,
  step: string,
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  return runLogged(`${repository.name}-${step}`, program, args, {
    cwd: repository.folder,
    env: { ...process.env, ...env },
    remedy: 'Correct the template.',
  });
}

/** Whether a repository has a file or folder. */
export async function has(
  { folder }: Repository,
  ...parts: string[]
): Promise<boolean> {
  return fs.stat(path.join(folder, ...parts)).then(
    () => true,
    () => false,
  );
}

/** Whether a repository holds a service that waits for events, and has no API of its own. */
export const takesEvents = ({ template }: Repository) =>
  template.constants.serves === 'events';

/** Whether a repository holds a pipeline of data, which runs by itself. */
export const makesData = ({ template }: Repository) =>
  template.constants.serves === 'data';

/** Whether a repository holds a website, which is files without a process. */
export const isWebsite = ({ template }: Repository) =>
  template.constants.serves === 'pages';

/** A condition for steps that look at one file or folder. */
export const having =
  (...parts: string[]) =>
  (repository: Repository) =>
    has(repository, ...parts);
