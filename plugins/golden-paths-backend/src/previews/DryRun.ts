import type { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import type { PreviewRequest } from '@waymark/plugin-golden-paths-common';

/** A file with its path relative to the folder it came from. */
export type SourceFile = { path: string; content: Buffer };

/** What a dry run left in its folder, and what became of its steps. */
export type DryRunResult = {
  files: SourceFile[];
  steps: Array<{ stepId: string; message: string }>;
};

/** Runs a template without touching anything outside a folder of its own. */
export interface DryRun {
  /**
   * @throws InputError when the values do not fit, or a step fails
   * @throws ServiceUnavailableError when nobody answers in time
   */
  run(request: {
    template: TemplateEntityV1beta3;
    values: PreviewRequest['values'];
    files: SourceFile[];
  }): Promise<DryRunResult>;
}
