import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { builtInTools } from '../../api/tools/built-in-tools.ts';
import { fields } from '../../memory/observe-fields.ts';
import { testWorkers, type TestWorker } from '../../worker/testing/test-worker.ts';
import { mcpSurface } from './mcp-surface.ts';
import { mcpClients } from './testing/mcp-clients.ts';

const workers = testWorkers();
const clients = mcpClients();
let worker: TestWorker;
let project: string;
/** By where and in which era of the protocol they speak. */
const doors = new Map<string, Client>();
const names = ['http', 'http 2026', 'stdio', 'stdio 2026'] as const;

beforeAll(async () => {
  worker = await workers.start();
  project = worker.claudeDir;
  const hook = (name: string, rest: object) =>
    worker.hook({ session_id: 'shop', cwd: project, hook_event_name: name, prompt_id: 'p', ...rest });
  await hook('UserPromptSubmit', { prompt: 'The checkout fails with SQLITE_BUSY, find out why' });
  for (let index = 0; index < 12; index++) {
    const tool_response = { stdout: `x${index} `.repeat(4_000), stderr: '', interrupted: false };
    const tool_input = { command: `npm test -- checkout ${index}` };
    await hook('PostToolUse', { tool_name: 'Bash', tool_use_id: `t${index}`, tool_input, tool_response });
  }
  const failed = { tool_name: 'Bash', tool_use_id: 'f', tool_input: { command: 'npm run lint' } };
  await hook('PostToolUseFailure', { ...failed, error: 'Exit code 1\nSQLITE_BUSY: database is locked 🔒'.repeat(300) });
  await hook('Stop', { last_assistant_message: 'WAL mode fixed the SQLITE_BUSY failure of the checkout.' });
  doors.set('http', await clients.http(worker.url, worker.ownerToken));
  doors.set('http 2026', await clients.http(worker.url, worker.ownerToken, 'auto'));
  doors.set('stdio', await clients.stdio(worker.dataDir));
  doors.set('stdio 2026', await clients.stdio(worker.dataDir, 'auto'));
}, 60_000);
afterAll(async () => {
  await clients.end();
  await workers.end();
});

function door(name: string): Client {
  const client = doors.get(name);
  if (client === undefined) throw new Error(`There is no door ${name}.`);
  return client;
}

interface Answer {
  text: string;
  isError: boolean;
  structured: Record<string, unknown>;
}

async function call(client: Client, name: string, args: Record<string, unknown> = {}): Promise<Answer> {
  const result = await client.callTool({ name, arguments: args });
  const [first] = result.content;
  const structured: unknown = result.structuredContent ?? {};
  return {
    text: first?.type === 'text' ? first.text : '',
    isError: result.isError === true,
    structured: fields(structured),
  };
}

function idIn(answer: Answer, list: string): string {
  const id = /"id":"([^"]+)"/.exec(JSON.stringify(answer.structured[list]))?.[1];
  if (id === undefined) throw new Error(`No id in ${answer.text}`);
  return id;
}

// Catches: doors that offer different things, and an answer of `cmem mcp` that was made from an older list.
test('every door offers the same: the one list of tools, resources, templates and prompts', async () => {
  const file: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../../shared/mcp-surface.json'), 'utf8'));
  expect(file, 'Run: node scripts/write-mcp-surface.ts').toEqual(JSON.parse(JSON.stringify(mcpSurface)));
  expect(mcpSurface.tools.map(({ name }) => name)).toEqual(builtInTools.map(({ name }) => name));
  for (const name of names) {
    const client = door(name);
    expect(client.getServerCapabilities(), name).toEqual(mcpSurface.capabilities);
    expect((await client.listTools()).tools, name).toEqual(mcpSurface.tools);
    expect((await client.listResources()).resources, name).toEqual(mcpSurface.resources);
    expect((await client.listResourceTemplates()).resourceTemplates, name).toEqual(mcpSurface.resourceTemplates);
    expect((await client.listPrompts()).prompts, name).toEqual(mcpSurface.prompts);
    expect(client.getServerVersion(), name).toMatchObject({ name: 'claude-mem' });
    expect(client.getInstructions(), name).toBe(mcpSurface.instructions);
    expect(client.getServerCapabilities(), name).not.toHaveProperty('logging');
  }
});

