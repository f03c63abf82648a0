export interface Config {
  waymark?: {
    signIn?: {
      /**
       * How people sign in, in the order shown. Each names a provider that is
       * configured under `auth.providers`.
       * @deepVisibility frontend
       */
      providers?: Array<{
        /** The provider's id. */
        id: 'oidc' | 'github';
        /** What the button says: "Continue with …". */
        title: string;
      }>;
      /**
       * A sentence shown on the sign-in page.
       * @visibility frontend
       */
      message?: string;
    };
    /**
     * What everybody is told on the home page.
     * @deepVisibility frontend
     */
    announcements?: Array<{
      title: string;
      text: string;
      /** The last day it is shown, YYYY-MM-DD. Without it, it stays. */
      until?: string;
      /** Where to read more: a path in the portal or an address. */
      link?: string;
    }>;
  };
}
