/** Where the portal's own documentation tells what these pages cannot. */
const docs = '/docs/default/component/waymark';

/** How a platform engineer adds an offering. */
export const writeOfferingDocs = `${docs}/how-to/write-an-offering/`;

/** How an auditor checks the trail with a script of their own. */
export const verifyAuditDocs = `${docs}/how-to/verify-the-audit-trail/`;

/** The way from nothing to a database. */
export const tutorialDocs = `${docs}/tutorial/your-first-database/`;
