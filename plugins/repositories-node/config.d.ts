export interface Config {
  waymark?: {
    repositories?: {
      /**
       * Where new repositories are made: in a folder of this portal, on GitHub
       * or on GitLab.
       */
      host?: 'local' | 'github' | 'gitlab';
      /** `local`: the folder that holds the repositories, on a disk that is backed up. */
      directory?: string;
      /**
       * `local`: whether anybody who reaches the portal may clone. For a portal
       * that only its own machine reaches; elsewhere cloning takes a token.
       */
      anonymousClone?: boolean;
      /**
       * `github`, `gitlab`: the host's name. It must have an entry under
       * `integrations`. Defaults to github.com or gitlab.com.
       */
      hostname?: string;
      /** `github`, `gitlab`: the organization or group that new repositories belong to. */
      owner?: string;
      /** `github`, `gitlab`: who may see new repositories. Defaults to private. */
      visibility?: 'private' | 'internal' | 'public';
    };
  };
}
