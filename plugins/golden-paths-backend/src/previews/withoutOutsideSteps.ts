import type { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import type { PreviewLogEntry } from '@waymark/plugin-golden-paths-common';

/**
 * The actions that do nothing but bring files into the task's own folder. Some
 * others can be dry-run too, but read with the portal's own rights or reach
 * other systems; a preview has no need of them.
 */
const actionsThatStayInside = new Set([
  'fetch:plain',
  'fetch:plain:file',
  'fetch:template',
  'fetch:template:file',
  'fs:delete',
  'fs:readdir',
  'fs:rename',
  'golden-path:render',
  'workspace:template',
  'workspace:template:file',
]);

/**
 * The template with only those steps that write files, and word of the others.
 * Its output is left out as well: it tells of what the other steps did.
 */
export function withoutOutsideSteps(template: TemplateEntityV1beta3): {
  previewed: TemplateEntityV1beta3;
  skipped: PreviewLogEntry[];
} {
  const steps = template.spec.steps.map((step, index) => ({
    ...step,
    id: step.id ?? `step-${index + 1}`,
  }));
  return {
    previewed: {
      ...template,
      spec: {
        ...template.spec,
        steps: steps.filter(({ action }) => actionsThatStayInside.has(action)),
        output: {},
      },
    },
    skipped: steps
      .filter(step => !actionsThatStayInside.has(step.action))
      // What cleans up after a failure is no part of what is going to happen.
      .filter(step => !String(step.if).includes('failure()'))
      .map(step => ({
        stepId: step.id,
        status: 'skipped',
        message: `${step.name ?? step.id} (${
          step.action
        }) runs only when you create`,
      })),
  };
}
