import { z } from 'zod';

/** Ids of what the memory under test holds, by the name of the thing. */
export type KnownIds = Record<string, string>;

export interface PlausibleCall {
  name: string;
  input: (known: KnownIds) => unknown;
  /** Asks as the user that was added, instead of as the owner. */
  asUser?: true;
  /** What later calls need of the answer. */
  learn?: (answer: unknown) => KnownIds;
}

const withId = z.looseObject({ id: z.string() });
const withKey = z.looseObject({ key: z.string(), api_key: withId });
const withBatch = z.looseObject({ batch_id: z.string(), learnings: z.array(withId) });
const withTokens = z.looseObject({ access_token: z.string(), refresh_token: z.string(), user: withId });
const withKeys = z.array(z.looseObject({ key: z.string(), value: z.unknown() }));

type Input = PlausibleCall['input'];

function call(
  name: string,
  input: Input | Readonly<Record<string, unknown>> = {},
  learn?: PlausibleCall['learn'],
): PlausibleCall {
  const take: Input = typeof input === 'function' ? input : () => input;
  return learn === undefined ? { name, input: take } : { name, input: take, learn };
}

const one = (thing: string) => (known: KnownIds) => ({ id: known[thing] });
const idAs = (thing: string) => (answer: unknown) => ({ [thing]: withId.parse(answer).id });
const modelAt = (url: string | undefined) => ({
  kind: 'anthropic',
  base_url: url,
  models: { small: 'some-model', large: 'some-model' },
});
const email = 'reader@example.org';
const password = 'a long enough password';

/** What is added first, so that every list has something in it. */
export const additions: readonly PlausibleCall[] = [
  call('memories.remember', { text: 'Deploys go out on Thursdays.', tags: ['deploy'] }, idAs('memory')),
  call('memories.rememberMany', { memories: [{ text: 'The port is 37700.', tags: ['port'] }] }),
  call(
    'learnings.create',
    { category: 'convention', statement: 'Prices are integers in cents.', scope: 'global', tags: ['prices'] },
    (answer) => ({
      learning: withBatch.parse(answer).learnings[0]?.id ?? '',
    }),
  ),
  call(
    'learnings.create',
    { category: 'convention', statement: 'Prices have two digits.', scope: 'global' },
    (answer) => ({
      other: withBatch.parse(answer).learnings[0]?.id ?? '',
    }),
  ),
  call('learnings.propose', { category: 'fact', statement: 'The port is 37700.', scope: 'global' }, idAs('proposal')),
  call('sessions.create', { agent: 'notes', cwd: '/nowhere/notes', title: 'Notes' }, idAs('ownSession')),
  call(
    'observations.create',
    ({ ownSession }) => ({ session_id: ownSession, type: 'note', title: 'A note' }),
    idAs('note'),
  ),
  call('agents.create', { name: 'idle-agent' }, idAs('agent')),
  call('tools.create', {
    name: 'double_it',
    title: 'Double',
    description: 'Twice a number.',
    source: 'return input.n * 2;',
  }),
  call('permissions.createRule', { effect: 'deny', tool: 'Bash', pattern: 'rm -rf *' }, idAs('rule')),
  call('organizations.create', { name: 'Elsewhere' }, idAs('organization')),
  call('users.create', { email, name: 'Reader', password, role: 'viewer' }, idAs('user')),
  call('keys.create', { name: 'A program', scopes: ['read'] }, (answer) => ({ key: withKey.parse(answer).api_key.id })),
  call('organizations.setMember', ({ organization, user }) => ({ id: organization, user_id: user, role: 'user' })),
  call('auth.login', { email, password }, (answer) => {
    const { access_token: access, refresh_token: refresh } = withTokens.parse(answer);
    return { access, refresh };
  }),
  call(
    'auth.refresh',
    ({ refresh }) => ({ refresh_token: refresh }),
    (answer) => ({
      refresh: withTokens.parse(answer).refresh_token,
    }),
  ),
  call(
    'jobs.enqueue',
    ({ session, project }) => ({ kind: 'summarise', session_id: session, project_id: project }),
    idAs('job'),
  ),
  call('summaries.regenerate', ({ session }) => ({
    scope: 'session',
    session_id: session,
    with_model: false,
  })),
  call('costs.setPrice', { model: 'some-model', input: 1, output: 2, cache_read: 0.1, cache_write: 1.25 }),
  call('models.test', ({ modelUrl }) => ({ settings: modelAt(modelUrl) })),
  call('search.remember', { query: 'database locked' }),
  call('admin.backUp'),
];

