import type { Entity } from '@backstage/catalog-model';

type Options = {
  owner?: string;
  system?: string;
  annotations?: Record<string, string>;
  relations?: Entity['relations'];
};

/** A component as the catalog shows it. */
export function component(name: string, options: Options = {}): Entity {
  const { owner, system, annotations, relations = [] } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service' },
    relations: [
      ...(owner
        ? [{ type: 'ownedBy', targetRef: `group:default/${owner}` }]
        : []),
      ...relations,
      ...(system
        ? [{ type: 'partOf', targetRef: `system:default/${system}` }]
        : []),
    ],
  };
}

const above = (kind: string, name: string, relation: string, ref?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: {},
  relations: ref ? [{ type: relation, targetRef: ref }] : [],
});

/** A group as the catalog shows it. */
export const group = (name: string, parent?: string): Entity =>
  above('Group', name, 'childOf', parent && `group:default/${parent}`);

/** A group with people in it. */
export function team(name: string, members: string[]): Entity {
  const entity = group(name);
  return {
    ...entity,
    relations: members.map(member => ({
      type: 'hasMember',
      targetRef: `user:default/${member}`,
    })),
  };
}

/** A system as the catalog shows it. */
export const system = (name: string, domain?: string): Entity =>
  above('System', name, 'partOf', domain && `domain:default/${domain}`);

/** A domain as the catalog shows it. */
export const domain = (name: string, parent?: string): Entity =>
  above('Domain', name, 'partOf', parent && `domain:default/${parent}`);
