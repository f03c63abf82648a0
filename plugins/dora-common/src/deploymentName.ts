/** What can tell a deployment from others; null is not known. */
type Named = {
  id?: string;
  title?: string | null;
  ref?: string | null;
  sha?: string | null;
};

/** A tag such as `v1.4.0`; every deployment of a branch has the same ref. */
const version = /\d+\.\d+/;

/**
 * What to call a deployment: as its sender does, else by its version, else by
 * its branch and commit, such as `main @ 1a2b3c4d`.
 */
export function deploymentName({ id, title, ref, sha }: Named): string {
  if (title) return title;
  if (ref && (!sha || version.test(ref))) return ref;
  const commit = sha?.slice(0, 8);
  if (ref && commit) return `${ref} @ ${commit}`;
  return commit || (id ? `Deployment ${id}` : 'Deployment');
}
