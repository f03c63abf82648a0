export interface Config {
  waymark?: {
    /**
     * Where this portal runs. `development` lets the launcher use its local
     * identity issuer and the demo organisation; anything else refuses both.
     */
    environment?: 'development' | 'production';
    permission?: {
      /**
       * For each role the entity references of the groups that give it.
       * Membership in a child group counts. Everybody else is a viewer.
       */
      roles?: {
        developer?: string[];
        'team-lead'?: string[];
        'platform-engineer'?: string[];
      };
      /** Ids of the scaffolder actions that developers may run. */
      actions?: string[];
    };
  };
}
