import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { InjectionKind, InjectionView } from '../../shared/context-views.ts';
import { givenByHook, told, vectorsMade } from './testing/given-by-hook.ts';
import { testWorkers, type TestWorker } from './testing/test-worker.ts';

const workers = testWorkers();
let shared: TestWorker;
let worker: TestWorker;
let projectId: string;
let cwd: string;
let run = 0;

beforeAll(async () => void (shared = await workers.start()));
afterAll(() => workers.end());
beforeEach(() => begin(shared));

/** Each test has a project and sessions of its own in the one memory. */
async function begin(started: TestWorker): Promise<void> {
  worker = started;
  run += 1;
  cwd = `/work-of/shop-${run}`;
  await turn('first', 'fix the checkout lock timeout', 'The database opens in WAL mode with a busy timeout now.', {
    changed: 'src/db.ts',
    failed: 'node test/checkout.test.js',
  });
  await turn('second', 'write the docs', 'The docs explain the lock.');
  projectId = (await worker.client.sessions.get.query({ id: idOf('first') })).project.id;
}

/** For what depends on how common a word is, or on what holds for all projects. */
const beginAlone = async () => begin(await workers.start());
const idOf = (session: string) => `${session} ${run}`;

/** The session that is given something. */
const own = 'the-session-that-asks';

const post = ({ session_id: session, ...body }: { session_id: string } & Record<string, unknown>): Promise<string> =>
  givenByHook(worker, { cwd, session_id: idOf(session), ...body });

async function turn(
  session: string,
  asked: string,
  answered: string,
  did: { changed?: string; failed?: string } = {},
): Promise<void> {
  const common = { session_id: session, prompt_id: randomUUID() };
  await post({ ...common, hook_event_name: 'UserPromptSubmit', prompt: asked });
  const tool = (name: string, tool_input: object, rest: object) =>
    post({ ...common, tool_use_id: randomUUID(), tool_name: name, tool_input, ...rest });
  if (did.changed !== undefined) {
    await tool('Edit', { file_path: `${cwd}/${did.changed}`, new_string: 'x' }, { hook_event_name: 'PostToolUse' });
  }
  if (did.failed !== undefined) {
    const error = 'Exit code 1\nSQLITE_BUSY: database is locked';
    await tool('Bash', { command: did.failed }, { hook_event_name: 'PostToolUseFailure', error });
  }
  await post({ ...common, hook_event_name: 'Stop', last_assistant_message: answered });
}

const crowd = () =>
  Promise.all(
    Array.from({ length: 30 }, (_, at) => turn(`other ${at}`, `polish button ${at}`, `Button ${at} is round.`)),
  );

const start = (session: string, source: string) =>
  post({ session_id: session, hook_event_name: 'SessionStart', source });
const ask = (session: string, prompt: string) =>
  post({ session_id: session, prompt_id: randomUUID(), hook_event_name: 'UserPromptSubmit', prompt });
const use = (session: string, file: string, tool = 'Read') =>
  post({
    session_id: session,
    tool_use_id: randomUUID(),
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: { file_path: file },
  });

async function given(session: string): Promise<InjectionView[]> {
  return (await worker.client.context.injections.query({ session_id: idOf(session) })).data;
}

/** Waits for the record, which follows the answer. */
async function recorded(session: string, count: number): Promise<InjectionView[]> {
  await vi.waitFor(async () => expect(await given(session)).toHaveLength(count), { timeout: 30_000, interval: 20 });
  return given(session);
}

async function preview(
  kind: InjectionKind,
  { session, ...rest }: { session?: string; prompt?: string; file?: string } = {},
) {
  const of = session === undefined ? {} : { session_id: idOf(session) };
  return worker.client.context.preview.query({ project_id: projectId, kind, ...of, ...rest });
}

