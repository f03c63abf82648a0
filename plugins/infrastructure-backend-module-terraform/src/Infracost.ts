import type { PlanCost, RunTools } from '@waymark/plugin-infrastructure-node';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { TerraformSettings } from './config';
import type { TerraformPlan } from './planJson';

const run = promisify(execFile);
const patienceMs = 60_000;
const mostOutput = 32 * 1024 * 1024;

const amount = z.string().nullish();
/** The part of `infracost breakdown --format json` that is read here. */
const answerShape = z.object({
  currency: z.string(),
  timeGenerated: z.string(),
  projects: z.array(
    z.object({
      breakdown: z.object({
        resources: z.array(
          z.object({
            name: z.string(),
            monthlyCost: amount,
            costComponents: z
              .array(z.object({ name: z.string(), monthlyCost: amount }))
              .default([]),
            subresources: z
              .array(z.object({ name: z.string(), monthlyCost: amount }))
              .default([]),
          }),
        ),
      }),
    }),
  ),
});

const cents = (dollars: string) => Math.round(Number(dollars) * 100) / 100;
const shown = (address: string) => address.replace(/^module\.resource\./, '');

/** Reads what Infracost answers. @throws Error where it is not that */
function readCost(text: string): PlanCost {
  const { currency, timeGenerated, projects } = answerShape.parse(
    JSON.parse(text),
  );
  if (currency !== 'USD') {
    throw new Error(`its prices are in ${currency}, and not in US dollars`);
  }
  const resources = projects.flatMap(({ breakdown }) => breakdown.resources);
  return {
    source: `Infracost, ${timeGenerated.slice(0, 10)}`,
    lines: resources.flatMap(({ name, monthlyCost }) =>
      monthlyCost ? [{ title: shown(name), monthly: cents(monthlyCost) }] : [],
    ),
    byUse: resources.flatMap(({ name, costComponents, subresources }) =>
      [...costComponents, ...subresources]
        .filter(({ monthlyCost }) => !monthlyCost)
        .map(part => `${part.name} of ${shown(name)}`),
    ),
  };
}

/** Asks Infracost what a plan costs, where it is installed. Without it the price book says so alone. */
export class Infracost {
  readonly #settings: TerraformSettings['infracost'];

  constructor(settings: TerraformSettings['infracost']) {
    this.#settings = settings;
  }

  /**
   * What a plan costs; undefined where Infracost is not installed, or where it
   * does not answer, which the log of the run then says.
   *
   * @param folder - of the run, which is removed after it: a plan holds secrets
   */
  async price(
    plan: TerraformPlan,
    folder: string,
    tools: RunTools,
  ): Promise<PlanCost | undefined> {
    const file = path.join(folder, 'plan.json');
    await fs.writeFile(file, JSON.stringify(plan), { mode: 0o600 });
    try {
      const { stdout } = await run(
        this.#settings.executable,
        ['breakdown', '--path', file, '--format', 'json', '--no-color'],
        {
          cwd: folder,
          env: this.#environment(),
          timeout: patienceMs,
          maxBuffer: mostOutput,
          signal: tools.signal,
        },
      );
      return readCost(stdout);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      const reason = (error as { stderr?: string }).stderr?.trim();
      tools.log(
        `Infracost gave no price, so the price book counts alone: ${
          reason || (error as Error).message
        }`,
      );
      return undefined;
    } finally {
      await fs.rm(file, { force: true });
    }
  }

  #environment(): Record<string, string> {
    const { PATH = '', TMPDIR = '/tmp' } = process.env;
    const { apiKey, pricingApi } = this.#settings;
    return {
      PATH,
      TMPDIR,
      // It keeps settings of whoever logged in there; runs are all alike.
      HOME: '/nonexistent',
      INFRACOST_CURRENCY: 'USD',
      INFRACOST_SKIP_UPDATE_CHECK: 'true',
      INFRACOST_ENABLE_CLOUD: 'false',
      ...(apiKey && { INFRACOST_API_KEY: apiKey }),
      ...(pricingApi && { INFRACOST_PRICING_API_ENDPOINT: pricingApi }),
    };
  }
}
