/** Whose a thing on the server is, as the comment on it says. */
export type Mark = {
  requestId: string;
  resourceId: string;
  /** Whether it is to be backed up, for whoever backs up the server; absent where nobody was asked. */
  backups?: boolean;
};

const format = /^waymark: request (\S+) resource (\S+?)(?: backups (yes|no))?$/;

/** The comment that marks a thing as ours. */
export function writeMark({ requestId, resourceId, backups }: Mark): string {
  const mark = `waymark: request ${requestId} resource ${resourceId}`;
  return backups === undefined
    ? mark
    : `${mark} backups ${backups ? 'yes' : 'no'}`;
}

/** @returns undefined when the comment is no mark */
export function readMark(comment: string | null): Mark | undefined {
  const [, requestId, resourceId, backups] = comment?.match(format) ?? [];
  return requestId && resourceId
    ? {
        requestId,
        resourceId,
        ...(backups && { backups: backups === 'yes' }),
      }
    : undefined;
}
