import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { having, type Repository } from './step.ts';

/** Whether a flag is on, as flags of a repository name their variants. */
export type Variant = 'on' | 'off';

type Definitions = { flags: Record<string, { defaultVariant: string }> };

/** What production says of flags: what its pods are given, or its parameter. */
const places = [
  path.join('deploy', 'kubernetes', 'overlays', 'production', 'flags.json'),
  path.join('infrastructure', 'environments', 'production.flags.json'),
];

async function placeOf(repository: Repository): Promise<string | undefined> {
  for (const place of places) {
    if (await having(place)(repository)) return place;
  }
  return undefined;
}

/** Whether a repository has flags that can be turned while it runs. */
export const hasFlags = async (repository: Repository) =>
  (await placeOf(repository)) !== undefined;

/**
 * The flags of a repository, all of which can be turned at once.
 *
 * @returns what says that they are of a variant
 */
export async function readFlags(
  repository: Repository,
): Promise<(variant: Variant) => string> {
  const place = await placeOf(repository);
  const definitions: Definitions = JSON.parse(
    await fs.readFile(path.join(repository.folder, place ?? ''), 'utf8'),
  );
  return variant => {
    for (const flag of Object.values(definitions.flags)) {
      flag.defaultVariant = variant;
    }
    return JSON.stringify(definitions);
  };
}

/** A file that says of all flags of a repository what they are. */
export class FlagsFile {
  readonly path: string;
  readonly #saying: (variant: Variant) => string;

  private constructor(file: string, saying: (variant: Variant) => string) {
    this.path = file;
    this.#saying = saying;
  }

  static async of(repository: Repository): Promise<FlagsFile> {
    return new FlagsFile(
      path.join(paths.home, 'templates', `${repository.name}-flags.json`),
      await readFlags(repository),
    );
  }

  async turn(variant: Variant): Promise<void> {
    // In one piece, as Kubernetes does it.
    await fs.writeFile(`${this.path}.next`, this.#saying(variant));
    await fs.rename(`${this.path}.next`, this.path);
  }
}
