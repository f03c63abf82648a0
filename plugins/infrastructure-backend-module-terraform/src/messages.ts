/** What a line of Terraform's machine-readable interface says to people. */
export type Message = {
  text?: string;
  /** Why it did not do what it should. */
  error?: string;
};

type Line = {
  '@message'?: string;
  '@level'?: string;
  type?: string;
  diagnostic?: {
    severity: string;
    summary: string;
    detail?: string;
    address?: string;
  };
};

/** Says nothing to people: versions, and outputs that are shown elsewhere. */
const silent = new Set(['version', 'outputs', 'log']);

/** Reads one line of `-json` output; a line that is no JSON is taken as it is. */
export function readMessage(line: string): Message {
  let parsed: Line;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { text: line.trim() || undefined };
  }
  if (parsed.diagnostic) {
    const { severity, summary, detail, address } = parsed.diagnostic;
    const words = [address, summary, detail].filter(Boolean).join(': ');
    return severity === 'error'
      ? { text: `Error: ${words}`, error: words }
      : { text: `Warning: ${words}` };
  }
  return silent.has(parsed.type ?? '') ? {} : { text: parsed['@message'] };
}
