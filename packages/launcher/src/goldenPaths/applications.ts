import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { parseManifests } from '../kubernetes/manifests.ts';
import type { Repository } from './step.ts';

/** The triggers that docs/how-to/dora-connect-argocd.md gives, sent to the portal. */
const subscriptions = ['on-sync-running', 'on-deployed', 'on-sync-failed'].map(
  trigger => `notifications.argoproj.io/subscribe.${trigger}.waymark`,
);

/** What of an application of Argo CD has to fit to the rest of the repository. */
type Application = {
  kind: string;
  metadata: {
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  spec: { source: { path: string }; destination: { namespace: string } };
};

/** There is an application for each overlay, and the portal learns what it deployed, where, and how it ended. */
export async function checkApplications(
  { folder, answers }: Repository,
  overlays: string[],
): Promise<void> {
  const file = path.join(folder, 'deploy', 'argocd', 'applications.yaml');
  const applications = parseManifests(
    await fs.readFile(file, 'utf8'),
  ) as unknown as Application[];
  const expected = await Promise.all(
    overlays.map(async overlay => {
      const at = `deploy/kubernetes/overlays/${overlay}`;
      const { namespace } = parse(
        await fs.readFile(path.join(folder, at, 'kustomization.yaml'), 'utf8'),
      );
      return {
        kind: 'Application',
        path: at,
        namespace,
        labels: { component: answers.name, environment: overlay },
        annotations: [...subscriptions].sort(),
      };
    }),
  );
  const byPath = (one: { path: string }, other: { path: string }) =>
    one.path.localeCompare(other.path);
  assert.deepEqual(
    applications
      .map(({ kind, metadata, spec }) => ({
        kind,
        path: spec.source.path,
        namespace: spec.destination.namespace,
        labels: metadata.labels,
        annotations: Object.keys(metadata.annotations).sort(),
      }))
      .sort(byPath),
    expected.sort(byPath),
  );
}
