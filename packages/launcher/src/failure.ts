/**
 * A failure with its remedy: what was wrong in one sentence, and what the
 * person at the terminal can do about it.
 */
export class LaunchFailure extends Error {
  readonly remedy: string;

  constructor(problem: string, remedy: string) {
    super(problem);
    this.name = 'LaunchFailure';
    this.remedy = remedy;
  }
}
