import { expect, test } from 'vitest';
import type { SummaryContent } from '../../../shared/summary-views.ts';
import { furtherSessions } from './testing/further-sessions.ts';
import { summaryOf } from './testing/script.ts';

// What each must not lose; catches a rule that is mended for one kind of session at the cost of another.
test.each<[id: string, Partial<SummaryContent>]>([
  [
    'log',
    {
      title: 'Connect ECONNREFUSED 127.0.0.1:6379: cause found',
      done: ['I restarted it with docker compose up -d redis, and the worker connects again.'],
    },
  ],
  ['feat', { title: 'Implement dark mode for the settings page', open_ends: [] }],
  ['zhen', { title: '为什么首页加载要 6 秒？', language: 'zh', request: '为什么首页加载要 6 秒？优化一下' }],
  [
    'ops',
    {
      title: 'Release: v2.4.0',
      open_ends: [],
      learned: [
        'The first push was rejected because Dependabot had merged a bump in the meantime; I rebased on top of it.',
      ],
    },
  ],
  ['chat', { title: 'What is a monad, in one sentence?', request: 'what is a monad, in one sentence?' }],
  ['zh2', { title: '将报表导出改为流式写入，内存占用从 1.2 GB 降到 80 MB', request: null }],
  [
    'zhq',
    {
      title: 'Redis 和 memcached 我们该选哪个？',
      open_ends: ['持久化默认关闭，重启后缓存会全部丢失。', '待回答：是否需要我写一份迁移计划？'],
    },
  ],
  [
    'deny',
    {
      title: 'Added an index on orders.user_id in migration 0042 and applied it',
      request: 'Delete all old migrations and squash them into one → Add an index on orders.user_id instead',
      commands: [{ command: 'npx prisma migrate dev', outcome: 'passed', note: null }],
    },
  ],
])('%s', (id, expected) => {
  const script = furtherSessions.find((each) => each.id === id);
  expect(script && summaryOf(script).summary).toMatchObject(expected);
});
