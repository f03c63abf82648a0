import { buildSchema, graphql } from 'graphql';
import { HttpsFake, type Answer, type Asked } from './HttpsFake.ts';
import type { Certificate } from './certificate.ts';
import { connection } from './pages.ts';

type Person = { id: number; username: string; name: string; email: string };
type Group = {
  id: number;
  path: string;
  name: string;
  parent?: number;
  members: string[];
};
type Project = {
  id: number;
  path: string;
  archived?: boolean;
  branch: string;
  files: Record<string, string>;
};

/** What there is at a fake GitLab. */
export type GitLabContent = {
  token: string;
  people: Person[];
  groups: Group[];
  projects: Project[];
};

// Of GitLab's schema what reading members asks for.
const schema = buildSchema(`
  type Query { group(fullPath: ID!): Group }
  type Group {
    groupMembers(first: Int, after: String, relations: [GroupMemberRelation!]): GroupMemberConnection
  }
  enum GroupMemberRelation { DIRECT INHERITED DESCENDANTS SHARED_FROM_GROUPS }
  type GroupMemberConnection { nodes: [GroupMember], pageInfo: PageInfo! }
  type GroupMember { user: UserCore }
  type UserCore {
    id: ID!, username: String!, name: String!, publicEmail: String
    state: String!, webUrl: String!, avatarUrl: String
  }
  type PageInfo { hasNextPage: Boolean!, endCursor: String }
`);

const unauthorized: Answer = {
  status: 401,
  body: { message: '401 Unauthorized' },
};

const notFound: Answer = { status: 404, body: { message: '404 Not found' } };

/**
 * A GitLab of one's own as the portal's sources see it: groups, people,
 * projects, files, and members by GraphQL. It refuses every token but its own.
 */
export class FakeGitLab extends HttpsFake {
  readonly #content: GitLabContent;

  constructor(certificate: Certificate, content: GitLabContent) {
    super(certificate);
    this.#content = content;
  }

  protected async answer(asked: Asked): Promise<Answer> {
    if (asked.token !== this.#content.token) return unauthorized;
    if (asked.path === '/api/graphql') return this.#query(asked);
    const path = asked.path.replace('/api/v4', '');
    if (path === '/groups') {
      return page(
        this.#content.groups.map(group => this.#group(group)),
        asked,
      );
    }
    if (path === '/users') {
      return page(
        this.#content.people.map(person => this.#person(person)),
        asked,
      );
    }
    const inGroup = path.match(/^\/groups\/([^/]+)(\/projects)?$/);
    if (inGroup) {
      const group = decodeURIComponent(inGroup[1]);
      return inGroup[2] ? this.#projects(group, asked) : this.#one(group);
    }
    return this.#file(path, asked);
  }

  #one(path: string): Answer {
    const group = this.#content.groups.find(one => one.path === path);
    return group ? { body: this.#group(group) } : notFound;
  }

  /** Those below the group, without archived ones where they are not wanted. */
  #projects(group: string, asked: Asked): Answer {
    const projects = this.#content.projects.filter(
      ({ path, archived }) =>
        path.startsWith(`${group}/`) &&
        (asked.query.get('archived') !== 'false' || !archived),
    );
    return page(
      projects.map(({ id, path, archived, branch }) => ({
        id,
        path_with_namespace: path,
        archived: archived ?? false,
        default_branch: branch,
        web_url: `${this.url}/${path}`,
      })),
      asked,
    );
  }

  /** `/projects/<id or path>/repository/files/<file>`, and `/raw` below it. */
  #file(path: string, { query }: Asked): Answer {
    const [, project, file] =
      path.match(
        /^\/projects\/([^/]+)\/repository\/files\/([^/]+?)(?:\/raw)?$/,
      ) ?? [];
    if (!project) return notFound;
    const wanted = decodeURIComponent(project);
    const found = this.#content.projects.find(
      one => String(one.id) === wanted || one.path === wanted,
    );
    const text = found?.files[decodeURIComponent(file)];
    return found?.branch === query.get('ref') && text !== undefined
      ? { headers: { etag: `"${found.id}"` }, body: text }
      : notFound;
  }

  async #query({ body }: Asked): Promise<Answer> {
    const { query, variables } = JSON.parse(body);
    return {
      body: await graphql({
        schema,
        source: query,
        rootValue: {
          group: ({ fullPath }: { fullPath: string }) =>
            this.#members(fullPath),
        },
        variableValues: variables,
      }),
    };
  }

  #members(path: string) {
    const group = this.#content.groups.find(one => one.path === path);
    return (
      group && {
        groupMembers: (asked: { first?: number; after?: string }) =>
          connection(
            this.#content.people
              .filter(({ username }) => group.members.includes(username))
              .map(({ id, username, name, email }) => ({
                user: {
                  id: `gid://gitlab/User/${id}`,
                  username,
                  name,
                  publicEmail: email,
                  state: 'active',
                  webUrl: `${this.url}/${username}`,
                },
              })),
            asked,
          ),
      }
    );
  }

  #group({ id, path, name, parent }: Group) {
    return {
      id,
      name,
      full_path: path,
      parent_id: parent ?? null,
      visibility: 'internal',
      web_url: `${this.url}/groups/${path}`,
    };
  }

  #person({ id, username, name, email }: Person) {
    return {
      id,
      username,
      name,
      email,
      state: 'active',
      web_url: `${this.url}/${username}`,
    };
  }
}

/** A page of a list, as GitLab's REST API numbers them from one. */
function page(entries: unknown[], { query }: Asked): Answer {
  const size = Number(query.get('per_page') ?? 20);
  const number = Number(query.get('page') ?? 1);
  const more = number * size < entries.length;
  return {
    headers: { 'x-next-page': more ? String(number + 1) : '' },
    body: entries.slice((number - 1) * size, number * size),
  };
}