/** Every query and stream of the contract. */
const queries: readonly PlausibleCall[] = [
  call('status.get'),
  call('projects.list'),
  call('sessions.list'),
  call('sessions.get', ({ session }) => ({ id: session, include: ['prompts', 'observations', 'summaries'] })),
  call('sessions.timeline', ({ session }) => ({ session_id: session })),
  call('observations.list'),
  call('observations.get', one('observation')),
  call('observations.around', one('observation')),
  call('prompts.list'),
  call('prompts.get', one('prompt')),
  call('messages.list'),
  call('messages.get', one('message')),
  call('search.query', { text: 'database "is locked" since:2020-01-01' }),
  call('search.semantic', { text: 'why did the tests fail' }),
  call('search.progressive', { text: 'database locked' }),
  call('search.similar', one('observation')),
  call('search.suggest', { text: 'data' }),
  call('context.preview', ({ project }) => ({ project_id: project })),
  call('context.injections'),
  call('context.choice', ({ project }) => ({ project_id: project })),
  call('embedding.status'),
  call('indexes.check'),
  call('jobs.overview'),
  call('jobs.list'),
  call('jobs.get', one('job')),
  call('models.status'),
  call('costs.overview'),
  call('costs.calls'),
  call('costs.prices'),
  call('costs.estimate'),
  call('summaries.list'),
  call('summaries.get', one('summary')),
  call('summaries.versions', one('summary')),
  call('learnings.list', { tags: ['prices'] }),
  call('learnings.get', one('learning')),
  call('learnings.counts'),
  call('learnings.exportText'),
  call('memories.list'),
  call('memories.get', one('memory')),
  call('memories.search', { text: 'when do we deploy', tags: ['deploy'] }),
  call('memories.versions', one('memory')),
  call('graph.entities'),
  call('graph.neighbours', ({ entity }) => ({ id: entity, depth: 2 })),
  call('graph.path', ({ entity, neighbour }) => ({ from: entity, to: neighbour })),
  call('graph.overview'),
  call('graph.rank', ({ entity }) => ({ seeds: [entity] })),
  call('upkeep.policy'),
  call('upkeep.report'),
  call('ask.stream', { question: 'Why was the database locked?' }),
  call('agents.list'),
  call('agents.get', one('agent')),
  call('agents.messages', one('agent')),
  call('tools.list'),
  call('tools.get', { name: 'double_it' }),
  call('tools.settings'),
  call('mcp.setup'),
  call('permissions.list'),
  call('permissions.get', one('permission')),
  call('permissions.rules'),
  call('permissions.getRule', one('rule')),
  call('permissions.settings'),
  call('stats.overview'),
  call('stats.growth'),
  call('stats.activity'),
  call('users.list'),
  call('users.get', one('user')),
  call('organizations.list'),
  call('organizations.get', one('organization')),
  call('organizations.members', one('organization')),
  call('keys.list'),
  call('keys.get', one('key')),
  call('auth.me'),
  call('audit.list'),
  call('configuration.list', {}, (answer) => {
    const [setting] = withKeys.parse(answer);
    return { setting: setting?.key ?? '', settingValue: JSON.stringify(setting?.value) };
  }),
  call('configuration.get', ({ setting }) => ({ key: setting })),
  call('admin.backups'),
  call('health.live'),
  call('health.ready'),
  call('health.dependencies'),
  call('events.subscribe', { lastEventId: 0 }),
];

