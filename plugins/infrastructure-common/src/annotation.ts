/** On an entity of the catalog: the id of the resource of this plugin that it is. */
export const resourceAnnotation = 'waymark.io/infrastructure-resource';

/** The annotation of the catalog's entities that holds the id of the request that made a resource, which its tag `request-id` says as well. */
export const requestAnnotation = 'waymark.io/infrastructure-request';
