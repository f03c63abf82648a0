import { z } from 'zod';

const named = z.object({ data: z.object({ id: z.string() }) });

/** A workspace, as far as it is read. */
export const workspaceShape = z.object({ data: z.object({ id: z.string() }) });

/** A version of a configuration, and where it is uploaded to. */
export const configurationShape = z.object({
  data: z.object({
    id: z.string(),
    attributes: z.object({
      status: z.string(),
      'upload-url': z.string().nullish(),
      'error-message': z.string().nullish(),
    }),
  }),
});

const runData = z.object({
  id: z.string(),
  attributes: z.object({
    status: z.string(),
    message: z.string().nullish(),
    'status-timestamps': z.record(z.string(), z.string().nullable()).nullish(),
  }),
  relationships: z.object({
    plan: named,
    apply: named.nullish(),
  }),
});

/** A run of Terraform. */
export type CloudRun = z.infer<typeof runData>;
export const runShape = z.object({ data: runData });
export const runsShape = z.object({ data: z.array(runData) });

/** A plan or an apply: where its log is. */
export const phaseShape = z.object({
  data: z.object({
    attributes: z.object({ 'log-read-url': z.string().nullish() }),
  }),
});

/** A state: where it lies. */
export const stateVersionShape = z.object({
  data: z.object({
    attributes: z.object({ 'hosted-state-download-url': z.string() }),
  }),
});
