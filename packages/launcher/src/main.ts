import { showFailure } from './console/progress.ts';
import { LaunchFailure } from './failure.ts';

type Command = (args: string[]) => Promise<void>;

/** Loaded on demand: `reset` must work when no dependency is installed. */
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./commands/start.ts')).start,
  dev: async () => (await import('./commands/dev.ts')).dev,
  test: async () => (await import('./commands/test.ts')).test,
  reset: async () => (await import('./commands/reset.ts')).reset,
  policies: async () => (await import('./commands/policies.ts')).policies,
  dashboards: async () => (await import('./commands/dashboards.ts')).dashboards,
  templates: async () => (await import('./commands/templates.ts')).templates,
  drill: async () => (await import('./commands/drill.ts')).drill,
  token: async () => (await import('./commands/token.ts')).token,
};

async function main([name, ...args]: string[]): Promise<void> {
  const load = commands[name];
  if (!load) {
    throw new LaunchFailure(
      `There is no command called "${name}".`,
      `Try one of: ${Object.keys(commands).join(', ')}.`,
    );
  }
  await (
    await load()
  )(args);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  error => {
    showFailure(error);
    process.exit(1);
  },
);
