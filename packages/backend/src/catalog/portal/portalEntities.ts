import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ApiEntityV1alpha1,
  type ComponentEntityV1alpha1,
} from '@backstage/catalog-model';

/** An API of the portal. */
export type PortalApi = {
  title: string;
  description?: string;
  /** Where it is mounted, such as `/api/golden-paths`. */
  mount: string;
  /** The API document, as YAML. */
  text: string;
};

/** What of the portal is the same for all its entities. */
export type PortalStanding = {
  /** Without a slash at the end. */
  baseUrl: string;
  /** The reference of a group. */
  owner: string;
  /** The system that the portal is part of, where the catalog has one. */
  system?: string;
};

function nameOf({ mount }: PortalApi): string {
  return `${mount.slice(mount.lastIndexOf('/') + 1)}-api`;
}

function locatedAt(url: string): Record<string, string> {
  return {
    [ANNOTATION_LOCATION]: `url:${url}`,
    [ANNOTATION_ORIGIN_LOCATION]: `url:${url}`,
  };
}

/** An API of the portal as the catalog shows it. */
export function toApiEntity(
  api: PortalApi,
  { baseUrl, owner, system }: PortalStanding,
): ApiEntityV1alpha1 {
  const document = `${baseUrl}${api.mount}/openapi.json`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name: nameOf(api),
      title: `${api.title} API`,
      description: api.description,
      annotations: locatedAt(document),
      tags: ['portal', 'rest'],
    },
    spec: {
      type: 'openapi',
      lifecycle: 'production',
      owner,
      ...(system && { system }),
      definition: api.text,
    },
  };
}

/** The portal as a component that provides its APIs. */
export function toPortalComponent(
  apis: PortalApi[],
  options: PortalStanding & { title: string },
): ComponentEntityV1alpha1 {
  const { baseUrl, owner, system, title } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'waymark',
      title,
      description:
        'The developer portal itself. One place to find, create, run and understand software.',
      annotations: locatedAt(baseUrl),
      tags: ['backstage', 'portal'],
    },
    spec: {
      type: 'website',
      lifecycle: 'production',
      owner,
      ...(system && { system }),
      providesApis: apis.map(nameOf),
    },
  };
}
