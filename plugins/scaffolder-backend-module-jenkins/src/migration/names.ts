/** Variables that Jenkins sets, and what GitHub has in their place. */
export const jenkinsVariables: Record<string, string> = {
  BRANCH_NAME: '${{ github.head_ref || github.ref_name }}',
  BUILD_ID: '${{ github.run_id }}',
  BUILD_NUMBER: '${{ github.run_number }}',
  BUILD_TAG: '${{ github.workflow }}-${{ github.run_number }}',
  BUILD_URL:
    '${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}',
  CHANGE_ID: '${{ github.event.pull_request.number }}',
  CHANGE_TARGET: '${{ github.base_ref }}',
  GIT_BRANCH: '${{ github.ref_name }}',
  GIT_COMMIT: '${{ github.sha }}',
  GIT_URL: '${{ github.server_url }}/${{ github.repository }}.git',
  JOB_NAME: '${{ github.workflow }}',
  TAG_NAME: "${{ github.ref_type == 'tag' && github.ref_name || '' }}",
  WORKSPACE: '${{ github.workspace }}',
};

/** An id that no other of a set has. */
export function uniqueId(name: string, taken: (id: string) => boolean): string {
  const plain =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .replace(/^(?=\d)/, 'job-') || 'job';
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? plain : `${plain}-${count}`;
    if (!taken(id)) return id;
  }
}
