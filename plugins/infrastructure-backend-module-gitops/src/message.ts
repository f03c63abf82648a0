import type { Order } from '@waymark/plugin-infrastructure-node';

/** The line of a commit's message that names its request. */
export const requestLine = (id: string) => `Waymark-Request: ${id}`;
/** The request that a message names; empty where it names none. */
export const requestIn = (message: string) =>
  /^Waymark-Request: (.+)$/m.exec(message)?.[1] ?? '';
/** The line of a commit's message that names its resource. */
export const resourceLine = (id: string) => `Waymark-Resource: ${id}`;

/** An order in a line. */
export function titleOf({ resource, wanted }: Order): string {
  const verb = wanted === 'present' ? 'Bring about' : 'Remove';
  return `${verb} ${resource.name} in ${resource.environment}`;
}

/** Why it is done. */
export const reasonOf = ({ resource }: Order) =>
  `Asked for by ${resource.owner}, and approved in Waymark.`;

/** What the commit for an order says. */
export function messageOf(order: Order): string {
  const { requestId, resource } = order;
  return [
    titleOf(order),
    '',
    reasonOf(order),
    '',
    requestLine(requestId),
    resourceLine(resource.id),
    '',
  ].join('\n');
}
