/**
 * A part of what a person reads, in Markdown; nothing where nothing is to be
 * said. A line that begins with # would be a comment to an editor of commit
 * messages.
 */
export function section(heading: string, lines: string[]): string[] {
  return lines.length > 0 ? [`**${heading}**`, '', ...lines, ''] : [];
}
