import { schema } from '@octokit/graphql-schema';
import { buildSchema, graphql } from 'graphql';
import { HttpsFake, type Answer, type Asked } from './HttpsFake.ts';
import type { Certificate } from './certificate.ts';
import { connection } from './pages.ts';

/** An account; its name may change hands, its id never does. */
export type Person = { id: string; login: string; name: string; email: string };
type Team = { slug: string; name: string; parent?: string; members: string[] };
type Repository = {
  name: string;
  archived?: boolean;
  fork?: boolean;
  branch: string;
  files: Record<string, string>;
};

/** What there is at a fake GitHub. */
export type GitHubContent = {
  organization: string;
  token: string;
  people: Person[];
  teams: Team[];
  repositories: Repository[];
};

type Page = { first?: number; after?: string };

// The whole of what GitHub publishes: a query it would refuse is refused here.
const published = buildSchema(schema.idl, {
  // The document as it is published names two fields twice.
  assumeValidSDL: true,
});

const authorizePath = '/login/oauth/authorize';

const badCredentials: Answer = {
  status: 401,
  body: {
    message: 'Bad credentials',
    documentation_url: 'https://docs.github.com/rest',
    status: '401',
  },
};

const notFound: Answer = { status: 404, body: { message: 'Not Found' } };

/**
 * GitHub Enterprise as the portal's sources and its sign-in see it: GraphQL
 * under GitHub's own schema, file contents, and the OAuth flow. It refuses every
 * token but its own, and pages whatever GitHub pages.
 */
export class FakeGitHub extends HttpsFake {
  readonly #content: GitHubContent;
  /** Whose each token of a person is that signed in. */
  readonly #people = new Map<string, Person>();

  constructor(certificate: Certificate, content: GitHubContent) {
    super(certificate);
    this.#content = content;
  }

  /**
   * A person agrees on GitHub's page that the portal may know who they are.
   *
   * @param authorizeUrl - where the portal led the browser
   * @returns where GitHub leads it back to
   */
  agree(authorizeUrl: string, person: Person): URL {
    const asked = new URL(authorizeUrl);
    if (`${asked.origin}${asked.pathname}` !== `${this.url}${authorizePath}`) {
      throw new Error(`Nobody can agree at ${authorizeUrl}`);
    }
    const code = `code-of-${person.id}`;
    this.#people.set(code, person);
    const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.searchParams.get('state') ?? '');
    return back;
  }

  protected async answer(asked: Asked): Promise<Answer> {
    if (asked.path === '/login/oauth/access_token') return this.#grant(asked);
    if (asked.path === '/api/v3/user') return this.#profile(asked);
    if (asked.token !== this.#content.token) return badCredentials;
    if (asked.path === '/api/graphql') return this.#query(asked);
    return this.#rest(asked);
  }

  #grant({ body }: Asked): Answer {
    const code = new URLSearchParams(body).get('code') ?? '';
    const person = this.#people.get(code);
    if (!person) return badCredentials;
    const token = `token-of-${person.id}`;
    this.#people.set(token, person);
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        access_token: token,
        scope: 'read:user',
        token_type: 'bearer',
      }).toString(),
    };
  }

  #profile({ token }: Asked): Answer {
    const person = this.#people.get(token ?? '');
    if (!person) return badCredentials;
    const { id, login, name, email } = person;
    return {
      body: { id: 1, node_id: id, login, name, email, html_url: this.url },
    };
  }

  async #query({ body }: Asked): Promise<Answer> {
    const { query, variables } = JSON.parse(body);
    return {
      body: await graphql({
        schema: published,
        source: query,
        rootValue: this.#root(),
        variableValues: variables,
      }),
    };
  }

  #root() {
    const { organization } = this.#content;
    return {
      organization: ({ login }: { login: string }) =>
        login === organization ? this.#organization() : null,
      repositoryOwner: ({ login }: { login: string }) =>
        login === organization ? this.#organization() : null,
    };
  }

  #organization() {
    const { organization, people, teams, repositories } = this.#content;
    return {
      __typename: 'Organization',
      login: organization,
      membersWithRole: (page: Page) => connection(people.map(toUser), page),
      teams: (page: Page) =>
        connection(
          teams.map(team => this.#team(team)),
          page,
        ),
      repositories: (page: Page) =>
        connection(
          repositories.map(repository => this.#repository(repository)),
          page,
        ),
    };
  }

  #team({ slug, name, parent, members }: Team) {
    const { organization, people } = this.#content;
    return {
      slug,
      name,
      combinedSlug: `${organization}/${slug}`,
      editTeamUrl: `${this.url}/orgs/${organization}/teams/${slug}/edit`,
      parentTeam: parent ? { slug: parent } : null,
      members: (page: Page) =>
        connection(
          people.filter(({ login }) => members.includes(login)).map(toUser),
          page,
        ),
    };
  }

  #repository({ name, archived, fork, branch, files }: Repository) {
    return {
      name,
      url: `${this.url}/${this.#content.organization}/${name}`,
      isArchived: archived ?? false,
      isFork: fork ?? false,
      visibility: 'INTERNAL',
      repositoryTopics: () => connection([], {}),
      defaultBranchRef: { name: branch },
      object: ({ expression }: { expression: string }) => {
        const file = expression.replace(/^HEAD:/, '');
        const text = files[file];
        return text === undefined
          ? null
          : { __typename: 'Blob', id: `${name}/${file}`, text };
      },
    };
  }

  /** An account, or `GET /repos/<owner>/<name>/contents/<file>?ref=<branch>` as raw text. */
  #rest({ path, query, accept }: Asked): Answer {
    if (path === `/api/v3/users/${this.#content.organization}`) {
      return { body: { login: this.#content.organization } };
    }
    const [, owner, name, file] =
      path.match(/^\/api\/v3\/repos\/([^/]+)\/([^/]+)\/contents\/(.+)$/) ?? [];
    const repository = this.#content.repositories.find(
      one => owner === this.#content.organization && one.name === name,
    );
    const text = repository?.files[file];
    return repository?.branch === query.get('ref') &&
      text !== undefined &&
      accept.includes('raw')
      ? { headers: { etag: `"${name}"` }, body: text }
      : notFound;
  }
}

function toUser({ id, login, name, email }: Person) {
  return {
    id,
    login,
    name,
    email,
    avatarUrl: `https://avatars.example.com/${login}`,
    organizationVerifiedDomainEmails: [email],
  };
}
