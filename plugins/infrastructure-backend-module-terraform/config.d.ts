import type { HumanDuration } from '@backstage/types';

export interface Config {
  infrastructure?: {
    terraform?: {
      /** The program: a name that is looked for, or a path. Defaults to terraform, then tofu. */
      executable?: string;
      /** Folder with modules, from where the backend runs. Defaults to ../../infrastructure/modules. */
      modules?: string;
      /** Folder that keeps what runs leave behind; it must outlive the process. Without it Terraform does not run. */
      workFolder?: string;
      /** Configuration file of the program, such as one with a mirror of providers. */
      cliConfig?: string;
      /**
       * Environment variables of the program, such as credentials of a cloud.
       * Nothing else of the portal's own environment reaches it.
       * @deepVisibility secret
       */
      environment?: { [name: string]: string };
      /** Runs Terraform in HCP Terraform (Terraform Cloud) or Terraform Enterprise, and not here. */
      cloud?: {
        /** Defaults to https://app.terraform.io. */
        address?: string;
        /** Workspaces are made in it, one for each resource. */
        organization: string;
        /** Id of a project to make them in. Defaults to that of the organization. */
        project?: string;
        /** Of a team or a user that may make workspaces, plan, apply and read states. @visibility secret */
        token: string;
        /** How often a run is looked at. Defaults to 2 seconds. */
        poll?: HumanDuration | string;
      };
      /** Prices plans, where the program is installed; the price book does where it is not. */
      infracost?: {
        /** A name that is looked for, or a path. Defaults to infracost. */
        executable?: string;
        /** @visibility secret */
        apiKey?: string;
        /** Address of a pricing API of one's own. */
        pricingApi?: string;
      };
    };
  };
}
