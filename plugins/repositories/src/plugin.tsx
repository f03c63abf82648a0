import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiGitRepositoryLine } from '@remixicon/react';
import { repositoriesApiRef } from './api/RepositoriesApi';
import { RepositoriesHttpApi } from './api/RepositoriesHttpApi';

const repositoriesApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: repositoriesApiRef,
      deps: { discovery: discoveryApiRef, fetch: fetchApiRef },
      factory: deps => new RepositoriesHttpApi(deps),
    }),
});

const repositoriesPage = PageBlueprint.make({
  params: {
    path: '/repositories',
    title: 'Repositories',
    icon: <RiGitRepositoryLine />,
    loader: () =>
      import('./page/RepositoriesPage').then(({ RepositoriesPage }) => (
        <RepositoriesPage />
      )),
  },
});

/** Shows what is in a repository that the portal keeps itself. */
export default createFrontendPlugin({
  pluginId: 'repositories',
  extensions: [repositoriesApi, repositoriesPage],
});
