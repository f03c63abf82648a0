import path from 'node:path';

/** The compiled rules of this repository. */
export const compiledFolder = path.resolve(__dirname, '../../compiled');

/** Their source. */
export const policiesFolder = path.resolve(__dirname, '../../../../policies');
