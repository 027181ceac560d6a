import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchCrash } from './crash.ts';
import { benchHooks } from './hooks.ts';
import { benchIngest } from './ingest.ts';
import { readEnvironment } from './lib/environment.ts';
import { isMet, toTable, type Figure } from './lib/figure.ts';
import { fillFolder } from './lib/filled-folder.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';
import { benchMemory } from './memory.ts';
import { benchSearchFigures } from './search.ts';
import { benchStart } from './start.ts';
import { benchStream } from './stream.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    crash: { type: 'string', default: '200' },
    observations: { type: 'string', default: '100000' },
  },
});
const parts = ['hooks', 'ingest', 'stream', 'search', 'start', 'memory', 'crash'];
const unknown = positionals.filter((part) => !parts.includes(part));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${parts.join(', ')}.`);
  process.exit(2);
}
// 200 kills take minutes; they run when they are named.
const isWanted = (part: string) => (positionals.length === 0 ? part !== 'crash' : positionals.includes(part));

const figures: Figure[] = [];
async function measure(part: string, run: () => Promise<Figure[]>): Promise<void> {
  if (!isWanted(part)) return;
  console.error(`measuring ${part} …`);
  figures.push(...(await run()));
}

await measure('hooks', benchHooks);
await measure('ingest', benchIngest);
await measure('stream', benchStream);
await measure('search', () => benchSearchFigures(Number(values.observations)));
if (isWanted('start') || isWanted('memory')) {
  await withTemporaryFolder(async (folder) => {
    console.error('filling a folder …');
    const observations = await fillFolder(folder, Number(values.observations));
    await measure('start', () => benchStart(folder, observations));
    await measure('memory', () => benchMemory(folder, observations));
  });
}
await measure('crash', () => benchCrash(Number(values.crash)));

const result = {
  environment: await readEnvironment(),
  figures: figures.map((figure) => ({ ...figure, met: isMet(figure) })),
};
const json = JSON.stringify(result, null, 2);
if (values.json === undefined) console.log(json);
else await writeFile(values.json, `${json}\n`);
console.log(toTable(figures));
