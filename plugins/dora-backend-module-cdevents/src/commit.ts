import { optionalSha } from '@waymark/plugin-dora-node';
import { z } from 'zod';

const customShape = z.object({ commit: optionalSha, sha: optionalSha });

/** Package URLs whose version is a commit: https://github.com/package-url/purl-spec */
const ofCommit =
  /^pkg:(?:github|gitlab|bitbucket)\/[^@]+@([0-9a-f]{7,64})(?:[?#]|$)/i;
const vcsUrl = /[?&]vcs_url=[^&#]*(?:@|%40)([0-9a-f]{7,64})(?:[&#]|$)/i;

/**
 * The commit an event is about: `customData.commit` or `customData.sha`, or
 * what the artifact's package URL says.
 */
export function commitIn(
  customData: unknown,
  artifactId?: string,
): string | undefined {
  const custom = customShape.safeParse(customData).data;
  const packaged =
    artifactId?.match(ofCommit)?.[1] ?? artifactId?.match(vcsUrl)?.[1];
  return custom?.commit ?? custom?.sha ?? packaged?.toLowerCase();
}
