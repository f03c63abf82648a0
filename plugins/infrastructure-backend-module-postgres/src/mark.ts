/** Whose a thing on the server is, as the comment on it says. */
export type Mark = { requestId: string; resourceId: string };

const format = /^waymark: request (\S+) resource (\S+)$/;

/** The comment that marks a thing as ours. */
export function writeMark({ requestId, resourceId }: Mark): string {
  return `waymark: request ${requestId} resource ${resourceId}`;
}

/** @returns undefined when the comment is no mark */
export function readMark(comment: string | null): Mark | undefined {
  const [, requestId, resourceId] = comment?.match(format) ?? [];
  return requestId && resourceId ? { requestId, resourceId } : undefined;
}
