import type { Config } from '@backstage/config';
import { readList } from '../settings/readList';

/**
 * What a person may be, from least to most. A person has the highest role that
 * one of their groups gives; everybody the catalog knows is at least a viewer.
 */
export const roles = [
  'viewer',
  'developer',
  'team-lead',
  'platform-engineer',
] as const;

export type Role = (typeof roles)[number];

/** Which groups give which role; membership in a child group counts. */
export type RoleGroups = Record<Exclude<Role, 'viewer'>, string[]>;

/** Reads `waymark.permission.roles`: for each role the entity references of its groups. */
export function readRoleGroups(config: Config): RoleGroups {
  const read = (role: Role) =>
    readList(config, `waymark.permission.roles.${role}`).map(ref =>
      ref.toLocaleLowerCase('en-US'),
    );
  return {
    developer: read('developer'),
    'team-lead': read('team-lead'),
    'platform-engineer': read('platform-engineer'),
  };
}

/** The highest role that membership in these groups gives. */
export function roleOf(groups: Iterable<string>, given: RoleGroups): Role {
  const member = new Set(groups);
  const held = [...roles]
    .reverse()
    .find(
      role => role !== 'viewer' && given[role].some(group => member.has(group)),
    );
  return held ?? 'viewer';
}
