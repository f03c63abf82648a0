// Programs of the house, looked at like the launcher's.
module.exports = require('../packages/launcher/.eslintrc.cjs');
