import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api.generated';

type Schemas = components['schemas'];

/** Whether a name is free, and if not, what stands in its way. */
export type NameCheck = Schemas['NameCheck'];
/** One thing that stands in the way of a name. */
export type NameProblem = Schemas['NameProblem'];
/** Which template to preview with which values. */
export type PreviewRequest = Schemas['PreviewRequest'];
/** What a template makes. */
export type Preview = Schemas['Preview'];
/** One file of a preview; sizes are in bytes. */
export type PreviewFile = Schemas['PreviewFile'];
/** What became of one step of the template. */
export type PreviewLogEntry = Schemas['PreviewLogEntry'];

/** How long a version is supported. */
export type Support = Schemas['Support'];
export type SupportState = Schemas['SupportState'];
/** A golden path with its versions. */
export type GoldenPathTemplate = Schemas['GoldenPathTemplate'];
export type TemplateVersion = Schemas['TemplateVersion'];
/** A repository on a golden path. */
export type Member = Schemas['Member'];
export type FleetPage = Schemas['FleetPage'];
export type FleetSummary = Schemas['FleetSummary'];
export type Coverage = Schemas['Coverage'];
/** A service as coverage counts it. */
export type CountedService = Schemas['CountedService'];
export type CountedServicePage = Schemas['CountedServicePage'];
export type ServiceStanding = Schemas['ServiceStanding'];
/** How long services took from the form to their first deployment. */
export type FirstDeployments = Schemas['FirstDeployments'];
export type FirstDeploymentState = Schemas['FirstDeploymentState'];
/** What people changed of what a template wrote. */
export type Drift = Schemas['Drift'];
export type DriftedFile = Schemas['DriftedFile'];
/** A repository that comes under a golden path that did not make it. */
export type Adoption = Schemas['Adoption'];
export type AdoptionRequest = Schemas['AdoptionRequest'];
/** That a service need not be on a golden path, or not on a supported version, until a day. */
export type Exception = Schemas['Exception'];
export type ExceptionKind = Schemas['ExceptionKind'];
export type ExceptionState = Schemas['ExceptionState'];
export type ExceptionPage = Schemas['ExceptionPage'];
export type ExceptionVerdict = Schemas['ExceptionVerdict'];
export type NewException = Schemas['NewException'];
export type UpgradePreview = Schemas['UpgradePreview'];
export type UpgradeRequest = Schemas['UpgradeRequest'];
export type Upgrade = Schemas['Upgrade'];
export type UpgradePage = Schemas['UpgradePage'];
export type UpgradeState = Schemas['UpgradeState'];
export type UpgradeConflict = Schemas['UpgradeConflict'];
export type UpgradeChange = Schemas['UpgradeChange'];
export type Campaign = Schemas['Campaign'];
export type CampaignRequest = Schemas['CampaignRequest'];
export type CampaignPage = Schemas['CampaignPage'];

type Query<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Q } };
}
  ? NonNullable<Q>
  : never;

export type FleetQuery = Query<'/fleet'>;
export type CountedServicesQuery = Query<'/fleet/services'>;
export type UpgradesQuery = Query<'/upgrades'>;
export type ExceptionsQuery = Query<'/exceptions'>;
export type PageQuery = Query<'/campaigns'>;

/** The paths of the API document. */
export type GoldenPathsPaths = paths;

/** A client whose calls and answers have the types of the API document. */
export type GoldenPathsClient = Client<paths>;

/**
 * Makes a client.
 *
 * @param options.baseUrl - where the plugin answers, such as `https://portal.example/api/golden-paths`
 * @param options.fetch - sends the request with the caller's token
 */
export function createGoldenPathsClient(options: {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}): GoldenPathsClient {
  return createClient<paths>(options);
}
