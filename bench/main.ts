import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchCrash } from './crash.ts';
import { benchEmbedding } from './embedding.ts';
import { benchHooks, benchHooksFilled } from './hooks.ts';
import { benchIngest } from './ingest.ts';
import { benchJobs } from './jobs.ts';
import { describeEnvironment, readEnvironment } from './lib/environment.ts';
import { isMet, toTable, type Figure } from './lib/figure.ts';
import { benchLearnings } from './learnings/main.ts';
import { fillFolder, filledWith } from './lib/filled-folder.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';
import { benchMcp } from './mcp.ts';
import { benchMemory } from './memory.ts';
import { benchOrganizations } from './organizations.ts';
import { benchPermissions } from './permissions.ts';
import { benchRest } from './rest.ts';
import { benchSearchFigures } from './search.ts';
import { benchStart } from './start.ts';
import { benchStream } from './stream.ts';
import { benchFanOut } from './fan-out.ts';

const parts = [
  'hooks',
  'ingest',
  'stream',
  'permissions',
  'rest',
  'search',
  'embedding',
  'start',
  'memory',
  'learnings',
  'mcp',
  'organizations',
  'crash',
  'jobs',
];
/** What is measured and on what, so that nobody takes a figure for more than it is. */
const help = `npm run bench -- [PART…] [--observations N] [--json FILE]

Measures the built worker (out/) as a process of its own; every figure stands beside a baseline of the same run.
Without a part all run but organizations, crash and jobs. Run it on a machine that does nothing else: the load at the start is printed and kept.

  hooks   milliseconds of a hook's POST, one at a time. Twice on an empty folder with paths that lead nowhere (kept and
          new connection), once on a filled folder with a git repository as its directory and a transcript that grows
          and is read at every Stop. Baseline: a node:http server that reads the body and answers 204.
  ingest  events a second over 64 connections until the last is acknowledged; then looks for each of them in the file.
  stream  from a hook's POST to its event at a client of the event stream; at 100 streams and 100 sockets while 1,000
          hooks a second arrive, beside a bare server that only tells them; what idle and unreading clients cost.
  permissions
          from an agent's question to its event at a client of the event stream, from a decision to the agent's answer, and a
          question that a rule answers. Baseline: a node:http server that reads the body and answers 204.
  rest    reads of 50 clients over kept connections on a filled folder: lists, rows and searches, once with pauses of up to
          two seconds between the questions of a client and once without any, where each answer waits for 49 others. Each kind
          was asked 200 times before, one after the other.
          Baseline: a node:http server that answers the same bytes.
  search  40 queries of every class on a generated memory (30,000 English words by Zipf's law, a quarter of it Chinese;
          bench/search/corpus.ts). "In process" is the ranking alone; "over HTTP" the same queries through the worker.
          Baseline: a plain FTS5 table with ORDER BY rank. Quality: node bench/search/main.ts.
  embedding
          the built-in model alone, in microseconds a text; then 1,000 observations from the moment the paused work is
          resumed, and hooks posted meanwhile. Baseline: hooks while the work stands still.
  start   from the spawn to ready, on a filled folder.
  memory  resident memory on a filled folder, after the start and after searches.
  learnings
          a thousand statements with planted duplicates and contradictions, and hand-written hard cases: precision and
          recall of merging and of contradiction, on the half that the rules were fitted on and on the other.
          Baselines: Jaccard of words, and cosine of the built-in model alone, each with its best threshold.
  mcp     from the spawn of cmem mcp until an agent has its tools, with a worker that runs; then one search after the other.
          Baseline: a process that says each line back.
  organizations
          8 and 20 organisations of one worker (Linux): threads, files and memory of each, hooks and searches of all of them in
          turn, then at once with a stream each.
  crash   kill -9 under load, --crash times (200), then looks for every acknowledged event.
  jobs    kill -9 while jobs run, --kill times (50), then looks whether every job ended once.

--observations N   how many the filled folder and the generated memory hold (100000)
--json FILE        keeps environment and figures there; without it they are printed

A filled folder holds ${filledWith}.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    crash: { type: 'string', default: '200' },
    kill: { type: 'string', default: '50' },
    observations: { type: 'string', default: '100000' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const unknown = positionals.filter((part) => !parts.includes(part));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${parts.join(', ')}.`);
  process.exit(2);
}
// Kills take minutes, and organisations gigabytes; they run when they are named.
const isWanted = (part: string) =>
  positionals.length === 0 ? !['organizations', 'crash', 'jobs'].includes(part) : positionals.includes(part);

const environment = await readEnvironment();
console.error(describeEnvironment(environment));
const figures: Figure[] = [];
async function measure(part: string, run: () => Promise<Figure[]>): Promise<void> {
  if (!isWanted(part)) return;
  console.error(`measuring ${part} …`);
  figures.push(...(await run()));
}

await measure('hooks', benchHooks);
await measure('ingest', benchIngest);
await measure('stream', async () => [...(await benchStream()), ...(await benchFanOut())]);
await measure('permissions', benchPermissions);
await measure('search', () => benchSearchFigures(Number(values.observations)));
await measure('embedding', benchEmbedding);
if (['hooks', 'start', 'memory', 'rest'].some(isWanted)) {
  await withTemporaryFolder(async (folder) => {
    console.error(`filling a folder with ${filledWith} …`);
    const observations = await fillFolder(folder, Number(values.observations));
    await measure('start', () => benchStart(folder, observations));
    await measure('memory', () => benchMemory(folder, observations));
    await measure('rest', () => benchRest(folder, observations));
    // Last: it adds observations of its own.
    await measure('hooks', () => benchHooksFilled(folder, observations));
  });
}
await measure('learnings', async () => benchLearnings());
await measure('mcp', benchMcp);
await measure('organizations', benchOrganizations);
await measure('crash', () => benchCrash(Number(values.crash)));
await measure('jobs', () => benchJobs(Number(values.kill)));

const result = {
  environment,
  filled_folder: filledWith,
  figures: figures.map((figure) => ({ ...figure, met: isMet(figure) })),
};
const json = JSON.stringify(result, null, 2);
if (values.json === undefined) console.log(json);
else await writeFile(values.json, `${json}\n`);
console.log(toTable(figures));
