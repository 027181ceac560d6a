import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRPCClientError } from '@trpc/client';
import { afterEach, expect, test, vi } from 'vitest';
import { fields } from '../../memory/observe-fields.ts';
import { testWorkers } from '../testing/test-worker.ts';

const workers = testWorkers();
afterEach(() => workers.end());

const patience = { timeout: 60_000, interval: 50 };

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof TRPCClientError ? fields(error.data)['code'] : error),
  );

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

  const approved = await learnings.decide.mutate({ ids: [found.id, found.id], decision: 'approve' });
  expect(approved.learnings).toMatchObject([{ state: 'approved' }]);
  const file = join(worker.dataDir, 'CLAUDE.md');
  const request = { file, project_id: found.project?.id ?? '' };
  expect(await learnings.writeExport.mutate(request)).toEqual({ file, count: 1 });
  expect(readFileSync(file, 'utf8')).toContain('### Best practices\n\n- Never log access tokens.\n');
  expect((await learnings.exportText.query({ project_id: request.project_id })).text).toBe(
    readFileSync(file, 'utf8').trimEnd(),
  );

  await learnings.edit.mutate({ id: found.id, change: { statement: 'Never log any token.' } });
  expect(await codeOf(learnings.undo.mutate({ batch_id: approved.batch_id }))).toBe('CONFLICT');
  expect(await codeOf(learnings.undo.mutate({ batch_id: 'none' }))).toBe('NOT_FOUND');
  expect(await codeOf(learnings.get.query({ id: 'none' }))).toBe('NOT_FOUND');
  expect(await codeOf(learnings.writeExport.mutate({ file: join(worker.dataDir, 'owner.token') }))).toBe('BAD_REQUEST');
  expect(await codeOf(learnings.list.query({ cursor: 'AAAA' }))).toBe('BAD_REQUEST');
  expect(existsSync(join(worker.dataDir, 'backups', 'claude-md'))).toBe(false);
  expect(told).toEqual(expect.arrayContaining(['create', 'approve', 'undo', 'edit']));
});

// Catches a mistyped id: a part of what was meant that is done without a word, a section that is taken out of somebody's file.
test('what names a learning or a project that there is not changes nothing, and says which', async () => {
  const worker = await workers.start();
  const { learnings } = worker.client;
  const start = { session_id: 's', cwd: worker.claudeDir, hook_event_name: 'SessionStart', source: 'startup' };
  await worker.hook(start);
  const project_id = (await worker.client.sessions.get.query({ id: 's' })).project.id;
  const add = async (statement: string) => {
    const made = await learnings.create.mutate({ category: 'fact', statement, scope: 'project', project_id });
    return made.learnings[0]?.id ?? '';
  };
  const [one, other] = [await add('Tests run on Postgres.'), await add('Deploys go out on Thursdays.')];
  const file = join(worker.dataDir, 'CLAUDE.md');
  writeFileSync(file, 'Mine.\n');
  expect(await learnings.writeExport.mutate({ file, project_id })).toMatchObject({ count: 2 });
  const state = async () => [
    readFileSync(file, 'utf8'),
    (await learnings.list.query({})).data.map(({ id, state: now, pinned }) => [id, now, pinned]),
  ];
  const before = await state();

  const ids = [one, 'bad-1', one, 'bad-2'];
  const learning = 'There is no learning with the id bad-1, bad-2.';
  const refused: [call: () => Promise<unknown>, message: string][] = [
    [() => learnings.writeExport.mutate({ file, project_id: 'nope' }), 'There is no project with the id nope.'],
    [() => learnings.writeExport.mutate({ file, ids }), 'There is no approved learning with the id bad-1, bad-2.'],
    [() => learnings.exportText.query({ project_id: 'nope' }), 'There is no project with the id nope.'],
    [() => learnings.decide.mutate({ ids, decision: 'reject' }), learning],
    [() => learnings.pin.mutate({ ids, pinned: true }), learning],
    [() => learnings.delete.mutate({ ids }), learning],
    [() => learnings.merge.mutate({ into: other, ids }), learning],
    [() => learnings.merge.mutate({ into: 'bad-3', ids: [one] }), 'There is no learning with the id bad-3.'],
    [() => learnings.supersede.mutate({ id: one, by: 'bad-3' }), 'There is no learning with the id bad-3.'],
    [
      () => learnings.edit.mutate({ id: one, change: { scope: 'project', project_id: 'nope' } }),
      'There is no project with the id nope.',
    ],
  ];
  for (const [call, message] of refused) {
    await expect(call(), message).rejects.toMatchObject({ message, data: { code: 'NOT_FOUND' } });
  }
  // An empty list is none of what it could have been meant for.
  expect(await codeOf(learnings.writeExport.mutate({ file, ids: [] }))).toBe('BAD_REQUEST');
  expect(await state()).toEqual(before);

  const rejected = await learnings.decide.mutate({ ids: [one], decision: 'reject' });
  expect(rejected.learnings).toHaveLength(1);
  expect(await codeOf(learnings.writeExport.mutate({ file, ids: [one, other] }))).toBe('NOT_FOUND');
  expect((await state())[0]).toBe(before[0]);
});
