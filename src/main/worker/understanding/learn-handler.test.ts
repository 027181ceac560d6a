import { afterEach, beforeEach, expect, test } from 'vitest';
import { codingMode } from '../../ai/modes/coding.ts';
import { ModelError } from '../../ai/model.ts';
import type { z } from 'zod';
import type { learnAnswer } from '../../ai/answers.ts';
import type { JobRun } from '../../jobs/job.ts';
import type { ModelSettings } from '../../../shared/model-views.ts';
import type { LearningApplication } from './learning-apply.ts';
import type { Reader } from '../reader-pool.ts';
import { createLearnHandler } from './learn-handler.ts';
import type { GatewayRequest } from './model-gateway.ts';
import type { WriterClient } from '../writer-client.ts';
import { learningMemory, type LearningMemory } from './testing/learning-memory.ts';

type Answer = z.infer<typeof learnAnswer>;
let memory: LearningMemory;
/** Whether a model has read the session before. */
let isRead: boolean;
beforeEach(() => {
  isRead = false;
  memory = learningMemory();
});
afterEach(() => memory.close());

const settings: ModelSettings = {
  kind: 'anthropic',
  base_url: null,
  models: { small: null, large: 'some-model' },
  key_source: 'none',
  key_variable: null,
  cli_path: null,
  mode: 'coding',
  input_budget_tokens: 12_000,
  use_for: { turns: false, sessions: true, weeks: true, learnings: true, graph: false, ask: true },
};

/** Does the job of a session with a gateway that answers so; what was asked, and what was kept. */
async function learn(session: string, final: boolean, answer: Answer | ModelError | null, force = false) {
  const asked: GatewayRequest<unknown>[] = [];
  const handler = createLearnHandler({
    intake: reader(),
    writer: writer(),
    gateway: {
      isWanted: () => answer !== null,
      settings: () => settings,
      async complete(request) {
        asked.push(request);
        if (answer instanceof ModelError) throw answer;
        const value = request.schema.type.parse(answer);
        return { value, model: 'some-model', cost: { input_tokens: 1, output_tokens: 1, cost_usd: 0 } };
      },
    },
    mode: () => codingMode,
    projectsFolder: '/nowhere',
  });
  const run: JobRun<'learn'> = {
    job: {
      id: 'j',
      kind: 'learn',
      payload: { final, force },
      projectPk: null,
      sessionPk: memory.sessionPk(session),
      attempt: 1,
    },
    signal: new AbortController().signal,
    progress() {},
  };
  const end = await handler(run);
  const application = end.apply?.argument;
  if (!isApplication(application)) throw new Error('The job applies nothing.');
  memory.write.apply(application);
  return { asked, result: end.result };
}

function isApplication(value: unknown): value is LearningApplication {
  return typeof value === 'object' && value !== null && 'drafts' in value;
}

/** The operations of the readers, in this thread. */
function reader(): Pick<Reader, 'call'> {
  const reading = { ...memory.reading, modelHasRead: () => isRead };
  return {
    call: async (name: keyof typeof reading, argument: never) => reading[name](argument),
  } as unknown as Pick<Reader, 'call'>;
}

/** The one operation of the writer that the job does by itself. */
function writer(): Pick<WriterClient, 'call'> {
  return {
    call: async (_name: 'learningApply', application: LearningApplication) => memory.write.apply(application),
  } as unknown as Pick<WriterClient, 'call'>;
}

const proposal: Answer['learnings'][number] = {
  category: 'pitfall',
  statement: 'The settings file is read only once, at the start.',
  detail: null,
  scope: 'project',
  path: null,
  evidence: [1],
  quote: '',
  confidence: 0.8,
};

// Catches: a model that makes things up, cites what it was not shown, or decides for a person.
test('a model proposes what it can show, and nothing else', async () => {
  memory.post({
    session_id: 's',
    cwd: '/a/shop',
    hook_event_name: 'UserPromptSubmit',
    prompt: 'Why is the setting ignored?',
    prompt_id: 'p',
  });
  memory.use('s', 'Bash', { command: 'cat settings.json' });
  memory.answer('s', 'The settings file is read only once, when the app starts.');
  const answer = {
    learnings: [
      { ...proposal, evidence: [3, 3, 99, -1], quote: 'read only once, when the app starts' },
      { ...proposal, statement: 'Made up from nothing.', evidence: [] },
      { ...proposal, statement: 'Rests on what was never shown.', evidence: [42] },
      { ...proposal, statement: 'Hardly believed by itself.', confidence: 0.1 },
      {
        ...proposal,
        statement: 'Claims to hold everywhere and below a strange path.',
        scope: 'path' as const,
        path: '../../etc',
        quote: 'words that nobody said',
      },
    ],
  };
  expect((await learn('s', false, answer)).asked).toEqual([]);
  const { asked } = await learn('s', true, answer);
  expect(asked).toMatchObject([{ purpose: 'learn', tier: 'large', jobId: 'j' }]);
  expect(asked[0]?.prompt).toContain('[1] The person: Why is the setting ignored?');
  const kept = memory.all().map(({ id, state, source, scope, statement }) => ({
    statement: [state, source, scope, statement].join(' '),
    quotes: memory.reading.learningDetail(id)?.evidence.map(({ quote }) => quote),
  }));
  expect(kept.toSorted((a, b) => (a.statement < b.statement ? -1 : 1))).toEqual([
    {
      statement: 'proposed model project Claims to hold everywhere and below a strange path.',
      quotes: ['The person: Why is the setting ignored?'],
    },
    {
      statement: 'proposed model project The settings file is read only once, at the start.',
      quotes: ['read only once, when the app starts'],
    },
  ]);
  // The same answer again, as after a crash.
  const before = memory.rows();
  await learn('s', true, answer);
  expect(memory.rows()).toEqual(before);
});

test('without a model the rules work alone, and a second run adds nothing', async () => {
  const [session = ''] = memory.replay('fix-lock-timeout');
  expect(await learn(session, false, null)).toMatchObject({
    asked: [],
    result: '2 finds were compared with what is known.',
  });
  expect(memory.all()).toHaveLength(2);
  const before = memory.rows();
  await learn(session, true, null);
  expect(memory.rows()).toEqual(before);
});

// Catches: a day without money, or a wrong key, in which nothing is learned at all.
test('when the model fails the job does too, and what the rules have found is kept', async () => {
  const [session = ''] = memory.replay('fix-lock-timeout');
  const learning = learn(session, true, new ModelError('cap', 'There is no money left.'));
  await expect(learning).rejects.toMatchObject({ class: 'cap' });
  expect(memory.all()).toHaveLength(2);
});

// Catches: a session that is paid for again each time somebody opens and closes it.
test('a session that a model has read is not read again, unless a person asks for it', async () => {
  const [session = ''] = memory.replay('fix-lock-timeout');
  isRead = true;
  expect((await learn(session, true, { learnings: [] })).asked).toEqual([]);
  expect((await learn(session, true, { learnings: [] }, true)).asked).toHaveLength(1);
});
