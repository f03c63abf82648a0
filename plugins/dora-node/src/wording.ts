import type { DeploymentFact, IncidentFact } from './facts';

/** The first line of a commit's message. */
export function firstLine(message: string): string {
  return message.split('\n', 1)[0].trim();
}

/** The kind of deployment that a task's name speaks of, such as `deploy:rollback`. */
export function kindIn(task: string | undefined): DeploymentFact['kind'] {
  const word = task?.match(/\b(roll-?back|hot-?fix)/i)?.[1].toLowerCase();
  if (!word) return undefined;
  return word.startsWith('roll') ? 'rollback' : 'hotfix';
}

const cause =
  /\bcaused by:?\s+(?:(deployment)\s+#?`?([\w.:/@#-]+)|(?:commit\s+)?(?:https?:\/\/\S+\/commit\/)?`?([0-9a-f]{7,64})\b)/i;

/**
 * What an incident's text blames: `Caused by deployment 4711` or
 * `Caused by 6dcb09b5b57875f334f61aebed695e2e4193db5e`, also as a link to the
 * commit.
 *
 * @param deploymentId - what the source calls the deployment that people write as this
 */
export function causeIn(
  description: string | undefined,
  deploymentId: (written: string) => string = written => written,
): IncidentFact['causedBy'] {
  const [found, , deployment, commit] = description?.match(cause) ?? [];
  if (!found) return undefined;
  return commit
    ? { sha: commit.toLowerCase() }
    : // The full stop that ends the sentence is no part of the name.
      { deployment: deploymentId(deployment.replace(/[.:]+$/, '')) };
}

/** What labels such as `severity:critical`, `sev1` or `priority/high` say. */
export function severityIn(labels: string[]): string | undefined {
  for (const label of labels) {
    const found = label.match(
      /^(?:severity|priority|sev(?=\W|\d))[\s:/_-]*(\S.*)$/i,
    );
    if (found) return found[1].toLowerCase();
  }
  return undefined;
}

/** The service that a label such as `service:order-service` names. */
export function serviceIn(labels: string[]): string | undefined {
  for (const label of labels) {
    const found = label.match(/^service[:/]+\s*(\S+)$/i);
    if (found) return found[1];
  }
  return undefined;
}

/** Whether one of the labels is wanted. Letter case does not matter. */
export function hasLabel(labels: string[], wanted: string[]): boolean {
  const names = new Set(labels.map(label => label.toLowerCase()));
  return wanted.some(label => names.has(label.toLowerCase()));
}
