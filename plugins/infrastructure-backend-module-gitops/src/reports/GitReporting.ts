import type {
  Handover,
  Report,
  ReportDelivery,
  Reporting,
} from '@waymark/plugin-infrastructure-node';
import {
  requireHmacSha256,
  requireSharedSecret,
  requireWaymarkProof,
  signaturesIn,
} from '@waymark/plugin-webhooks-node';
import { z } from 'zod';
import { senders, type GitopsSettings, type Sender } from '../config';
import { markedIn } from '../manifests';
import type { Repository } from '../Repository';
import { readArgocd } from './argocd';
import { readFlux } from './flux';
import { proposedIn, readPullRequest } from './pullRequests';
import { gone } from './reading';

const contentShape = z.object({
  folder: z.string(),
  resource: z.string(),
  files: z.array(z.object({ file: z.string(), blob: z.string() })),
  /** Where people were asked to merge it. */
  proposed: z.object({ branch: z.string(), commit: z.string() }).optional(),
});
const commitPattern = /^[0-9a-f]{40}$/;

/** The header with the signature of the body, of those that sign. */
const signed: Partial<Record<Sender, string>> = {
  flux: 'X-Signature',
  github: 'X-Hub-Signature-256',
};

/** Hears what Argo CD and Flux make of commits, and people of what they are asked to merge. */
export class GitReporting implements Reporting {
  readonly senders: readonly string[] = senders;
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
    const { secrets } = this.#settings[sender as Sender];
    const header = signed[sender as Sender];
    const signature = header && delivery.headers[header.toLowerCase()];
    if (header && (signature !== undefined || sender === 'github')) {
      requireHmacSha256({
        body: delivery.body,
        secrets,
        signatures: signaturesIn(signature, 'sha256='),
        header,
      });
    } else if (sender === 'gitlab') {
      requireSharedSecret({
        given: delivery.headers['x-gitlab-token'],
        secrets,
        header: 'X-Gitlab-Token',
      });
    } else {
      requireWaymarkProof(delivery, secrets);
    }
  }

  read(sender: string, delivery: ReportDelivery): Report | undefined {
    if (sender === 'github' || sender === 'gitlab') {
      return readPullRequest(sender, delivery, this.#proposedOn());
    }
    const read = sender === 'argocd' ? readArgocd : readFlux;
    return read(delivery.body, [...this.#repositories.keys()]);
  }

  /** The repositories that people merge into, by their name on the host. */
  #proposedOn(): Map<string, string> {
    return new Map(
      [...this.#repositories].flatMap(([name, { settings }]) =>
        settings.pullRequests ? [[settings.pullRequests.repository, name]] : [],
      ),
    );
  }

  /** By content and not by descent: what was merged by squashing has other ancestors. */
  async includes(handover: Handover, { revision }: Report): Promise<boolean> {
    const { folder, resource, files, proposed } = contentShape.parse(
      handover.content,
    );
    if (revision === gone) return files.length === 0;
    const [name] = handover.place.split(':');
    const repository = this.#repositories.get(name);
    const asked = proposedIn(revision);
    if (repository && asked && proposed?.branch === asked.branch) {
      // One that was closed before it was asked for anew is another one.
      return repository.grewFrom(asked.head, proposed.commit);
    }
    if (!repository || !commitPattern.test(revision)) return false;
    if (!(await repository.has(revision))) return false;
    const there = await repository.files(revision, folder);
    if (files.length > 0) {
      return files.every(({ file, blob }) => there.get(file) === blob);
    }
    const texts = await repository.texts([...there.values()]);
    return !texts.some(text => markedIn(text) === resource);
  }
}
