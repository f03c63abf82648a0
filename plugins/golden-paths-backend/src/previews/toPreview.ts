import type {
  Preview,
  PreviewFile,
  PreviewLogEntry,
} from '@waymark/plugin-golden-paths-common';
import type { DryRunResult } from './DryRun';

const maxFiles = 500;
const maxFileBytes = 256 * 1024;
const maxTotalBytes = 2 * 1024 * 1024;

/** Puts what a dry run made in order, and leaves out what is too much to send. */
export function toPreview(
  result: DryRunResult,
  skipped: PreviewLogEntry[],
): Preview {
  const files = [...result.files].sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );
  let sent = 0;
  const listed = files.slice(0, maxFiles).map(({ path, content }) => {
    const text =
      content.length <= maxFileBytes && sent + content.length <= maxTotalBytes
        ? readText(content)
        : null;
    if (text !== null) sent += content.length;
    return { path, size: content.length, content: text } satisfies PreviewFile;
  });
  return {
    files: listed,
    omittedFiles: files.length - listed.length,
    log: [
      ...result.steps.map(step => ({ ...step, status: 'completed' as const })),
      ...skipped,
    ],
  };
}

function readText(content: Buffer): string | null {
  // A text has no NUL; UTF-8 alone would allow it.
  if (content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      content,
    );
  } catch {
    return null;
  }
}
