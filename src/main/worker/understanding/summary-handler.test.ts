import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codingMode } from '../../ai/modes/coding.ts';
import { ModelError } from '../../ai/model.ts';
import type { Fault, ModelServer, Script as Reply } from '../../ai/testing/model-server.ts';
import type { ClaimedJob, JobEnd, JobPayloads } from '../../jobs/job.ts';
import { recordedHooks } from '../../capture/testing/recorded.ts';
import { play } from '../../memory/summaries/testing/script.ts';
import { chinese, research } from '../../memory/summaries/testing/sessions.ts';
import { weekOf } from '../../../shared/weeks.ts';
import { toldMemory, type ToldMemory } from '../../memory/testing/told-memory.ts';
import type { ModelSettings } from '../../../shared/model-views.ts';
import { modelServers, modelSource, settingsFor, wireFormats } from '../testing/model-source.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import type { Reader } from '../reader-pool.ts';
import type { WriterClient } from '../writer-client.ts';
import { createModelGateway } from './model-gateway.ts';
import { createPaidCalls } from './paid-calls.ts';
import { createSummariseHandler } from './summary-handler.ts';
import { createSummaryReading } from './summary-reading.ts';
import { among, like, saying } from '../../memory/summaries/testing/matchers.ts';

const signal = new AbortController().signal;

let memory: ToldMemory;
let writer: Pick<WriterClient, 'call'>;
let read: ReturnType<typeof createSummaryReading>;
let run: (payload: JobPayloads['summarise'], session: string) => Promise<JobEnd>;

function open(models: Parameters<typeof createModelGateway>[0]['models'] | null): void {
  writer = operatingWriter(memory.writable);
  read = createSummaryReading(memory.db);
  const intake = {
    call: (name: keyof typeof read, argument: never) => Promise.resolve(read[name](argument)),
  } as unknown as Pick<Reader, 'call'>;
  const none = { isWanted: () => false, settings: () => never(), complete: () => never() };
  const gateway = models === null ? none : createModelGateway({ models, paid: createPaidCalls(writer), writer });
  const handler = createSummariseHandler({ intake, writer, gateway, mode: () => codingMode });
  run = async (payload, session) => {
    const job: ClaimedJob<'summarise'> = {
      id: `job ${session}`,
      kind: 'summarise',
      payload,
      projectPk: memory.project('/home/dev/shop') || memory.project('/home/dev/shop-api'),
      sessionPk: payload.scope === 'week' ? null : memory.session(session),
      attempt: 1,
    };
    const end = await handler({ job, signal, progress: () => {} });
    // What the queue does in the transaction that ends the job.
    if (end.apply !== null) await writer.call(end.apply.name as 'keepSummaries', end.apply.argument as never);
    return end;
  };
}

function never(): never {
  throw new Error('No model is to be asked.');
}

beforeEach(() => void (memory = toldMemory()));
afterEach(() => memory.close());

const session = { scope: 'session', force: false, withModel: true } as const;
const current = (id: string) => read.listSummaries({ session_id: id, scope: 'session', limit: 10 }).data;

describe('without a model', () => {
  beforeEach(() => open(null));

  test('rules alone; what has not changed is not made again, what a person wants anew is', async () => {
    play(memory, research);
    const first = await run(session, 'research');
    expect(first.result).toBe('The session was summed up by rules.');
    expect(first.enqueue).toMatchObject([
      { kind: 'summarise', priority: 0, payload: { scope: 'week', week: weekOf(memory.now()), force: false } },
    ]);
    expect(await run(session, 'research')).toMatchObject({
      result: saying('Nothing has changed'),
      apply: null,
    });
    await run({ ...session, force: true }, 'research');
    expect(current('research')).toMatchObject([{ version: 2, source: 'extractive' }]);
    const week = { scope: 'week', week: weekOf(memory.now()), force: false, withModel: true } as const;
    expect((await run(week, 'research')).enqueue).toEqual([]);
    expect(read.listSummaries({ scope: 'week', limit: 1 }).data).toMatchObject([
      {
        title: 'How does the session cache decide what to evict?',
        learned: among('touch() does not set the bit.'),
      },
    ]);
  });

  test('a turn brings its session with it, once that is quiet', async () => {
    play(memory, research);
    const [promptId = ''] = memory.db.prepare<[], string>('SELECT prompt_id FROM prompts').pluck().all();
    const end = await run({ scope: 'turn', promptId, force: false, withModel: true }, 'research');
    expect(end.enqueue).toMatchObject([{ payload: { scope: 'session', withModel: false } }]);
    expect(read.listSummaries({ scope: 'turn', limit: 10 }).data).toMatchObject([{ prompt_id: promptId }]);
  });

  test('where there is nothing, nothing is kept', async () => {
    play(memory, { id: 'empty', steps: [{ user: ' ' }] });
    expect(await run(session, 'empty')).toEqual({ result: 'There is nothing to sum up.', apply: null });
    expect(await run({ scope: 'turn', promptId: 'nowhere', force: true, withModel: false }, 'empty')).toMatchObject({
      apply: null,
    });
  });
});