describe.each(names)('over %s', (name) => {
  // Catches: a tool that fails, an answer that its own schema refuses (the client checks it), one that is too long for a model.
  test('each tool does its work, in few words', { timeout: 60_000 }, async () => {
    const client = door(name);
    const used = new Set<string>();
    const use = async (tool: string, args: Record<string, unknown> = {}) => {
      used.add(tool);
      const answer = await call(client, tool, args);
      expect(answer.isError, answer.text).toBe(false);
      expect(answer.text.length, tool).toBeLessThan(9_000);
      expect(JSON.stringify(answer.structured).length, tool).toBeLessThan(9_000);
      expect(answer.text.isWellFormed()).toBe(true);
      return answer;
    };
    const found = await use('search', { query: 'SQLITE_BUSY checkout', project });
    const id = idIn(found, 'hits');
    expect(found.text).toContain(id);
    expect(found.text).toMatch(/WAL mode/);
    const around = await use('timeline', { observation_id: id, before: 3, after: 3 });
    expect(around.structured).toMatchObject({ session: { id: 'shop' } });
    expect(around.text).toMatch(new RegExp(`${id}.*←`));
    expect((await use('timeline', { session_id: 'shop', before: 2, after: 0 })).structured).toMatchObject({ later: 0 });
    const all = await use('timeline', { session_id: 'shop', before: 20, after: 0 });
    const ids = [...JSON.stringify(all.structured['rows']).matchAll(/"id":"([^"]+)"/g)].map((match) => match[1]);
    const details = await use('get_observations', { ids: [...ids, 'gone'] });
    expect(details.structured).toMatchObject({ missing: ['gone'] });
    expect(details.structured['observations']).toHaveLength(ids.length);
    expect((await use('recall_context', { project, prompt: 'the checkout fails with SQLITE_BUSY' })).text).toContain(
      'WAL',
    );

    const text = `Deploys happen on Mondays, says ${name}.`;
    const kept = await use('remember', { text, project, tags: ['x'], importance: 0.9 });
    expect(kept.structured).toMatchObject({ text, is_new: true });
    expect((await use('remember', { text, project, tags: ['y'] })).structured).toMatchObject({
      id: kept.structured['id'],
      tags: ['x', 'y'],
      importance: 0.9,
      is_new: false,
    });
    expect((await use('forget', { text })).structured).toMatchObject({ dry_run: true, count: 1 });
    const gone = await use('forget', { id: kept.structured['id'], dry_run: false });
    expect(gone.structured).toMatchObject({ dry_run: false, count: 1 });
    expect((await use('forget', { text })).structured).toMatchObject({ count: 0 });

    const statement = 'Open every SQLite file of this repo in WAL mode.';
    const tags = ['sqlite', '数据库'];
    const proposal = { statement, category: 'best_practice', project, session_id: 'shop', tags };
    const proposed = await use('propose_learning', proposal);
    expect(proposed.structured).toMatchObject({ state: 'proposed', statement, tags });
    expect((await use('propose_learning', proposal)).structured['id']).toBe(proposed.structured['id']);
    expect((await use('list_learnings', { project })).structured).toMatchObject({ learnings: [] });
    const waiting = { project, states: ['proposed'], tags: ['数据库'] };
    const listed = await use('list_learnings', waiting);
    expect(listed.text).toContain(`${statement} #sqlite #数据库`);
    expect(listed.structured).toMatchObject({ learnings: [{ tags }] });
    expect((await use('list_learnings', { ...waiting, tags: ['sqlite', 'gone'] })).structured).toMatchObject({
      total: 0,
    });

    expect((await use('ask', { question: 'What fixed the SQLITE_BUSY failure?' })).text).toContain('WAL');
    const note = await use('save_session_note', { note: `Halfway there (${name}).\nNext: the tests.`, project });
    expect(note.structured).toMatchObject({ session_id: 'shop', title: `Halfway there (${name}).` });
    // Catches: a hand-over that no later session hears of.
    expect((await use('recall_context', { project })).text).toContain(`Halfway there (${name}). Next: the tests.`);
    expect((await use('stats')).structured).toMatchObject({ sessions: 1, projects: 1 });
    expect([...used].toSorted()).toEqual(builtInTools.map((tool) => tool.name).toSorted());
  });

  // Catches: hits that are taken for filtered, and no hits of which nobody says why.
  test('search says which parts of a query it did not understand, and what it would', async () => {
    const query = 'type:bogus project:nowhere foo:bar is:odd SQLITE_BUSY "';
    const { text, structured } = await call(door(name), 'search', { query });
    expect(structured['not_understood']).toEqual([
      { text: 'type:bogus', message: expect.stringContaining('types are request, ') as unknown },
      { text: 'project:nowhere', message: expect.stringMatching(/no project.*Projects: /) as unknown },
      { text: 'foo:bar', message: expect.stringContaining('filters are project: type:') as unknown },
      { text: 'is:odd', message: expect.stringContaining('failed or pinned') as unknown },
      { text: '"', message: expect.stringContaining('not closed') as unknown },
    ]);
    expect(text).toContain('Not understood: type:bogus names no type');
    const fine = 'type:command "npm test" http://localhost:80 std::vector db:80 is:failed';
    expect((await call(door(name), 'search', { query: fine })).structured).toMatchObject({ not_understood: [] });
  });

  // Catches: what is wrong being told as a bug, or in a way that a model cannot mend.
  test.each([
    ['search', { query: '' }, /query: At least 1 character\./],
    ['search', {}, /search cannot be called like this\. query: It is missing: give a text\./],
    ['search', { query: 'x', limit: 'ten' }, /limit: Give a number, not a text\./],
    ['search', { query: 'x', zzz: 1 }, /zzz: There is no such argument; search takes query, project,/],
    ['search', { query: 'x', types: ['bogus'] }, /types\.0: Give one of request, /],
    ['remember', { text: 'x', tags: ['a,b'] }, /tags\.0: A tag has no comma/],
    ['stats', { zzz: 1 }, /zzz: There is no such argument; stats takes/],
    ['search', { query: 'x', project: 'nowhere' }, /There is no project "nowhere".*Projects: /],
    ['search', { query: 'x', cursor: 'made up' }, /cursor/i],
    ['timeline', {}, /either observation_id or session_id/],
    ['timeline', { observation_id: 'gone' }, /no observation with the id gone/],
    ['get_observations', { ids: [] }, /ids/],
    ['get_observations', { ids: Array.from({ length: 21 }, String) }, /ids/],
    ['forget', {}, /either id or text/],
    ['forget', { id: 'x', text: 'y' }, /either id or text/],
    ['propose_learning', { statement: 'Always test.', category: 'fact' }, /which project/],
    ['save_session_note', { note: 'x', session_id: 'gone' }, /no session with the id gone/],
  ])('%s %j says what to do', async (tool, args, said) => {
    const answer = await call(door(name), tool, args);
    expect(answer).toMatchObject({ isError: true });
    expect(answer.text).toMatch(said);
  });

  test('resources and prompts give what is in the memory', async () => {
    const client = door(name);
    const read = async (uri: string) => {
      const [first] = (await client.readResource({ uri })).contents;
      return first !== undefined && 'text' in first ? first.text : '';
    };
    for (const { uri } of mcpSurface.resources) expect(await read(uri)).not.toBe('');
    expect(await read('memory://sessions/shop')).toContain('SQLITE_BUSY');
    const { hits } = await worker.client.search.query.query({ text: 'WAL', limit: 1 });
    expect(await read(`memory://observations/${hits[0]?.observation.id}`)).toContain('WAL');
    const [known] = await worker.client.projects.list.query();
    expect(await read(`memory://projects/${known?.id}/context`)).toContain('SQLITE_BUSY');
    for (const uri of [
      'memory://sessions/gone',
      'memory://nothing',
      'memory://sessions/%E0%A4%A',
      'file:///etc/passwd',
    ]) {
      await expect(read(uri), uri).rejects.toThrow(/not found/i);
    }
    for (const prompt of mcpSurface.prompts) {
      const { messages } = await client.getPrompt({ name: prompt.name, arguments: { project } });
      expect(JSON.stringify(messages)).toMatch(/learning|note|remembered/);
    }
    // Catches: a topic of which nothing is told, although rows mention it.
    const aboutWal = await client.getPrompt({ name: 'recall', arguments: { project, topic: 'WAL' } });
    expect(JSON.stringify(aboutWal.messages)).toMatch(/\d+ of \d+\+? hits/);
    expect(JSON.stringify(aboutWal.messages)).not.toContain('Nothing is known');
    await expect(client.getPrompt({ name: 'recall', arguments: {} })).rejects.toThrow(/"project"/);
    await expect(client.getPrompt({ name: 'gone' })).rejects.toThrow(/no prompt/);
    await expect(client.callTool({ name: 'gone', arguments: {} })).rejects.toThrow(/no tool/);
  });
});

