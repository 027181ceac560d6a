import { accessPlaces } from './accessible-access.ts';
import { go, type Place } from './place.ts';

/** What axe looks at, in this order; each begins where the one before left the page. */
export const places: Place[] = [
  {
    name: 'sessions',
    async open(page) {
      await go(page, '/sessions');
      await page.getByTestId('session-list').getByRole('link').first().waitFor();
    },
  },
  {
    name: 'sessions without a match',
    async open(page) {
      await go(page, '/sessions?text=zzqxv');
      await page.getByRole('heading', { name: 'No session matches' }).waitFor();
    },
  },
  {
    name: 'an open menu',
    async open(page) {
      await go(page, '/sessions');
      await page.getByRole('combobox', { name: 'State' }).click();
      await page.getByRole('option', { name: 'Ended' }).waitFor();
    },
  },
  {
    name: 'timeline',
    async open(page) {
      await page.keyboard.press('Escape');
      await go(page, '/sessions');
      await page.getByRole('link', { name: /SQLITE_BUSY under load/ }).click();
      const step = page.getByTestId('timeline').getByRole('button', { name: /Run the checkout test.*Failed/ });
      if ((await step.getAttribute('aria-expanded')) === 'false') await step.click();
      await page.getByRole('group', { name: 'Error' }).waitFor();
    },
  },
  {
    name: 'search introduction',
    async open(page) {
      await go(page, '/search');
      await page.getByRole('list', { name: 'Examples' }).waitFor();
    },
  },
  {
    name: 'search results',
    async open(page) {
      await go(page, '/search?q=busy');
      const why = page.getByRole('button', { name: 'Why this result' }).first();
      await why.waitFor();
      if ((await why.getAttribute('aria-expanded')) === 'false') await why.click();
    },
  },
  {
    name: 'search understood, with suggestions',
    async open(page) {
      await go(page, '/search');
      const field = page.getByRole('combobox', { name: 'Search everything that was remembered' });
      await field.fill('');
      await field.pressSequentially('busy type:command project:none check');
      await page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
      await page.getByRole('list', { name: 'How the search was understood' }).waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'nothing found',
    async open(page) {
      await go(page, '/search?q=zzqxv');
      await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    },
  },
  {
    name: 'context preview',
    async open(page) {
      await go(page, '/context');
      await page.getByTestId('given-text').waitFor();
    },
  },
  {
    name: 'context history',
    async open(page) {
      await go(page, '/context?tab=history');
      await page.getByTestId('injections').getByRole('link').first().click();
      await page.getByTestId('given-text').waitFor();
    },
  },
  {
    name: 'context switches',
    async open(page) {
      await go(page, '/context?tab=switches');
      await page.locator('input[inputmode="numeric"]').nth(1).waitFor();
    },
  },
  {
    name: 'the context of a session',
    async open(page) {
      await go(page, '/sessions');
      await page.getByRole('link', { name: /SQLITE_BUSY under load/ }).click();
      await page.getByRole('button', { name: 'Context of this session' }).click();
      const dialog = page.getByRole('dialog', { name: 'Context of this session' });
      await dialog.locator('input[inputmode="numeric"]').waitFor();
    },
  },
  {
    name: 'the review of learnings',
    async open(page) {
      await go(page, '/learnings');
      await page.getByTestId('review-card').getByRole('heading', { name: 'What it rests on' }).waitFor();
    },
  },
  {
    name: 'a learning that is being edited, with its scope open',
    async open(page) {
      await go(page, '/learnings');
      await page.getByTestId('review-card').getByRole('heading', { name: 'What it rests on' }).waitFor();
      await page.locator('#main').focus();
      await page.keyboard.press('e');
      await page.getByRole('textbox', { name: 'What is so' }).waitFor();
    },
  },
  {
    name: 'the choice of what to merge into',
    async open(page) {
      await go(page, '/learnings?tab=all');
      await go(page, '/learnings');
      await page.getByTestId('review-card').getByRole('heading', { name: 'What it rests on' }).waitFor();
      await page.locator('#main').focus();
      await page.keyboard.press('m');
      await page.getByRole('listbox').getByRole('option').first().waitFor();
    },
  },
  {
    name: 'all learnings, one open and one selected',
    async open(page) {
      await go(page, '/learnings?tab=all');
      const list = page.getByTestId('learnings');
      await list.getByRole('checkbox').first().check();
      await list.getByRole('link').first().click();
      await page.getByRole('list', { name: 'History' }).waitFor();
    },
  },
  {
    name: 'the export of learnings',
    async open(page) {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('textbox', { name: 'Path of the file' }).waitFor();
    },
  },
  {
    name: 'a memory to write down',
    async open(page) {
      await go(page, '/learnings?tab=memories');
      await page.getByRole('button', { name: 'Remember something' }).click();
      await page.getByRole('textbox', { name: 'What to remember' }).waitFor();
    },
  },
  {
    name: 'the summary of a session and its versions',
    async open(page) {
      await go(page, '/sessions');
      await page.getByRole('link', { name: /SQLITE_BUSY under load/ }).click();
      const summary = page.getByRole('region', { name: 'Summary' });
      await summary.getByText('Asked for').waitFor();
      await summary.getByRole('button', { name: 'Versions' }).click();
      await page.getByRole('button', { name: /Version 1/ }).waitFor();
    },
  },
  {
    name: 'status',
    async open(page) {
      await go(page, '/status');
      await page.getByRole('table').waitFor();
      await page.getByRole('region', { name: 'Meaning (embeddings)' }).waitFor();
    },
  },
  {
    name: 'the endpoint form',
    async open(page) {
      await go(page, '/status');
      await page.getByRole('button', { name: 'Endpoint', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'OpenAI' }).click();
    },
  },
  {
    name: 'the jobs',
    async open(page) {
      await go(page, '/jobs');
      await page.getByTestId('job-list').getByRole('link').first().click();
      await page.getByRole('article', { name: 'Job' }).waitFor();
    },
  },
  {
    name: 'the kinds of jobs',
    async open(page) {
      await go(page, '/jobs?tab=kinds');
      await page.getByRole('list', { name: 'Kinds of jobs' }).waitFor();
    },
  },
  {
    name: 'upkeep',
    async open(page) {
      await go(page, '/jobs?tab=upkeep');
      await page.getByRole('region', { name: 'Policy' }).waitFor();
    },
  },
  {
    name: 'costs',
    async open(page) {
      await go(page, '/costs');
      await page.getByRole('slider', { name: 'Costs by day' }).waitFor();
    },
  },
  ...accessPlaces,
  {
    name: 'prices, with the form of one',
    async open(page) {
      await go(page, '/costs?tab=prices');
      await page.getByRole('table').waitFor();
      await page.getByRole('button', { name: 'Add a price' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'an answer',
    async open(page) {
      await go(page, '/ask');
      await page.getByRole('textbox', { name: 'Ask your memory' }).fill('Why did the checkout fail with SQLITE_BUSY?');
      await page.keyboard.press('Enter');
      await page.getByRole('article').first().getByText('Sentences from the memory').waitFor();
    },
  },
  {
    name: 'the form of a model',
    async open(page) {
      await go(page, '/status');
      await page.getByRole('button', { name: 'OpenAI-compatible' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'OpenRouter' }).click();
    },
  },
  {
    name: 'permissions that nobody asks for',
    async open(page) {
      await go(page, '/permissions');
      await page.getByRole('heading', { name: 'No agent waits' }).waitFor();
    },
  },
  {
    name: 'the history of permissions',
    async open(page) {
      await go(page, '/permissions?tab=history');
      await page.getByRole('list', { name: 'History' }).waitFor();
    },
  },
  {
    name: 'the form of a rule',
    async open(page) {
      await go(page, '/permissions?tab=rules');
      await page.getByRole('button', { name: 'New rule' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'the settings of permissions',
    async open(page) {
      await go(page, '/permissions?tab=settings');
      await page.getByRole('spinbutton').waitFor();
    },
  },
  {
    name: 'shortcuts',
    async open(page) {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];
