// Not a package, so none of the rules of packages; what is written must still be TypeScript.
module.exports = {
  root: true,
  parser: '@typescript-eslint/parser',
  parserOptions: { ecmaVersion: 2023, sourceType: 'module' },
};
