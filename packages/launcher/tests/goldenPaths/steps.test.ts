import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { Repository } from '../../src/goldenPaths/step.ts';
import { steps } from '../../src/goldenPaths/steps.ts';
import {
  readTemplates,
  renderTemplate,
} from '../../src/goldenPaths/template.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-golden-path-'));
after(() => fs.rmSync(folder, { recursive: true }));

/** A repository as a golden path makes it. */
async function render(name: string): Promise<Repository> {
  const [template] = await readTemplates(name);
  const answers = template.answers.ordinary;
  await renderTemplate(template, answers, folder);
  return { name: `${name}-broken`, folder, template, answers };
}

type Mistake = {
  /** The golden path whose repositories have what the step looks at. */
  template?: string;
  file: string;
  from: string;
  to: string;
};

/** For each step: a mistake that somebody could make in a template. */
const mistakes: Record<string, Mistake | Mistake[]> = {
  Manifests: [
    {
      file: 'deploy/kubernetes/base/deployment.yaml',
      from: 'readinessProbe:',
      to: 'readynessProbe:',
    },
    // In no overlay, until somebody chooses it.
    {
      file: 'deploy/kubernetes/components/blue-green/rollout.yaml',
      from: 'previewService:',
      to: 'previewsService:',
    },
    {
      file: 'deploy/kubernetes/components/blue-green/preview.yaml',
      from: '-preview',
      to: '-previews',
    },
    {
      file: 'deploy/argocd/applications.yaml',
      from: 'subscribe.on-deployed.waymark',
      to: 'subscribe.on-deployed.portal',
    },
    {
      file: 'deploy/argocd/applications.yaml',
      from: 'overlays/production',
      to: 'overlays/live',
    },
  ],
  Dockerfile: {
    file: 'Dockerfile',
    from: 'golang:1.26.8-bookworm',
    to: 'golang:latest',
  },
  Workflows: {
    file: '.github/workflows/ci.yaml',
    from: 'needs: [check, security]',
    to: 'needs: [check, sekurity]',
  },
  Alerts: [
    {
      file: 'deploy/monitoring/alerts.yaml',
      from: '> 14.4 * 0.005',
      to: '> 144 * 0.005',
    },
    {
      file: 'docs/operations.md',
      from: '### Requests are slow',
      to: '### Requests take long',
    },
    // One look that failed would wake somebody.
    {
      template: 'react-frontend',
      file: 'deploy/monitoring/alerts.yaml',
      from: 'for: 2m',
      to: 'for: 0m',
    },
    // A website that nobody looks at would pass for one that is there.
    {
      template: 'react-frontend',
      file: 'deploy/monitoring/alerts.yaml',
      from: 'absent(min(up',
      to: 'absent(min(probe_duration_seconds',
    },
  ],
  'On call': [
    {
      file: 'deploy/monitoring/routing.yaml',
      from: 'severity="page"',
      to: 'severity="critical"',
    },
    {
      file: 'deploy/monitoring/routing.yaml',
      from: '"ledger"',
      to: '"ledgers"',
    },
    {
      file: 'deploy/monitoring/routing.yaml',
      from: 'service="payments-ledger"',
      to: 'severity!=""',
    },
  ],
  Dashboard: {
    file: 'deploy/monitoring/dashboard.json',
    from: 'histogram_quantile(',
    to: 'histogram_quantil(',
  },
  Probes: [
    {
      template: 'react-frontend',
      file: 'deploy/monitoring/scrape.yaml',
      from: 'metrics_path',
      to: 'metric_path',
    },
    {
      template: 'react-frontend',
      file: 'deploy/monitoring/scrape.yaml',
      from: '__param_module: website_page',
      to: '__param_module: website_pages',
    },
    // The rules would look for another job.
    {
      template: 'react-frontend',
      file: 'deploy/monitoring/scrape.yaml',
      from: 'job_name: "payments-ledger"',
      to: 'job_name: website',
    },
    {
      template: 'react-frontend',
      file: 'deploy/monitoring/scrape.yaml',
      from: '"https:',
      to: '"http:',
    },
    {
      template: 'react-frontend',
      file: 'deploy/monitoring/blackbox.yaml',
      from: 'fail_if_not_ssl',
      to: 'fail_if_no_ssl',
    },
  ],
  'Delivery event': {
    file: 'deploy/report.sh',
    from: '-hmac "$PORTAL_DELIVERY_SECRET"',
    to: '-hmac ""',
  },
  Terraform: {
    template: 'serverless-api',
    file: 'infrastructure/table.tf',
    from: 'hash_key     =',
    to: 'hash_key =',
  },
  Docs: {
    file: 'mkdocs.yml',
    from: 'runtime.md',
    to: 'runtimes.md',
  },
};

describe('a step over what a template became', () => {
  for (const step of steps.filter(({ builds }) => !builds)) {
    const known = [mistakes[step.name] ?? []].flat();

    it(`has a mistake to notice: ${step.name}`, () => {
      assert.notEqual(known.length, 0);
    });

    for (const mistake of known) {
      it(`notices a mistake: ${step.name}, ${mistake.to}`, async t => {
        const repository = await render(mistake.template ?? 'go-service');
        const tools = await step
          .tools?.(repository)
          .catch(error => error.message);
        if (typeof tools === 'string') {
          t.skip(tools);
          return;
        }
        await step.run(repository, tools ?? []);

        const file = path.join(folder, mistake.file);
        const text = fs.readFileSync(file, 'utf8');
        assert.ok(text.includes(mistake.from), mistake.from);
        fs.writeFileSync(file, text.replaceAll(mistake.from, mistake.to));
        await assert.rejects(step.run(repository, tools ?? []));
      });
    }
  }
});
