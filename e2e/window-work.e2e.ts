import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAgent, recordedSessions, type Agent } from '../scripts/lib/demo-memory.ts';
import type { ModelServer, ReceivedRequest, Script } from '../src/main/ai/testing/model-server.ts';
import { startOpenAiServer } from '../src/main/ai/testing/openai-server.ts';
import type { JobsOverview, JobView } from '../src/shared/job-views.ts';
import type { Page as Rows, SessionView } from '../src/shared/views.ts';
import { connectContract, type Contract } from './contract-client.ts';
import { availableEngines, launchApp, type App } from './driver.ts';
import { until } from './driver/until.ts';
import { promptEvents, toolEvent } from './window-events.ts';

const busyPrompt = /SQLITE_BUSY under load/;
const answer = 'The second writer failed with `SQLITE_BUSY`, because the lock had no timeout [1].';

/** Answers what was asked: a summary, no learnings, or the text. */
function sensible({ schema }: ReceivedRequest): Script {
  if (schema === null) return { text: answer };
  if (JSON.stringify(schema).includes('learnings')) return { json: { learnings: [] } };
  return { json: { title: 'The lock got a timeout', language: 'en', done: ['Set a busy timeout.'] } };
}

async function postUnread(agent: Agent): Promise<void> {
  for (const event of promptEvents('unread', 'Look at the nightly import')) await agent.post(event);
  const command = { command: 'npm run import:nightly', description: 'Run the nightly import' };
  await agent.post(toolEvent('unread', { tool: 'Bash', input: command, result: { stdout: 'imported 120 rows' } }));
}

