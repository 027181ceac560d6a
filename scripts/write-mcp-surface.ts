import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mcpSurface } from '../src/main/http/mcp/mcp-surface.ts';
import { runCommand } from './lib/run-command.ts';

// `cmem mcp` says what the memory offers before it has loaded anything that could work it out.
const file = join(import.meta.dirname, '../src/shared/mcp-surface.json');
writeFileSync(file, JSON.stringify(mcpSurface, null, 2));
const formatted = await runCommand('npx', ['--no-install', 'oxfmt', file]);
if (formatted.exitCode !== 0) throw new Error(formatted.output);
process.stdout.write(`${mcpSurface.tools.length} tools written to ${file}\n`);
