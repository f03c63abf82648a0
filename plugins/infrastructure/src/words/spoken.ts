/** Words that people write in capitals. */
const capitals = new Set([
  'api',
  'az',
  'cidr',
  'cpu',
  'gb',
  'gib',
  'id',
  'kms',
  'mb',
  'tls',
  'vpc',
]);

/** A name out of a program as people write it: "storageGb" is "Storage GB", "request.created" is "Request created". */
export function spoken(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .toLowerCase()
    .split(' ')
    .map(word => (capitals.has(word) ? word.toUpperCase() : word))
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
