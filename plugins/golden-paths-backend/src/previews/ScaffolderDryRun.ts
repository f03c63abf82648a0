import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import type { DryRun, DryRunResult } from './DryRun';

const timeoutMs = 30_000;

const resultSchema = z.object({
  log: z.array(
    z.object({
      body: z.object({
        message: z.string(),
        stepId: z.string().optional(),
        status: z.string().optional(),
      }),
    }),
  ),
  directoryContents: z.array(
    z.object({ path: z.string(), base64Content: z.string() }),
  ),
});

const invalidValuesSchema = z.object({
  errors: z.array(z.object({ property: z.string(), message: z.string() })),
});

const failureSchema = z.object({ error: z.object({ message: z.string() }) });

type DryRunRequest = Parameters<DryRun['run']>[0];

/**
 * Asks the scaffolder for a dry run, with the portal's own rights: a dry run
 * executes whatever it is handed, so people are not given that permission.
 * Callers hand it templates of the catalog only.
 */
export class ScaffolderDryRun implements DryRun {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #logger: LoggerService;

  private constructor(options: DryRunOptions) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
    this.#logger = options.logger;
  }

  static create(options: DryRunOptions): ScaffolderDryRun {
    return new ScaffolderDryRun(options);
  }

  async run(request: DryRunRequest): Promise<DryRunResult> {
    const response = await this.#post(request);
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw toError(response.status, body, request);
    const { log, directoryContents } = resultSchema.parse(body);
    return {
      files: directoryContents.map(file => ({
        path: file.path,
        content: Buffer.from(file.base64Content, 'base64'),
      })),
      steps: log.flatMap(({ body: { stepId, status, message } }) =>
        stepId && status === 'completed' ? [{ stepId, message }] : [],
      ),
    };
  }

  async #post({ template, values, files }: DryRunRequest): Promise<Response> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    const baseUrl = await this.#discovery.getBaseUrl('scaffolder');
    try {
      return await fetch(`${baseUrl}/v2/dry-run`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          template,
          values,
          directoryContents: files.map(file => ({
            path: file.path,
            base64Content: file.content.toString('base64'),
          })),
        }),
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      this.#logger.warn(
        `No preview of ${stringifyEntityRef(template)}: ${error}`,
      );
      throw new ServiceUnavailableError(
        isError(error) && error.name === 'TimeoutError'
          ? `The preview was not ready within ${
              timeoutMs / 1000
            } seconds. Try again in a moment.`
          : 'The scaffolder does not answer. Try again in a moment.',
      );
    }
  }
}

type DryRunOptions = {
  auth: AuthService;
  discovery: DiscoveryService;
  logger: LoggerService;
};

function toError(
  status: number,
  body: unknown,
  { template }: DryRunRequest,
): Error {
  const invalid = invalidValuesSchema.safeParse(body);
  if (invalid.success) {
    return new InputError(
      `The values do not fit the form: ${invalid.data.errors
        .map(problem =>
          `${problem.property.replace(/^instance\.?/, '')} ${
            problem.message
          }`.trim(),
        )
        .join('; ')}`,
    );
  }
  if (status === 429 || status === 503) {
    return new ServiceUnavailableError(
      'The scaffolder has no time for a preview now. Try again in a moment.',
    );
  }
  const failure = failureSchema.safeParse(body);
  const reason = failure.success
    ? failure.data.error.message
    : `HTTP ${status}`;
  return new InputError(
    `${stringifyEntityRef(template)} cannot be rendered: ${reason}. ${
      template.spec.owner ?? 'Its owner'
    } can repair it.`,
  );
}
