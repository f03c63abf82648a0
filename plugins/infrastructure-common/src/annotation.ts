/** On an entity of the catalog: the id of the resource of this plugin that it is. */
export const resourceAnnotation = 'waymark.io/infrastructure-resource';
