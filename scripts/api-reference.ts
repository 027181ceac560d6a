import { readFileSync, writeFileSync } from 'node:fs';
import { pageFile, withReference } from './lib/api-reference.ts';
import { apiTypes, typesFile } from './lib/api-types.ts';
import { runCommand } from './lib/run-command.ts';

// What docs/api.md and the client beside it tell of the contract, made anew from it.
writeFileSync(pageFile, withReference(readFileSync(pageFile, 'utf8')));
writeFileSync(typesFile, await apiTypes());
const formatted = await runCommand('npx', ['--no-install', 'oxfmt', typesFile]);
if (formatted.exitCode !== 0) throw new Error(formatted.output);
