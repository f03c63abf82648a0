/** Where the portal's own documentation tells what these pages cannot. */
const docs = '/docs/default/component/waymark';

/** Which systems can be connected, and how each is. */
export const sourcesDocs = `${docs}/reference/dora-sources/`;

/** How the past is brought in. */
export const importDocs = `${docs}/how-to/read-dora-metrics/#bring-in-the-past`;

/** How deliveries find their component. */
export const annotationDocs = `${docs}/how-to/read-dora-metrics/#whose-delivery-it-is`;

/** How what a delivery system kept is brought in. */
export const backfillDocs = `${docs}/how-to/dora-backfill/`;
