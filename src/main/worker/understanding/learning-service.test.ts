import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRPCClientError } from '@trpc/client';
import { afterEach, expect, test, vi } from 'vitest';
import { fields } from '../../memory/observe-fields.ts';
import { testWorkers } from '../testing/test-worker.ts';

const workers = testWorkers();
afterEach(() => workers.end());

const patience = { timeout: 60_000, interval: 50 };

// Catches: a contract whose parts do not meet: job, events, errors, files.
test('what was said appears as a proposal, is decided on, undone and exported', { timeout: 90_000 }, async () => {
  const worker = await workers.start();
  const { learnings } = worker.client;
  const told: unknown[] = [];
  worker.onEvent((event) => void (event.type === 'learning.changed' && told.push(event.data['action'])));
  const hook = (name: string, rest: object) =>
    worker.hook({ session_id: 's', cwd: worker.claudeDir, hook_event_name: name, prompt_id: 'p', ...rest });
  await hook('UserPromptSubmit', { prompt: 'Fix the timeout. Never log access tokens.' });
  await hook('Stop', { last_assistant_message: 'Done.' });
  const found = await vi.waitFor(async () => {
    const [first] = (await learnings.list.query({ states: ['proposed'] })).data;
    if (first === undefined) throw new Error('Nothing was learnt yet.');
    return first;
  }, patience);
  expect(found).toMatchObject({
    statement: 'Never log access tokens.',
    source: 'instruction',
    category: 'best_practice',
  });

  const own = await learnings.create.mutate({
    category: 'best_practice',
    statement: 'Always log access tokens.',
    scope: 'project',
    project_id: found.project?.id ?? '',
    tags: ['logs', ' 安全 '],
  });
  expect(own.learnings).toMatchObject([{ state: 'approved', conflict_count: 1, tags: ['logs', '安全'] }]);
  const listed = async (query: string) => {
    const answer = await worker.get(`/api/v1/learnings?${query}`);
    const { data } = fields(await answer.json());
    return [answer.status, Array.isArray(data) ? data.map((row) => fields(row)['id']) : null];
  };
  const [first] = own.learnings;
  expect(await listed(`tags=logs,${encodeURIComponent('安全')}&states=approved`)).toEqual([200, [first?.id]]);
  expect(await listed('tags=logs&states=proposed')).toEqual([200, []]);
  expect(await listed('tags=logs,none')).toEqual([200, []]);
  expect((await listed('tags='))[0]).toBe(400);
  const detail = await learnings.get.query({ id: found.id });
  expect(detail.conflicts).toMatchObject([{ learning: { id: own.learnings[0]?.id }, supersede: 'this' }]);
  await learnings.undo.mutate({ batch_id: own.batch_id });
  expect(await learnings.counts.query({})).toMatchObject({ conflicts: 0, by_state: { proposed: 1, approved: 0 } });

  const approved = await learnings.decide.mutate({ ids: [found.id, 'gone'], decision: 'approve' });
  expect(approved.learnings).toMatchObject([{ state: 'approved' }]);
  const file = join(worker.dataDir, 'CLAUDE.md');
  const request = { file, project_id: found.project?.id ?? '' };
  expect(await learnings.writeExport.mutate(request)).toEqual({ file, count: 1 });
  expect(readFileSync(file, 'utf8')).toContain('### Best practices\n\n- Never log access tokens.\n');
  expect((await learnings.exportText.query({ project_id: request.project_id })).text).toBe(
    readFileSync(file, 'utf8').trimEnd(),
  );

  await learnings.edit.mutate({ id: found.id, change: { statement: 'Never log any token.' } });
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => null,
      (error: unknown) => (error instanceof TRPCClientError ? fields(error.data)['code'] : error),
    );
  expect(await codeOf(learnings.undo.mutate({ batch_id: approved.batch_id }))).toBe('CONFLICT');
  expect(await codeOf(learnings.undo.mutate({ batch_id: 'none' }))).toBe('NOT_FOUND');
  expect(await codeOf(learnings.get.query({ id: 'none' }))).toBe('NOT_FOUND');
  expect(await codeOf(learnings.writeExport.mutate({ file: join(worker.dataDir, 'owner.token') }))).toBe('BAD_REQUEST');
  expect(await codeOf(learnings.list.query({ cursor: 'AAAA' }))).toBe('BAD_REQUEST');
  expect(existsSync(join(worker.dataDir, 'backups', 'claude-md'))).toBe(false);
  expect(told).toEqual(expect.arrayContaining(['create', 'approve', 'undo', 'edit']));
});
