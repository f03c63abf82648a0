/** A page of a GraphQL connection; the cursor is the place of the last entry. */
export function connection<T>(
  entries: T[],
  { first, after }: { first?: number | null; after?: string | null },
) {
  const from = after ? Number(after) : 0;
  const to = from + (first ?? entries.length);
  return {
    nodes: entries.slice(from, to),
    pageInfo: { hasNextPage: to < entries.length, endCursor: String(to) },
  };
}
