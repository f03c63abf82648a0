import fs from 'node:fs';
import path from 'node:path';
import { pages } from './pages.ts';

// Run in the folder of the package.
for (const [file, content] of Object.entries(pages)) {
  fs.writeFileSync(path.resolve('../..', file), content);
}
