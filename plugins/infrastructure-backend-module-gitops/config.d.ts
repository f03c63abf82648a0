import type { HumanDuration } from '@backstage/types';

export interface Config {
  infrastructure?: {
    gitops?: {
      /** Folder with modules, from where the backend runs. Defaults to ../../infrastructure/modules. */
      modules?: string;
      /** Folder for copies of the repositories; what is in it can be made anew. Defaults to ../../.waymark/cache/gitops. */
      workFolder?: string;
      /** Systems that report what became of commits; without a secret nothing from them is believed. */
      reports?: {
        argocd?: {
          /** Several while one is being replaced. @deepVisibility secret */
          secrets: string[];
        };
        flux?: {
          /** Several while one is being replaced. @deepVisibility secret */
          secrets: string[];
        };
        github?: {
          /** Of the webhook; several while one is being replaced. @deepVisibility secret */
          secrets: string[];
        };
        gitlab?: {
          /** Of the webhook; several while one is being replaced. @deepVisibility secret */
          secrets: string[];
        };
      };
      /** Repositories that manifests are committed to, by the name that offerings give. */
      repositories?: {
        [name: string]: {
          /** A URL that Git understands, without credentials, or the path of a bare repository. */
          remote: string;
          /** Makes the bare repository when there is none; for a path alone. */
          create?: boolean;
          /** Defaults to main. */
          branch?: string;
          /** Folder of the repository that the portal writes below. Defaults to the top. */
          path?: string;
          /** False says that no cluster takes up what is committed: the commit is then all that is made, and pages say so. Defaults to true; not with pullRequests. */
          reconciled?: boolean;
          /** For HTTPS. */
          username?: string;
          /** Password or token for HTTPS. @visibility secret */
          password?: string;
          /** People merge what is to be committed: a pull or merge request on the portal's host of repositories, a branch where there is none. */
          pullRequests?: {
            /** The repository's name on that host, see waymark.repositories. */
            repository: string;
            /** How long people have for it. Defaults to 14 days. */
            patience?: HumanDuration | string;
          };
          /** Where people look at a commit; `{commit}` stands for its id. */
          commitUrl?: string;
          /** Whom commits are by. Defaults to Waymark. */
          author?: { name: string; email: string };
        };
      };
    };
  };
}
