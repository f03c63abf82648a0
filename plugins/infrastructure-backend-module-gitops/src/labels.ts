/** What the platform's tags are called on Kubernetes objects. */
const prefix = 'waymark.dev/';

/** What the Kubernetes API takes as the value of a label. */
const labelValue = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

const entityName = /^[a-z]+:[^/]+\/(.+)$/;

type Tags = Record<string, string>;

const renamed = (entries: [string, string][]): Tags =>
  Object.fromEntries(
    entries.map(([name, value]) => [`${prefix}${name}`, value]),
  );

/**
 * Tags as labels, by which a cluster is searched. Of an entity of the catalog
 * the name stands there; what is no value of a label is left out, and stands
 * in the annotations.
 */
export function asLabels(tags: Tags): Tags {
  return renamed(
    Object.entries(tags)
      .map(([name, value]): [string, string] => [
        name,
        entityName.exec(value)?.[1] ?? value,
      ])
      .filter(([, value]) => labelValue.test(value)),
  );
}

/** Tags as annotations, which hold any text. */
export function asAnnotations(tags: Tags): Tags {
  return renamed(Object.entries(tags));
}
