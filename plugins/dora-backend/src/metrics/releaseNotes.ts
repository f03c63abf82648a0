import {
  deploymentName,
  type Change,
  type Deployment,
} from '@waymark/plugin-dora-common';

/** What Markdown would take for formatting is shown as it is. */
const plain = (text: string) =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|]/g, '\\$&');

/**
 * What a deployment brought since the one before it, in Markdown.
 *
 * @param changes - as many as are listed; the deployment says how many there are
 */
export function releaseNotes(
  deployment: Deployment,
  previous: Deployment | null,
  changes: Change[],
): string {
  const since = previous
    ? `Since the deployment of ${previous.at.slice(0, 10)}${
        previous.sha ? ` (${previous.sha.slice(0, 8)})` : ''
      }`
    : 'The first deployment we know of';
  const lines = changes.map(change => {
    const number = change.number ? ` (#${plain(change.number)})` : '';
    const author = change.author ? ` by ${plain(change.author)}` : '';
    const title = plain(change.title);
    return `- ${
      change.url ? `[${title}](<${change.url.replace(/[<>\s]/g, '')}>)` : title
    }${number}${author}`;
  });
  const more = deployment.changes - changes.length;
  if (more > 0) lines.push(`- … and ${more} more`);
  const body =
    lines.length > 0 ? lines.join('\n') : 'No change that we know of.';
  return `## ${plain(deploymentName(deployment))}\n\n${since}:\n\n${body}\n`;
}
