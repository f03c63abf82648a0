import { toError } from '@backstage/errors';
import type { Source } from './readSources';

const timeoutMs = 10_000;

/** Why nothing of a source reaches the catalog, or undefined when it does. */
export type Problem = string | undefined;

function explain(status: number, source: Source): Problem {
  const { title, part, partVariable, tokenVariable } = source;
  if (status === 401 || status === 403) {
    return `${title} refuses the token of the portal (${status}), so nothing of ${part} reaches the catalog; set ${tokenVariable} to one that is valid and may read it`;
  }
  if (status === 404) {
    return `${title} does not show ${part} to the portal (404); check ${partVariable}, and that the token in ${tokenVariable} may read it`;
  }
  return status >= 400
    ? `${title} answers ${status}, so ${part} cannot be read now; the catalog keeps what it read before and tries again`
    : undefined;
}

/**
 * Asks a source whether the portal may read it. Upstream's providers only log
 * that a request failed, once in half an hour, and not which setting is wrong.
 */
export async function checkSource(source: Source): Promise<Problem> {
  try {
    const response = await fetch(source.url, {
      headers: await source.headers(),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return explain(response.status, source);
  } catch (error) {
    const { cause, message } = toError(error);
    const reason = cause ? toError(cause).message : message;
    return `${source.title} cannot be reached (${reason}), so ${source.part} cannot be read now; the catalog keeps what it read before and tries again`;
  }
}
