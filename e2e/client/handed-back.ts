import assert from 'node:assert/strict';
import type { InjectionKind, InjectionView } from '../../src/shared/context-views.ts';
import { startMessagesApi } from './messages-api.ts';
import { sendPrompt } from './real-client.ts';
import { eventually, type Report } from './report.ts';
import type { Stage } from './run-scenario.ts';
import type { ScriptedPrompt } from './scenario.ts';
import type { WorkerProcess } from './worker-process.ts';

/** What somebody asks later about the work of a scenario, what the model must then know, and a file that had trouble. */
const later: Record<string, { asked: string; known: string; file: string | null }> = {
  'fix-lock-timeout': {
    asked: 'Which journal mode fixed the SQLITE_BUSY failure of the checkout endpoint?',
    known: 'rollback-journal mode without a busy timeout',
    file: 'src/db.js',
  },
  'zh-session': {
    asked: '登录接口偶尔返回 401，服务器时钟偏差允许多少秒？exp 是毫秒还是秒？',
    known: 'exp 使用了毫秒而不是秒',
    file: null,
  },
};
const unrelated = 'Write a haiku about autumn leaves';

/** Proves with the real client that what is handed back reaches the model, and that the record says so. */
export async function checkHandedBack(stage: Stage, worker: WorkerProcess, report: Report): Promise<void> {
  const { scenario, project } = stage;
  const about = later[scenario.name];
  if (about === undefined) return;

  /** The bodies of all requests to the model while one new session is asked something. */
  async function ask(prompt: string, turns: ScriptedPrompt['turns'] = [[{ text: 'ok' }]]): Promise<string> {
    const api = await startMessagesApi({ ...scenario, prompts: [{ prompt, turns }] });
    try {
      await sendPrompt({ ...stage, apiUrl: api.url }, project, prompt);
      return api.requests().join('\n');
    } finally {
      await api.close();
    }
  }

  async function newest(kind: InjectionKind, count = 1): Promise<InjectionView[]> {
    return eventually(async () => {
      const { data } = await worker.context.injections.query({ limit: 50 });
      const found = data.filter((injection) => injection.kind === kind);
      assert.ok(found.length >= count, `There are ${found.length} injections of kind ${kind}, not ${count}.`);
      return found;
    });
  }

  /** As it stands in a JSON body. */
  const reached = (sent: string, text: string) =>
    assert.ok(sent.includes(JSON.stringify(text.trim()).slice(1, -1)), `The model was not sent:\n${text}`);

  await report.check("the record of a session's start is what the model was sent", async () => {
    const sent = await ask('Hello there');
    const [start] = await newest('startup');
    assert.ok(start !== undefined && start.text !== '');
    reached(sent, start.text);
  });
  await worker.context.choose.mutate({ choice: { context: false } });
  await report.check('a prompt about earlier work is given what is known of it', async () => {
    const sent = await ask(about.asked);
    const [recall] = await newest('prompt');
    assert.ok(recall !== undefined && recall.text.includes(about.known), `It was given:\n${recall?.text ?? 'nothing'}`);
    reached(sent, recall.text);
    assert.equal(recall.prompt, about.asked);
  });
  await report.check('a prompt about something never seen is given nothing', async () => {
    const before = await newest('prompt');
    const sent = await ask(unrelated);
    assert.ok(!sent.includes('hook additional context'), 'The model was given something.');
    assert.equal((await newest('prompt')).length, before.length);
  });
  if (about.file !== null) {
    const path = `${project}/${about.file}`;
    await report.check('the history of a file reaches the model before its first use alone', async () => {
      const read = [{ tool: 'Read', input: { file_path: path } }];
      const sent = await ask('Show me that file twice', [read, read, [{ text: 'Shown.' }]]);
      const [history, ...more] = await newest('file');
      assert.ok(history?.file === path && more.length === 0, 'There is not one injection for the file.');
      reached(sent, history.text);
    });
  }
  await worker.context.choose.mutate({ choice: { context: null } });
}