// Catches: an agent's belief that is handed to agents without a person.
test('what an agent proposes is neither handed out nor proposed again once a person rejected it', async () => {
  const client = door('http');
  const proposal = { statement: 'Never run the migrations by hand.', category: 'pitfall', project };
  const { structured } = await call(client, 'propose_learning', proposal);
  const id = String(structured['id']);
  expect((await call(client, 'recall_context', { project })).text).not.toContain(proposal.statement);
  await worker.client.learnings.decide.mutate({ ids: [id], decision: 'reject' });
  expect((await call(client, 'propose_learning', proposal)).structured).toMatchObject({ id, state: 'rejected' });
  await worker.client.learnings.delete.mutate({ ids: [id] });
  expect(await call(client, 'propose_learning', proposal)).toMatchObject({ isError: true });
});

// Catches: commands that lead to another port or another memory, and a token in what a page shows.
test('the set-up names this port and this folder, and no secret', async () => {
  const setup = await worker.client.mcp.setup.query();
  expect(setup.http.command).toContain(`claude-mem ${worker.url}/mcp --header 'X-API-Key: ${setup.http.key_text}'`);
  expect(setup.stdio?.command).toMatch(/^claude mcp add --scope user claude-mem -- .*cli\.js mcp --data /);
  expect(setup.stdio?.command).toContain(worker.dataDir);
  expect(setup.plugin).toMatchObject({ is_written: false, carries_hooks: true });
  expect(JSON.stringify(setup)).not.toContain(worker.ownerToken);
});

// Catches: a proxy that is of no use once the memory was restarted.
test('cmem mcp goes on after a restart of the worker', { timeout: 60_000 }, async () => {
  const before = worker.url;
  await clients.end();
  const client = await clients.stdio(worker.dataDir);
  expect((await call(client, 'stats')).isError).toBe(false);
  worker = await worker.restart();
  expect(worker.url).not.toBe(before);
  await vi.waitFor(async () => expect((await call(client, 'stats')).isError).toBe(false), { timeout: 30_000 });
});
