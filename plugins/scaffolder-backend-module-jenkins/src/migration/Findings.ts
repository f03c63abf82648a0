/** Code that was left out of the workflow. */
export type Untranslated = {
  /** The first line of the code, counted from 1. */
  line: number;
  code: string;
  why: string;
};

/** What a migration could not do, and what people have to do for it. */
export class Findings {
  readonly #untranslated = new Map<string, Untranslated>();
  readonly #secrets = new Map<string, string>();
  readonly #toDo = new Set<string>();

  leftOut(at: { line: number; source: string }, why: string): void {
    const code = at.source.split('\n')[0].trim();
    this.#untranslated.set(`${at.line} ${code}`, { line: at.line, code, why });
  }

  /**
   * @param credential - its id in Jenkins
   * @returns the expression that reads it
   */
  secret(credential: string, part = ''): string {
    const name = `${credential}${part && `_${part}`}`
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, '_')
      // Neither may a name begin with a digit, nor with what GitHub keeps for itself.
      .replace(/^(?=\d|GITHUB_)/, 'JENKINS_');
    this.#secrets.set(
      name,
      `${
        part ? `the ${part.toLowerCase()} of ` : ''
      }the credential ${credential}`,
    );
    return `\${{ secrets.${name} }}`;
  }

  toDo(what: string): void {
    this.#toDo.add(what);
  }

  get untranslated(): Untranslated[] {
    return [...this.#untranslated.values()].sort((a, b) => a.line - b.line);
  }

  get people(): string[] {
    const secrets = [...this.#secrets].map(
      ([name, what]) => `Create the secret \`${name}\`: ${what}.`,
    );
    return [...secrets, ...this.#toDo];
  }
}
