import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { weekOf } from '../../../shared/weeks.ts';
import { openStream } from '../../http/events/testing/stream-clients.ts';
import { dataPaths } from '../../store/data-folder.ts';
import { openReadable } from '../../store/database.ts';
import { type TestWorker, testWorkers } from '../testing/test-worker.ts';

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => void (worker = await workers.start()));
afterAll(() => workers.end());

const patience = { timeout: 60_000, interval: 20 };
/** Said by one session only. Its stem is itself, so that it stands in the index as it is. */
const word = 'zorblax';
const cwd = '/home/dev/shop';
const isSaid = (text: string) => text.toLowerCase().includes(word);

async function post(session: string, hook_event_name: string, rest: object) {
  const answer = await worker.hook({ session_id: session, cwd, prompt_id: 'p1', hook_event_name, ...rest });
  expect(answer.ok).toBe(true);
  return answer;
}

/** One call of a tool, with its end. */
async function use(id: string, tool_name: string, tool_input: object, end: object) {
  const call = { tool_name, tool_use_id: id, tool_input };
  await post('mine', 'PreToolUse', call);
  await post('mine', 'error' in end ? 'PostToolUseFailure' : 'PostToolUse', { ...call, ...end });
}

/** Leave for a command is asked for, and given. */
async function askLeave(command: string) {
  const asked = post('mine', 'PermissionRequest', { tool_name: 'Bash', tool_input: { command } });
  const { permissions } = worker.client;
  const waiting = await vi.waitUntil(
    async () => (await permissions.list.query({ states: ['pending'], limit: 1 })).data[0],
    patience,
  );
  await permissions.decide.mutate({ id: waiting.id, behavior: 'allow' });
  await asked;
}

/** What waits for a moment of quiet is done at once. */
async function workDone() {
  const { jobs } = worker.client;
  await vi.waitUntil(async () => {
    const left = (await jobs.list.query({ limit: 200 })).data.filter(
      ({ state }) => state === 'waiting' || state === 'running',
    );
    const waiting = left.filter(({ state }) => state === 'waiting');
    // It may have begun by itself meanwhile.
    await Promise.allSettled(waiting.map(({ id }) => jobs.retry.mutate({ id })));
    return left.length === 0;
  }, patience);
}

/** Tables of which a row says the word, those of the index and of the vectors among them. */
function tablesSaying(): string[] {
  const { db, close } = openReadable(dataPaths(worker.dataDir).database);
  const tables = db
    .prepare<[], string>(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')`)
    .pluck()
    .all();
  const saying = tables.filter((table) =>
    db
      .prepare<[], object>(`SELECT * FROM "${table}"`)
      .all()
      .some((row) =>
        Object.values(row).some((value) => isSaid(Buffer.isBuffer(value) ? value.toString('latin1') : String(value))),
      ),
  );
  close();
  return saying;
}

/** Files of the data folder that say it, in free pages and in the write-ahead log as well. */
function filesSaying(): string[] {
  return readdirSync(worker.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => isSaid(readFileSync(file, 'latin1')));
}

/** The log as a client is told it that was away since `after`, up to a session that begins now. */
async function told(after: number, last: string): Promise<string> {
  const stream = await openStream(`${worker.url}/api/v1/stream/events?last_event_id=${after}`, {
    authorization: `Bearer ${worker.ownerToken}`,
  });
  await post(last, 'SessionStart', { source: 'startup' });
  await stream.until(({ events }) =>
    events.some(({ event, data }) => event === 'session.started' && data.includes(`"${last}"`)),
  );
  stream.close();
  return stream.events.map(({ data }) => data).join('\n');
}

async function lay() {
  const { client } = worker;
  const projects = join(worker.claudeDir, 'projects', '-home-dev-shop');
  mkdirSync(projects, { recursive: true });
  const transcript_path = join(projects, 'mine.jsonl');
  const line = { type: 'user', uuid: 'u1', sessionId: 'mine', cwd, timestamp: new Date().toISOString() };
  writeFileSync(transcript_path, `${JSON.stringify({ ...line, message: { role: 'user', content: `A ${word}` } })}\n`);
  await post('mine', 'SessionStart', { source: 'startup', transcript_path });
  await post('mine', 'UserPromptSubmit', { prompt: `Always run npm run ${word} before a commit.`, transcript_path });
  const command = { command: `npm run ${word}` };
  await use('t1', 'Bash', command, { error: `Exit code 1\nError: ${word} was locked` });
  await askLeave(`rm ${word}.lock`);
  const edit = { file_path: `${cwd}/${word}.ts`, old_string: 'a', new_string: word };
  await use('t2', 'Edit', edit, { tool_response: {} });
  await use('t3', 'Bash', command, { tool_response: { stdout: `${word} works` } });
  await post('mine', 'Stop', { last_assistant_message: `The ${word} works again.` });
  await post('mine', 'SessionEnd', { reason: 'prompt_input_exit' });
  // An agent's own rests on the session, and on none of its observations.
  await client.learnings.propose.mutate({ category: 'fact', statement: `Keep ${word} dry.`, session_id: 'mine' });
  await client.sessions.update.mutate({ id: 'mine', change: { title: `On ${word}` } });
  const [first] = (await client.observations.list.query({ session_id: 'mine' })).data;
  await client.observations.update.mutate({ id: first?.id ?? '', change: { title: `Corrected ${word}` } });
  await workDone();
  const project_id = (await client.sessions.get.query({ id: 'mine' })).project.id;
  await client.summaries.regenerate.mutate({ scope: 'week', project_id, week: weekOf(Date.now()) });
  await client.search.remember.mutate({ query: word });
  await client.ask.answer.mutate({ question: `What is ${word}?` });
  // Another session is told of it.
  expect(await (await post('other', 'SessionStart', { source: 'startup' })).text()).toContain(word);
  await workDone();
}

const everywhere = (
  'sessions events prompts messages observations observation_corrections observation_terms_data files entities ' +
  'permission_requests learnings learning_evidence learning_changes summaries injections injection_lines search_history event_log'
).split(' ');

// Catches a table, a cache or a stream that goes on saying what a person had erased.
test('of a session that is erased no word is left in any table, file or stream', { timeout: 180_000 }, async () => {
  const authorization = `Bearer ${worker.ownerToken}`;
  // As long as somebody listens, entries are kept in memory for whoever comes back.
  const listening = await openStream(`${worker.url}/api/v1/stream/events`, { authorization });
  await post('before', 'SessionStart', { source: 'startup' });
  await listening.until(({ events }) => events.length > 0);
  const begun = Number(listening.events[0]?.id);
  await lay();
  expect(tablesSaying()).toEqual(expect.arrayContaining(everywhere));
  expect(isSaid(await told(begun, 'between'))).toBe(true);

  await worker.client.sessions.erase.mutate({ id: 'mine' });
  await workDone();
  expect(tablesSaying()).toEqual([]);
  expect(isSaid(await told(begun, 'after'))).toBe(false);
  expect(isSaid(await told(0, 'last'))).toBe(false);
  // Once nothing waits, the write-ahead log is emptied.
  await vi.waitFor(() => expect(filesSaying()).toEqual([]), patience);
  listening.close();
});