describe('the preview is what the hook gives, byte for byte', () => {
  test.each(['startup', 'clear'] as const)('%s', async (kind) => {
    const shown = await preview(kind);
    expect(shown.text).toContain('WAL mode');
    expect(await start(own, kind)).toBe(shown.text);
    const [injection] = await recorded(own, 1);
    expect(injection).toMatchObject({ kind, text: shown.text, tokens: shown.tokens, lines: shown.lines, prompt: null });
  });

  test('resume and compact, of a session that is there', async () => {
    await start(own, 'startup');
    await recorded(own, 1);
    expect((await preview('resume', { session: own })).text).toBe('');
    expect(await start(own, 'resume')).toBe('');
    await turn(own, 'add rate limits', 'Limits are in.', { changed: 'src/limits.ts' });
    await turn('second', 'and the changelog', 'The changelog is written.');
    for (const kind of ['resume', 'compact'] as const) {
      const shown = await preview(kind, { session: own });
      expect(shown.text).toContain(kind === 'resume' ? 'changelog is written' : 'src/limits.ts');
      expect(await start(own, kind)).toBe(shown.text);
    }
    expect(await recorded(own, 3)).toMatchObject([{ kind: 'compact' }, { kind: 'resume' }, { kind: 'startup' }]);
  });

  test('file', async () => {
    const file = `${cwd}/src/db.ts`;
    const shown = await preview('file', { file });
    expect(shown.text).toContain('checkout.test.js');
    expect(shown.tokens).toBeLessThanOrEqual(120);
    expect(await use(own, file)).toBe(shown.text);
    expect(await recorded(own, 1)).toMatchObject([{ kind: 'file', file, text: shown.text }]);
    // Once a session, whatever the tool.
    expect(await use(own, file, 'Edit')).toBe('');
    expect((await preview('file', { file, session: own })).text).toBe('');
    expect(await use(own, `${cwd}/src/never-seen.ts`)).toBe('');
    // Not to the session that made the change.
    expect(await use('first', file)).toBe('');
  });
});

describe('recall at a prompt', () => {
  const question = 'why did the checkout lock timeout happen, does the database open in WAL mode with a busy timeout?';

  test('is what the preview says, for the prompt that it is for, once a session', async () => {
    await beginAlone();
    // Small talk alone would be told by the start; here nothing else is to be given.
    await worker.client.context.choose.mutate({ choice: { context: false } });
    // In a memory of a few rows no word is rare: the question itself would make its words common.
    await crowd();
    await vectorsMade(worker);
    await told(async () => (await preview('prompt', { prompt: question })).text);
    const shown = await preview('prompt', { prompt: question });
    expect(shown.text).toContain('WAL mode');
    expect(shown.tokens).toBeLessThanOrEqual(400);
    expect(await told(() => ask(own, question))).toBe(shown.text);
    const [injection] = await recorded(own, 1);
    expect(injection).toMatchObject({ kind: 'prompt', prompt: question, text: shown.text });
    expect(injection?.lines.map((line) => line.text)).toEqual(shown.lines.map((line) => line.text));
    expect(injection?.prompt_id).not.toBeNull();
    expect(await ask(own, question)).not.toContain(shown.lines[0]?.text);
  });

  test('does not repeat what the start has told', async () => {
    expect(await start(own, 'startup')).toContain('WAL mode');
    await recorded(own, 1);
    expect(await ask(own, question)).not.toContain('opens in WAL mode');
  });

  test.each([
    ['something never seen', 'Write a haiku about autumn leaves'],
    ['small talk', '继续'],
    ['a slash command', '/review the checkout lock timeout of the database'],
    ['a text of the client', '<task-notification>the checkout lock timeout, WAL mode</task-notification>'],
  ])('nothing for %s', async (_name, prompt) => {
    await start(own, 'startup');
    await recorded(own, 1);
    expect(await ask(own, prompt)).toBe('');
    expect(await given(own)).toHaveLength(1);
  });
});

describe('never twice', () => {
  test.each([
    ['the same start at the same time', () => [start(own, 'startup'), start(own, 'startup')]],
    ['a start and the first prompt at the same time', () => [start(own, 'startup'), ask(own, 'hello')]],
    ['a file that is read in several places at once', () => [1, 2].map(() => use(own, `${cwd}/src/db.ts`))],
  ])('%s', async (_name, hooks) => {
    const answers = await Promise.all(hooks());
    expect(answers.filter((answer) => answer !== '')).toHaveLength(1);
    await recorded(own, 1);
  });

  test('a start that is reported again later, after it was recorded', async () => {
    expect(await start(own, 'startup')).not.toBe('');
    await recorded(own, 1);
    expect(await start(own, 'startup')).toBe('');
    expect(await ask(own, 'hello')).toBe('');
  });

  test('a start that never came is made up for by the first prompt alone', async () => {
    expect(await ask(own, 'hello')).toContain('WAL mode');
    await recorded(own, 1);
    expect(await ask(own, 'hello again')).toBe('');
  });

  // Catches: the prompt's recall built beside the start, unaware of what that tells.
  test('a start that comes with the first prompt and its recall tell each fact once', async () => {
    await beginAlone();
    await crowd();
    await turn('last', 'why is the ledger import slow?', 'The ledger import had no index on its posting date.');
    const prompt = 'is the ledger import slow for want of an index on its posting date?';
    // Recall alone would tell it; the vectors are made in the background.
    const known = async () => expect((await preview('prompt', { prompt })).text).toContain('posting date');
    await vi.waitFor(known, { timeout: 20_000, interval: 50 });
    const answer = await ask(own, prompt);
    expect(answer.split('no index on its posting date')).toHaveLength(2);
    const given = (await recorded(own, 1)).flatMap(({ lines }) =>
      lines.map((line) => line.observation_id ?? line.text),
    );
    expect(new Set(given).size).toBe(given.length);
  });

  // Catches: one memory of the last start for all sessions.
  test('doubled hooks of two sessions that compact at the same time', async () => {
    const both = ['first', 'second'];
    const answers = [];
    for (const session of [...both, ...both]) answers.push(await start(session, 'compact'));
    expect(answers.map((answer) => answer !== '')).toEqual([true, true, false, false]);
  });
});

