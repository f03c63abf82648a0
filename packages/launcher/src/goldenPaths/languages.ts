import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { asTool, has, type Repository, type Tool } from './step.ts';

const execute = promisify(execFile);

type Command = { program: string; args: string[]; env?: NodeJS.ProcessEnv };

/** What a service is made of, listed by what builds it. */
export type PartsList = {
  /** As the pipeline has it made. */
  list: Command;
  /** Where that is: a document of CycloneDX. */
  file: string;
  /** The parts that are in what was built, as `name-version`. */
  shipped(repository: Repository): Promise<string[]>;
};

/** How repositories of one language are worked with: the commands that their README names. */
export type Language = {
  name: string;
  /** The file by which a repository is of this language. */
  marker: string;
  tools(): Promise<Tool[]>;
  install: Command;
  /** Absent where nothing is compiled. */
  build?: Command;
  test: Command;
  lint: Command[];
  /** Absent where files of the repository name all that is in it. */
  parts?: PartsList;
  /** Starts the service; the program is relative to the repository. */
  start: Command;
};

const make = (target: string): Command => ({ program: 'make', args: [target] });

/** The libraries in the jar of a service. */
async function librariesOf({ folder }: Repository): Promise<string[]> {
  const { stdout } = await execute(
    'jar',
    ['--list', '--file', path.join('target', 'service.jar')],
    { cwd: folder },
  );
  return (
    stdout
      .split('\n')
      .flatMap(
        entry => /^BOOT-INF\/lib\/(.+)\.jar$/.exec(entry)?.slice(1) ?? [],
      )
      // Put there by what packs the jar, to unpack it again: no dependency, so Maven lists it nowhere.
      .filter(library => !library.startsWith('spring-boot-jarmode-tools-'))
  );
}

const languages: Language[] = [
  {
    name: 'Node.js',
    marker: 'package.json',
    tools: async () => [
      await asTool('Node.js', process.execPath),
      await asTool('npm', 'npm'),
    ],
    install: { program: 'npm', args: ['ci', '--no-audit', '--no-fund'] },
    build: { program: 'npm', args: ['run', 'build'] },
    test: { program: 'npm', args: ['test'] },
    lint: [
      { program: 'npm', args: ['run', 'lint'] },
      { program: 'npm', args: ['run', 'typecheck'] },
    ],
    start: { program: process.execPath, args: ['dist/main.js'] },
  },
  {
    name: 'Go',
    marker: 'go.mod',
    tools: async () => [await asTool('Go', 'go', ['version'])],
    install: { program: 'go', args: ['mod', 'download'] },
    build: make('build'),
    test: make('test'),
    lint: [make('lint')],
    start: { program: path.join('bin', 'service'), args: [] },
  },
  {
    name: 'Python',
    marker: 'pyproject.toml',
    tools: async () => [await asTool('Python', 'python3')],
    install: make('install'),
    test: make('test'),
    lint: [make('lint')],
    start: {
      program: path.join('.venv', 'bin', 'python'),
      args: ['-m', 'service'],
      env: { PYTHONPATH: 'src' },
    },
  },
  {
    name: 'Java',
    marker: 'pom.xml',
    tools: async () => [
      await asTool('Java', 'java'),
      await asTool('Maven', 'mvn'),
    ],
    install: make('install'),
    build: make('build'),
    test: make('test'),
    lint: [make('lint')],
    // The parent of pom.xml names most versions.
    parts: {
      list: {
        program: './mvnw',
        args: [
          ...['--batch-mode', '--no-transfer-progress'],
          'org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom',
          '-DoutputFormat=json',
        ],
      },
      file: path.join('target', 'bom.json'),
      shipped: librariesOf,
    },
    start: {
      program: path.join('/usr', 'bin', 'env'),
      args: ['java', '-jar', path.join('target', 'service.jar')],
    },
  },
];

/** The language of a repository. */
export async function languageOf(
  repository: Repository,
): Promise<Language | undefined> {
  for (const language of languages) {
    if (await has(repository, language.marker)) return language;
  }
  return undefined;
}