const said = {
  title: 'Checkout no longer fails with SQLITE_BUSY.',
  language: 'zh',
  request: 'Find out why checkout fails under load.',
  investigated: ['How the database is opened in src/db.js.'],
  done: ['WAL and a busy timeout of 5 s are set in src/db.js.', 'Rewrote src/invented.js from scratch.'],
  learned: ['Two writers collided because there was no busy timeout.'],
  open_ends: [],
  key_points: ['All SQLite files of the repository are to be opened in WAL mode.'],
  files: [{ path: '/etc/passwd', change: 'changed' }],
  commands: [{ command: 'rm -rf /', outcome: 'passed', note: null }],
};

describe.each(wireFormats)('with a model over a server that speaks %s', (kind) => {
  let server: ModelServer;
  let lock: string;

  beforeEach(async () => {
    server = await modelServers[kind]();
    open(modelSource(settingsFor(kind, server)));
    for (const body of recordedHooks('fix-lock-timeout')) {
      const event = JSON.parse(body) as { session_id: string };
      lock = event.session_id;
      memory.post(event);
    }
  });
  afterEach(() => server.close());

  const fail = async (reply: Reply): Promise<unknown> => {
    server.always(reply);
    return run(session, lock).catch((error: unknown) => error);
  };

  // Catches: files, commands or sentences that a model made up; a language that is not the session's.
  test('its sentences are taken, the ledger’s files and commands stay, what names an unknown file goes', async () => {
    server.always({ json: said });
    const end = await run(session, lock);
    expect(end.result).toMatch(/^The session was summed up by .+\.$/);
    expect(current(lock)).toMatchObject([
      {
        source: 'model',
        version: 2,
        title: 'Checkout no longer fails with SQLITE_BUSY',
        language: 'en',
        done: ['WAL and a busy timeout of 5 s are set in src/db.js.'],
        learned: said.learned,
        key_points: said.key_points,
        files: [{ path: 'src/db.js', change: 'changed' }],
        commands: [{ outcome: 'passed', note: '2 passed, 0 failed' }],
        prompt_version: saying('summarise-session@'),
      },
    ]);
    const [asked] = server.requests;
    expect(asked?.prompt).toContain('The person: The checkout endpoint fails with SQLITE_BUSY under load');
    expect(asked?.prompt).toContain('SQLITE_BUSY: database is locked');
    expect(asked?.prompt).toContain('Language: English');
  });

  // Catches: a second payment for what was summed up already.
  test('the same input is paid once; a person may want it again', async () => {
    server.always({ json: said });
    await run(session, lock);
    await run(session, lock);
    expect(server.requests).toHaveLength(1);
    expect(current(lock)).toMatchObject([{ version: 2 }]);
  });

  test.each([
    ['malformed', 'format'],
    ['empty', 'format'],
    ['rate_limit', 'rate_limit'],
    ['overloaded', 'transient'],
    ['auth', 'auth'],
    ['cut', 'transient'],
    ['too_long', 'too_long'],
  ] satisfies [Fault, string][])(
    '%s: the job fails as %s, and the version by rules is there',
    async (fault, failure) => {
      const error = await fail({ fault });
      expect(error).toBeInstanceOf(ModelError);
      expect(error).toMatchObject({ class: failure });
      expect(current(lock)).toMatchObject([{ source: 'extractive', version: 1, title: like(/^Fixed: /) }]);
      // The next try finds it there, and the model makes the second version.
      server.always({ json: said });
      await run(session, lock);
      expect(current(lock)).toMatchObject([{ source: 'model', version: 2 }]);
    },
  );

  test('nothing of what was private, hidden or not to be remembered is sent', async () => {
    server.always({ json: { ...said, title: '登录' } });
    for (const body of recordedHooks('zh-session')) memory.post(JSON.parse(body) as object);
    play(memory, chinese);
    const [answer = ''] = memory.db
      .prepare<[], string>(
        `SELECT title FROM observations WHERE type = 'conclusion' AND session_pk = (SELECT pk FROM sessions WHERE id = 'chinese')`,
      )
      .pluck()
      .all();
    memory.markObservation(answer, 'hidden');
    await run(session, 'cfa72a59-708e-47d6-876b-1e1eee8022d3');
    await run(session, 'chinese');
    const sent = JSON.stringify(server.requests.map(({ prompt }) => prompt));
    expect(server.requests).toHaveLength(2);
    expect(sent).toContain('登录接口偶尔返回 401');
    for (const word of ['客户', 'AKIA', 'sk-ant', '不会记录', '支付网关']) expect(sent).not.toContain(word);
  });

  test('what is switched off is not asked', async () => {
    const settings: ModelSettings = settingsFor(kind, server);
    open(modelSource({ ...settings, use_for: { ...settings.use_for, sessions: false } }));
    await run(session, lock);
    expect(server.requests).toEqual([]);
  });
});
