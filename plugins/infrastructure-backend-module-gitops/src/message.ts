import type { Order } from '@waymark/plugin-infrastructure-node';

/** The line of a commit's message that names its request. */
export const requestLine = (id: string) => `Waymark-Request: ${id}`;
/** The line of a commit's message that names its resource. */
export const resourceLine = (id: string) => `Waymark-Resource: ${id}`;

/** What the commit for an order says. */
export function messageOf({ requestId, resource, wanted }: Order): string {
  const { environment, id, name, owner } = resource;
  const verb = wanted === 'present' ? 'Bring about' : 'Remove';
  return [
    `${verb} ${name} in ${environment}`,
    '',
    `Asked for by ${owner}, and approved in Waymark.`,
    '',
    requestLine(requestId),
    resourceLine(id),
    '',
  ].join('\n');
}