/** Changes of what is there, and at the end what takes things away. */
const changes: readonly PlausibleCall[] = [
  call('sessions.update', ({ ownSession }) => ({ id: ownSession, change: { title: 'Other notes' } })),
  call('sessions.mark', ({ session }) => ({ id: session, mark: 'pinned' })),
  call('observations.update', ({ note }) => ({ id: note, change: { facts: ['It was so.'] } })),
  call('observations.mark', ({ observation }) => ({ id: observation, mark: 'wrong' })),
  call('context.choose', ({ project }) => ({ project_id: project, choice: { recall: false } })),
  call('memories.revise', ({ memory }) => ({ id: memory, change: { add_metadata: { seen: 'twice' } } })),
  call('learnings.edit', ({ learning }) => ({
    id: learning,
    change: { detail: 'Never floats.', tags: ['prices', 'money'] },
  })),
  call('learnings.decide', ({ proposal }) => ({ ids: [proposal], decision: 'approve' })),
  call('learnings.pin', ({ learning }) => ({ ids: [learning], pinned: true })),
  call('learnings.verify', ({ learning }) => ({ id: learning, verdict: 'confirmed' })),
  call('learnings.keepBoth', ({ learning, other }) => ({ id: learning, other })),
  call('learnings.supersede', ({ proposal, learning }) => ({ id: proposal, by: learning })),
  call(
    'learnings.merge',
    ({ learning, other }) => ({ into: learning, ids: [other] }),
    (answer) => ({
      batch: withBatch.parse(answer).batch_id,
    }),
  ),
  call('learnings.undo', ({ batch }) => ({ batch_id: batch })),
  call('learnings.writeExport', ({ file }) => ({ file })),
  call('summaries.choose', one('summary')),
  call('jobs.setPaused', { kind: null, paused: true }),
  call('jobs.enqueue', ({ session }) => ({ kind: 'graph', session_id: session }), idAs('job')),
  call('jobs.retry', one('job')),
  call('jobs.cancel', one('job')),
  call('models.configure', ({ modelUrl }) => ({ settings: modelAt(modelUrl) })),
  call('history.read'),
  call('models.configure', { settings: { kind: 'none', models: {} } }),
  call('jobs.setPaused', { kind: null, paused: false }),
  call('jobs.retryParked', { kind: null }),
  call('jobs.setConcurrency', { kind: 'graph', concurrency: 1 }),
  call('jobs.setSchedule', { kind: 'backup', cron: '0 3 * * *', enabled: false }),
  call('upkeep.setPolicy', {
    half_life_days: { semantic: 100 },
    expire_proposals_after_days: 30,
    archive_memories_below: null,
    delete_observations_below: null,
    merge_above: null,
  }),
  call('upkeep.run'),
  call('ask.answer', { question: 'Why was the database locked?' }),
  call('costs.setCaps', { day_usd: 1, month_usd: null }),
  call('costs.resetPrice', { model: 'some-model' }),
  call('embedding.test', { settings: { kind: 'builtin' } }),
  call('embedding.pause'),
  call('embedding.resume'),
  call('embedding.rebuild'),
  call('embedding.configure', { settings: { kind: 'builtin' } }),
  call('indexes.mend'),
  call('agents.update', ({ agent }) => ({ id: agent, change: { metadata: { team: 'shop' } } })),
  call('agents.setState', ({ agent }) => ({ id: agent, state: 'disabled' })),
  call('tools.setSettings', { scripts_enabled: true, timeout_seconds: 30, memory_mb: 128 }),
  call('tools.update', { name: 'double_it', change: { enabled: true } }),
  call('tools.execute', { name: 'double_it', arguments: { n: 21 } }),
  call('permissions.updateRule', ({ rule }) => ({ id: rule, change: { enabled: false } })),
  call('permissions.decide', ({ permission }) => ({ id: permission, behavior: 'allow' })),
  call('permissions.setSettings', { enabled: false, wait_seconds: 30, notify: false }),
  call('users.update', ({ user }) => ({ id: user, change: { name: 'A reader' } })),
  call('organizations.update', ({ organization }) => ({ id: organization, change: { name: 'There' } })),
  call('keys.update', ({ key }) => ({ id: key, change: { name: 'Another program' } })),
  call('keys.rotate', one('key')),
  call('configuration.set', ({ setting, settingValue }) => ({
    key: setting,
    value: z.json().parse(JSON.parse(settingValue ?? 'null')),
  })),
  call('configuration.reset', ({ setting }) => ({ key: setting })),
  call('admin.maintain', { tasks: ['checkpoint'] }),
  call('capture.setPaused', { paused: false }),
  call('hooks.install'),
  call('hooks.uninstall'),
  call('mcp.writePlugin'),
  call('tickets.create'),
  call('search.forgetQueries'),
  call('memories.forget', one('memory')),
  call('memories.restore', one('memory')),
  call('memories.remove', one('memory')),
  call('learnings.delete', ({ other }) => ({ ids: [other] })),
  call('learnings.remove', one('proposal')),
  call('observations.delete', one('note')),
  call('observations.restore', one('note')),
  call('sessions.delete', one('ownSession')),
  call('deletions.list', { kind: 'session' }),
  call('deletions.list'),
  call('sessions.restore', one('ownSession')),
  call('observations.erase', one('note')),
  call('sessions.erase', one('ownSession')),
  call('agents.delete', one('agent')),
  call('tools.delete', { name: 'double_it' }),
  call('permissions.deleteRule', one('rule')),
  call('keys.revoke', one('key')),
  { ...call('auth.changePassword', { current: password, next: `another, ${password}` }), asUser: true },
  call('auth.logout', ({ refresh }) => ({ refresh_token: refresh })),
  call('organizations.removeMember', ({ organization, user }) => ({ id: organization, user_id: user })),
  call('users.delete', one('user')),
  call('organizations.delete', one('organization')),
  call('admin.handOver'),
];

/** Every operation of the contract at least once, in an order in which each finds what it needs. */
export const plausibleCalls: readonly PlausibleCall[] = [...additions, ...queries, ...changes];
