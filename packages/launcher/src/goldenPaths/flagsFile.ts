import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import type { Repository } from './step.ts';

type Definitions = { flags: Record<string, { defaultVariant: string }> };

/** What production says of flags, which is what the pods are given. */
export const flagsOfProduction = [
  ...['deploy', 'kubernetes', 'overlays', 'production', 'flags.json'],
];

/** A copy of a repository's flags, all of which can be turned at once. */
export class FlagsFile {
  readonly path: string;
  readonly #definitions: Definitions;

  private constructor(file: string, definitions: Definitions) {
    this.path = file;
    this.#definitions = definitions;
  }

  static async of({ folder, name }: Repository): Promise<FlagsFile> {
    return new FlagsFile(
      path.join(paths.home, 'templates', `${name}-flags.json`),
      JSON.parse(
        await fs.readFile(path.join(folder, ...flagsOfProduction), 'utf8'),
      ),
    );
  }

  async turn(variant: 'on' | 'off'): Promise<void> {
    for (const flag of Object.values(this.#definitions.flags)) {
      flag.defaultVariant = variant;
    }
    // In one piece, as Kubernetes does it.
    await fs.writeFile(`${this.path}.next`, JSON.stringify(this.#definitions));
    await fs.rename(`${this.path}.next`, this.path);
  }
}