describe('choices', () => {
  test('off is off: for all, for a project, for a session, the narrower before the wider', async () => {
    await beginAlone();
    const { context } = worker.client;
    const off = { context: false, file_history: false, recall: false };
    await context.choose.mutate({ project_id: projectId, choice: off });
    expect(await start(own, 'startup')).toBe('');
    expect(await ask(own, 'why is the database locked in the checkout test?')).toBe('');
    expect(await use(own, `${cwd}/src/db.ts`)).toBe('');
    expect(await preview('startup')).toMatchObject({ enabled: false, text: '' });
    expect(await given(own)).toEqual([]);

    const view = await context.choose.mutate({ session_id: idOf(own), choice: { context: true, budget_tokens: 300 } });
    expect(view).toEqual({
      choice: { context: true, recall: null, file_history: null, budget_tokens: 300 },
      effective: { context: true, recall: false, file_history: false, budget_tokens: 300 },
    });
    // It was never given, so it comes with the next prompt, in the budget of this session.
    expect(await ask(own, 'hello')).toContain('WAL mode');
    const [injection] = await recorded(own, 1);
    expect(injection?.budget_tokens).toBe(300);
    expect(injection?.tokens).toBeLessThanOrEqual(300);

    await context.choose.mutate({ choice: { recall: false } });
    await context.choose.mutate({ project_id: projectId, choice: { context: null, recall: null, file_history: null } });
    expect(await context.choice.query({ project_id: projectId })).toMatchObject({
      choice: { context: null, recall: null },
      effective: { context: true, recall: false, budget_tokens: 1_500 },
    });
    await expect(context.choice.query({ project_id: 'none' })).rejects.toThrow(/project/);
  });
});

describe('marks', () => {
  test('what is hidden or wrong is never given again, and readers hear of it by its revision', async () => {
    const shown = await preview('startup');
    const line = shown.lines.find(({ section }) => section === 'observations');
    const id = line?.observation_id ?? '';
    await worker.client.observations.mark.mutate({ id, mark: 'wrong' });
    expect((await worker.client.observations.get.query({ id })).mark).toBe('wrong');
    expect((await preview('startup')).text).not.toContain(id);
    await worker.client.observations.mark.mutate({ id, mark: null });
    expect((await preview('startup')).text).toBe(shown.text);
    await worker.client.sessions.mark.mutate({ id: idOf('first'), mark: 'hidden' });
    expect((await preview('startup')).text).not.toContain('WAL mode');
    await expect(worker.client.sessions.mark.mutate({ id: 'none', mark: 'hidden' })).rejects.toThrow(/session/);
    await expect(worker.client.observations.mark.mutate({ id: 'none', mark: null })).rejects.toThrow(/observation/);
  });
});

describe('the record', () => {
  test('pages of it, newest first, by session and project, with an event for each', async () => {
    const events: string[] = [];
    const asking = ['a', 'b', 'c'];
    const stop = worker.onEvent(({ type, session_id: id, data }) => {
      if (type === 'context.given' && asking.map(idOf).includes(id ?? '')) events.push(String(data['kind']));
    });
    for (const session of asking) {
      await start(session, 'startup');
      await recorded(session, 1);
    }
    const page = await worker.client.context.injections.query({ project_id: projectId, limit: 2 });
    // Two of the first turns are recorded too: SessionStart never came for them.
    expect(page.data.map(({ session_id }) => session_id)).toEqual([idOf('c'), idOf('b')]);
    const cursor = page.pagination.next_cursor ?? '';
    const rest = await worker.client.context.injections.query({ project_id: projectId, limit: 50, cursor });
    expect(rest.data[0]?.session_id).toBe(idOf('a'));
    expect(rest.data.length + 2).toBe(page.pagination.total);
    await vi.waitFor(() => expect(events).toEqual(['startup', 'startup', 'startup']), { timeout: 30_000 });
    stop();
  });
});