describe.each(availableEngines())('jobs, costs and questions in %s', (engine) => {
  let app: App;
  let page: Page;
  let server: ModelServer;
  let sessions: string[];
  let agent: Agent;
  let contract: Contract;
  const complaints: string[] = [];

  beforeAll(async () => {
    server = await startOpenAiServer();
    server.always(sensible);
    app = await launchApp({ engine });
    page = await app.page();
    page.on('console', (message) => {
      // A browser reports an answer that says no as an error of its own; the test button is pressed for one.
      if (message.text().includes('412 (Precondition Failed)')) return;
      if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    agent = await connectAgent(app.url, app.dataDir);
    contract = await connectContract(app.url, app.dataDir);
    for (const file of await recordedSessions()) await agent.replay(file);
    await page.getByTestId('session-list').getByRole('link', { name: busyPrompt }).waitFor();
    sessions = (await contract<Rows<SessionView>>('sessions.list', { limit: 10 })).data.map(({ id }) => id);
  });

  afterAll(async () => {
    await app.close();
    await server.close();
  });

  const go = (address: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, address);
  const leaveField = () => page.locator('#main').focus();
  /** Notices are dialogs too, by their role. */
  const dialog = () => page.locator('[role="dialog"]:not([data-type])');
  const jobs = () => page.getByTestId('job-list');
  const job = () => page.getByRole('article', { name: 'Job' });
  const model = () => page.getByRole('region', { name: 'Language model' });
  const question = () => page.getByRole('textbox', { name: 'Ask your memory' });
  const answers = () => page.getByRole('article');

  const summarise = (place: number) =>
    contract<JobView>('jobs.enqueue', { kind: 'summarise', session_id: sessions[place] ?? '' });
  /** Waits until it stands still in this state, whoever sees it. */
  const reaches = (id: string, state: JobView['state']) =>
    until(`job ${id} is ${state}`, async () => {
      const found = await contract<JobView>('jobs.get', { id });
      return found.state === state ? found : null;
    });

  async function ask(text: string): Promise<void> {
    await question().fill(text);
    await page.keyboard.press('Enter');
  }

  // Catches: a page of costs that says nothing where nothing costs, a key that leads elsewhere.
  test('without a model nothing leaves the machine, and the page says so', async () => {
    await leaveField();
    await page.keyboard.press('g');
    await page.keyboard.press('Shift+$');
    await page.getByRole('region', { name: 'Nothing leaves this computer, and nothing is charged' }).waitFor();
    await page.getByRole('slider', { name: 'Costs by day' }).waitFor();
    await page.getByRole('link', { name: 'Choose a model' }).click();
    await model().getByText('Off', { exact: true }).waitFor();
  });

  // Catches: an answer without a model that cites nothing, or a citation that leads nowhere.
  test('a question is answered by sentences of the memory, each with its source', async () => {
    await leaveField();
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await ask('Why did the checkout fail with SQLITE_BUSY?');
    await answers().first().getByText('Sentences from the memory').waitFor();
    const cited = page.getByTestId('ask-text').getByRole('link', { name: /^Source 1:/ });
    await cited.first().focus();
    await page.locator('[data-open] p').first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('list', { name: 'Sources' }).getByRole('listitem').count()).toBeGreaterThan(0);
    expect(server.requests).toEqual([]);
    await cited.first().click();
    await page.getByTestId('timeline').waitFor();
    await page.goBack();
    await answers().first().getByText('Sentences from the memory').waitFor();
  });

  // Catches: settings that are kept without a test, a test that hides why not, a provider that is not asked.
  test('a model on this machine is tested and used', async () => {
    await go('/status');
    await model().getByRole('button', { name: 'OpenAI-compatible' }).click();
    await dialog().getByLabel('Base URL').fill(server.url);
    await dialog().getByText('nothing leaves it').waitFor();
    await dialog().getByLabel('Large model').fill('qwen-test');
    server.next({ fault: 'auth' });
    await dialog().getByRole('button', { name: 'Test' }).click();
    await dialog().locator('[aria-live] .text-danger-ink').waitFor();
    await dialog().getByRole('button', { name: 'Test' }).click();
    await dialog()
      .getByText(/^qwen-test answered in/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Use this model' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await model().getByText('Ready', { exact: true }).waitFor();
    await model().getByRole('checkbox', { name: 'Learnings' }).click();
    await model().getByRole('checkbox', { name: 'Learnings', checked: false }).waitFor();
    await page.getByText('Model settings saved').first().waitFor();
  });

  // Catches: a price that counts for nothing, one that cannot be taken back.
  test('a price is set, changed and taken back', async () => {
    await go('/costs?tab=prices');
    await page.getByRole('button', { name: 'Add a price' }).click();
    await dialog().getByLabel('Model').fill('qwen-test');
    await dialog().getByLabel('Input').fill('12,5 dollars');
    // Said once the field is left.
    await dialog().getByLabel('Input').press('Tab');
    await dialog().getByText('An amount of at least 0, such as 2.50.').waitFor();
    await dialog().getByLabel('Input').fill('10');
    await dialog().getByLabel('Output').fill('10');
    await dialog().getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('row', { name: /qwen-test/ });
    await row.getByText('yours').waitFor();
    await page.getByRole('button', { name: 'Change the price: claude-sonnet-5*' }).click();
    await dialog().getByLabel('Input').fill('3');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Back to the list: claude-sonnet-5*' }).click();
    await page.getByRole('button', { name: 'Back to the list: claude-sonnet-5*' }).waitFor({ state: 'hidden' });
    await row.getByText('yours').waitFor();
  });

  // Catches: an answer that comes in one piece at the end, a stop that leaves the model writing (and costing).
  test('an answer is streamed, and Escape stops it', async () => {
    await go('/ask');
    server.always((request) => (request.schema === null ? { fault: 'stall' } : sensible(request)));
    await ask('How was the lock fixed?');
    await answers().first().getByText('Writing the answer').waitFor();
    await page.getByTestId('ask-text').first().waitFor();
    const before = server.hungUp();
    await page.keyboard.press('Escape');
    await answers().first().getByText('Stopped').waitFor();
    await until('the model is let go', () => server.hungUp() > before);
    server.always(sensible);
    await answers().first().getByRole('button', { name: 'Ask again' }).click();
    await answers().first().getByText('qwen-test').waitFor();
    const cited = page.getByTestId('ask-text').first().getByRole('link');
    await cited.first().waitFor();
    await page.getByRole('region', { name: 'Earlier questions' }).getByRole('button').first().waitFor();
  });

  // Catches: a parked job without its reason, a retry that does not run, a cancel that cannot be taken back.
  test('a parked job says why, is tried again and cancelled', async () => {
    server.always({ fault: 'auth' });
    const [first, second] = [await summarise(0), await summarise(1)];
    await go('/jobs?show=parked');
    await reaches(first.id, 'parked');
    await reaches(second.id, 'parked');
    await go(`/jobs?show=parked&job=${first.id}`);
    await job().getByRole('region', { name: 'The provider does not accept the key.' }).waitFor();
    await job().getByText('Check the key in the model’s settings, then try again.').waitFor();
    server.always(sensible);
    await job().getByRole('button', { name: 'Try again' }).click();
    await job().getByText('The session was summed up by qwen-test.').waitFor();
    await job().getByRole('list', { name: 'Questions to a model' }).getByRole('listitem').first().waitFor();
    await go('/jobs?show=parked');
    await jobs().getByRole('link').first().waitFor();
    await leaveField();
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await page.getByText('Cancelled; what was done stays').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await reaches(second.id, 'done');
  });

  // Catches: a pause that lets jobs begin, and one that nobody can see.
  test('everything is paused by key, and goes on', async () => {
    await go('/jobs');
    await jobs().getByRole('link').first().waitFor();
    await leaveField();
    await page.keyboard.press('p');
    await page.getByText('No new job starts until you resume.').waitFor();
    const waiting = await summarise(0);
    await go(`/jobs?job=${waiting.id}`);
    await job().getByText('Waiting', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Resume all' }).last().click();
    await job().getByText('Done', { exact: true }).waitFor();
    await page.getByText('No new job starts until you resume.').waitFor({ state: 'hidden' });
  });

  // Catches: a cap that stops nothing, says nothing, or goes on standing in the way when it was raised.
  test('a cap stops paid work, says so on every page, and can be raised there', async () => {
    await go('/costs');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await dialog().getByLabel('Cap for a day').fill('0.001');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'hidden' });
    const capped = await summarise(2);
    await page.getByRole('region', { name: 'The cap for today is reached.' }).waitFor();
    await go(`/jobs?job=${capped.id}`);
    await job().getByRole('region', { name: 'Your cap on costs is reached.' }).waitFor();
    await go('/sessions');
    const banner = page.getByRole('status').filter({ hasText: 'The cap for today is reached.' });
    await banner.getByText(/Paid work waits until/).waitFor();
    await banner.getByRole('button', { name: 'Raise the cap' }).click();
    await dialog().getByLabel('Cap for a day').fill('5');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await banner.waitFor({ state: 'hidden' });
    await reaches(capped.id, 'done');
  });

  // Catches: an estimate that begins to pay, a button that does not do what was estimated.
  test('the history is estimated first and read only then', async () => {
    await postUnread(agent);
    // Jobs of their own time would ask the model meanwhile.
    await contract('jobs.setPaused', { kind: null, paused: true });
    await until('no job runs', async () => {
      const { kinds } = await contract<JobsOverview>('jobs.overview', {});
      return kinds.every(({ running }) => running === 0);
    });
    await go('/costs');
    const before = server.requests.length;
    await page.getByRole('button', { name: 'Estimate' }).click();
    await page.getByText(/^About \$/).waitFor();
    expect(server.requests.length).toBe(before);
    await page.getByRole('button', { name: 'Read the history' }).click();
    await page.getByText(/sessions? queued$/).waitFor();
    await contract('jobs.setPaused', { kind: null, paused: false });
    await until('the model is asked', () => server.requests.length > before);
  });

  // Catches: a schedule that is kept although nobody can read it, or read wrongly.
  test('a schedule is read in words and changed', async () => {
    await go('/jobs?tab=kinds');
    await page.getByRole('button', { name: 'Change the schedule: Back up' }).click();
    await dialog().getByLabel('Time, as cron').fill('0 25 * * *');
    await dialog().getByLabel('Time, as cron').press('Tab');
    await dialog().getByText('“25” is no hour; it goes from 0 to 23.').waitFor();
    await dialog().getByLabel('Time, as cron').fill('15 2 * * 1-5');
    await dialog().getByText('Monday to Friday at 02:15').waitFor();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('list', { name: 'Kinds of jobs' })
      .getByText(/Monday to Friday at 02:15/i)
      .waitFor();
  });

  // Catches: upkeep that deletes by default, a run that is not looked at before.
  test('upkeep deletes nothing, shows what it would do, and asks before it may', async () => {
    await go('/jobs?tab=upkeep');
    await page.getByText('Nothing is deleted.').waitFor();
    await page.getByRole('region', { name: 'What a run would do now' }).waitFor();
    await page.getByLabel('Steps are deleted below a strength of').fill('0.2');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Allow it' }).click();
    await page.getByText('Steps below a strength of 0.2 are deleted.').waitFor();
    await page.getByLabel('Steps are deleted below a strength of').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Nothing is deleted.').waitFor();
    await page.getByRole('button', { name: 'Run now', exact: true }).click();
    await jobs().getByText('Age', { exact: true }).first().waitFor();
  });

  // Must stay last: it judges everything above.
  test('violated no policy and logged no error', () => {
    expect(complaints).toEqual([]);
  });
});
