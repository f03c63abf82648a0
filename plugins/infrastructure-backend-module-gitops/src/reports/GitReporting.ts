import type {
  Handover,
  Report,
  ReportDelivery,
  Reporting,
} from '@waymark/plugin-infrastructure-node';
import {
  requireHmacSha256,
  requireWaymarkProof,
  signaturesIn,
} from '@waymark/plugin-webhooks-node';
import { z } from 'zod';
import { reconcilers, type GitopsSettings, type Reconciler } from '../config';
import { isMarked } from '../manifests';
import type { Repository } from '../Repository';
import { readArgocd } from './argocd';
import { readFlux } from './flux';
import { gone } from './reading';

const contentShape = z.object({
  folder: z.string(),
  resource: z.string(),
  files: z.array(z.object({ file: z.string(), blob: z.string() })),
});
const commitPattern = /^[0-9a-f]{40}$/;

/** Hears what Argo CD and Flux make of commits. */
export class GitReporting implements Reporting {
  readonly senders: readonly string[] = reconcilers;
  readonly #settings: GitopsSettings['reports'];
  readonly #repositories: ReadonlyMap<string, Repository>;

  constructor(
    settings: GitopsSettings['reports'],
    repositories: ReadonlyMap<string, Repository>,
  ) {
    this.#settings = settings;
    this.#repositories = repositories;
  }

  verify(sender: string, delivery: ReportDelivery): void {
    const { secrets } = this.#settings[sender as Reconciler];
    const signature = delivery.headers['x-signature'];
    if (sender === 'flux' && signature !== undefined) {
      requireHmacSha256({
        body: delivery.body,
        secrets,
        signatures: signaturesIn(signature, 'sha256='),
        header: 'X-Signature',
      });
    } else {
      requireWaymarkProof(delivery, secrets);
    }
  }

  read(sender: string, { body }: ReportDelivery): Report | undefined {
    const read = sender === 'argocd' ? readArgocd : readFlux;
    return read(body, [...this.#repositories.keys()]);
  }

  /** By content and not by descent: what was merged by squashing has other ancestors. */
  async includes(handover: Handover, { revision }: Report): Promise<boolean> {
    const { folder, resource, files } = contentShape.parse(handover.content);
    if (revision === gone) return files.length === 0;
    const [name] = handover.place.split(':');
    const repository = this.#repositories.get(name);
    if (!repository || !commitPattern.test(revision)) return false;
    if (!(await repository.has(revision))) return false;
    const there = await repository.files(revision, folder);
    if (files.length > 0) {
      return files.every(({ file, blob }) => there.get(file) === blob);
    }
    const texts = await repository.texts([...there.values()]);
    return !texts.some(text => isMarked(text, resource));
  }
}
