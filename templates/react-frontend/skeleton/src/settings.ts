/** What differs between environments. One build runs in all of them. */
export type Settings = {
  environment: string;
  /** Where flags are evaluated, by OFREP; without it, all have their defaults. */
  flagsUrl?: string;
  /** Where reports of this page go; without it, nothing is sent. */
  reportsUrl?: string;
};

/** Holds every problem, so that one look shows them all. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`settings.json: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** @throws SettingsError with every problem found */
export function parseSettings(content: unknown): Settings {
  if (typeof content !== 'object' || content === null) {
    throw new SettingsError(['it must hold an object']);
  }
  const problems: string[] = [];
  const known = new Map(Object.entries(content as Record<string, unknown>));
  const take = (name: keyof Settings) => {
    const value = known.get(name);
    known.delete(name);
    if (value === undefined || typeof value === 'string') return value;
    problems.push(`${name} must be a text`);
    return undefined;
  };
  const address = (name: 'flagsUrl' | 'reportsUrl') => {
    const value = take(name);
    if (value === undefined || URL.canParse(value, 'https://here')) {
      return value;
    }
    problems.push(`${name} must be an address`);
    return undefined;
  };
  const environment = take('environment');
  if (!environment) problems.push('environment is missing');
  const flagsUrl = address('flagsUrl');
  const reportsUrl = address('reportsUrl');
  for (const name of known.keys()) problems.push(`${name} is unknown`);
  if (!environment || problems.length > 0) throw new SettingsError(problems);
  return {
    environment,
    ...(flagsUrl && { flagsUrl }),
    ...(reportsUrl && { reportsUrl }),
  };
}

/** Asks for the settings beside the page. */
export async function loadSettings(): Promise<Settings> {
  const response = await fetch('settings.json', { cache: 'no-store' });
  if (!response.ok) {
    throw new SettingsError([`the server answered ${response.status}`]);
  }
  return parseSettings(await response.json());
}
