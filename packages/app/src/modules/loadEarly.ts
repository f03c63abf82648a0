/**
 * Brings a page's code while it is still being found out who somebody is, where
 * the address asks for that page. Without it the code comes after the sign-in.
 *
 * @param path - of the page, without a slash at its end
 * @param load - brings the code; a second call costs nothing
 */
export function loadEarly<T>(
  path: string,
  load: () => Promise<T>,
): () => Promise<T> {
  const asked = window.location.pathname.replace(/\/+$/, '');
  // Whoever shows the page asks again, and tells of a failure.
  if (asked === path) load().catch(() => undefined);
  return load;
}
