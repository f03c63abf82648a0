/** Rows by the ids that their source gives them. */
export function byExternalId<T extends { external_id: string }>(
  rows: T[],
): Map<string, T[]> {
  const result = new Map<string, T[]>();
  for (const row of rows) {
    const others = result.get(row.external_id);
    if (others) others.push(row);
    else result.set(row.external_id, [row]);
  }
  return result;
}
