import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectAgent, recordedSessions } from '../scripts/lib/demo-memory.ts';
import { launchApp, type App } from './driver.ts';
import { startEmbeddingEndpoint, type EmbeddingEndpoint } from './embedding-endpoint.ts';

let app: App;
let page: Page;
let endpoint: EmbeddingEndpoint;

beforeAll(async () => {
  endpoint = await startEmbeddingEndpoint();
  app = await launchApp();
  page = await app.page();
  const agent = await connectAgent(app.url, app.dataDir);
  for (const file of await recordedSessions()) await agent.replay(file);
});

afterAll(async () => {
  await app.close();
  await endpoint.close();
});

const card = () => page.getByRole('region', { name: 'Meaning (embeddings)' });
const dialog = () => page.getByRole('dialog', { name: 'Embedding endpoint' });
const go = (address: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, address);

// Catches: vectors that are not made by themselves, or a card that does not follow them.
test('the built-in model is ready by itself', async () => {
  await go('/status');
  await card().getByText('Ready', { exact: true }).waitFor();
  await card()
    .getByText(/^[1-9]\d* in (sqlite-vec|a plain table)$/)
    .waitFor();
});

// Catches: a test button that says yes to everything, or hides why not.
test('an endpoint is tested before it is used', async () => {
  await card().getByRole('button', { name: 'Endpoint' }).click();
  await dialog().getByRole('button', { name: 'Ollama' }).click();
  await dialog().getByLabel('Base URL').fill(endpoint.url);
  await dialog().getByLabel('Model').fill('letters');
  endpoint.failWith(401);
  await dialog().getByRole('button', { name: 'Test' }).click();
  await dialog()
    .getByText(/refuses the request/)
    .waitFor();
  endpoint.failWith(null);
  await dialog().getByRole('button', { name: 'Test' }).click();
  await dialog()
    .getByText(/It answers: 16 dimensions/)
    .waitFor();
});

// Catches: a change of the model that leaves the old vectors in place, and usage that nobody counts.
test('an endpoint makes all vectors anew', async () => {
  await dialog().getByRole('button', { name: 'Use this endpoint' }).click();
  await dialog().waitFor({ state: 'hidden' });
  await card()
    .getByText(/letters.*16 dimensions/)
    .waitFor();
  await card().getByText('Ready', { exact: true }).waitFor();
  await card()
    .getByText(/requests, \d+ tokens/)
    .waitFor();
  expect(endpoint.count()).toBeGreaterThan(20);
});

// Catches: a provider that is down and takes the search with it, or says nothing.
test('search answers while the endpoint is down, and says so', async () => {
  endpoint.failWith(500);
  await go('/search?q=checkout%20endpoint');
  const answer = page.getByTestId('search-answer');
  await answer.getByText(/Found by words alone: the embedding provider does not answer/).waitFor();
  await page.getByTestId('search-results').locator('mark').first().waitFor();
  endpoint.failWith(null);
});

// Catches: an off that still asks somebody.
test('switched off, search is by words and says so', async () => {
  await go('/status');
  await card().getByRole('button', { name: 'Off' }).click();
  await card().getByText('Search finds by words alone.').waitFor();
  await go('/search?q=busy');
  await page.getByText(/Found by words alone: meaning is switched off/).waitFor();
  await page.getByTestId('search-answer').getByRole('link', { name: 'Status' }).click();
  await card().getByRole('button', { name: 'Built in' }).click();
  await card().getByText('Ready', { exact: true }).waitFor();
});
