import type { Script } from './script.ts';

/** Sessions that were written when the rules were there already. */
export const furtherSessions: readonly Script[] = [
  {
    id: 'log',
    steps: [
      {
        user: `I get this when starting the worker:

[2026-11-20 10:12:33] ERROR worker: connect ECONNREFUSED 127.0.0.1:6379
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1607:16)
    at Protocol._enqueue (/app/node_modules/mysql/lib/protocol/Protocol.js:144:48)

can you look into it @src/worker/index.ts ?`,
      },
      { read: 'src/worker/index.ts' },
      { read: 'docker-compose.yml' },
      { bash: 'docker compose ps', description: 'Check services', out: 'NAME STATUS\nredis Exited (137)' },
      { bash: 'docker compose up -d redis', description: 'Start redis', out: 'Container redis Started' },
      {
        answer: `Found it! Redis isn't running: the container was killed with exit code 137, which means it ran out of memory (the limit in \`docker-compose.yml\` is 64 MB).

I restarted it with \`docker compose up -d redis\`, and the worker connects again. To keep this from happening, raise \`mem_limit\` to at least 256 MB — I left the file untouched since you didn't ask for a change.`,
      },
    ],
  },
  {
    id: 'feat',
    steps: [
      {
        user: 'Implement dark mode for the settings page. Use CSS variables, and persist the choice in localStorage. Also add tests.',
      },
      {
        todos: [
          ['completed', 'Add CSS variables'],
          ['completed', 'Toggle component'],
          ['completed', 'Tests'],
        ],
      },
      { write: 'src/theme/variables.css' },
      { write: 'src/theme/ThemeToggle.tsx' },
      { edit: 'src/settings/SettingsPage.tsx' },
      { write: 'src/theme/ThemeToggle.test.tsx' },
      {
        bash: 'npx vitest run src/theme',
        description: 'Run theme tests',
        out: ' Test Files  1 passed (1)\n      Tests  6 passed (6)',
      },
      {
        answer: `✅ Dark mode is fully implemented!

### Summary of changes

| File | Change |
|------|--------|
| \`src/theme/variables.css\` | New CSS variables |

**Features:**
- ✅ Theme toggle on the settings page with light, dark and system options
- ✅ Choice persisted in \`localStorage\` under \`theme\`
- ✅ No flash of the wrong theme: an inline script sets the attribute before first paint

**Tests:** 6 passing.

The implementation follows the existing component conventions. You can now test it by running \`npm run dev\` and opening http://localhost:5173/settings.`,
      },
    ],
  },
  {
    id: 'zhen',
    steps: [
      { user: '为什么首页加载要 6 秒？优化一下' },
      { read: 'src/pages/home.tsx' },
      { edit: 'src/pages/home.tsx' },
      { edit: 'src/api/products.ts' },
      { bash: 'pnpm build', description: 'Build', out: '✓ built in 4.21s' },
      {
        answer: `The home page loads slowly because it fetches all 12,000 products on mount. I added pagination to \`src/api/products.ts\` and lazy-load images below the fold. Load time drops from 6.1 s to 0.9 s locally.`,
      },
    ],
  },
  {
    id: 'ops',
    steps: [
      { user: 'release v2.4.0' },
      { bash: 'npm version 2.4.0 --no-git-tag-version', description: 'Bump version', out: 'v2.4.0' },
      { edit: 'CHANGELOG.md' },
      { bash: 'git commit -am "chore(release): v2.4.0"', out: '[main 99aa001] chore(release): v2.4.0' },
      {
        bash: 'git push origin main',
        description: 'Push',
        error:
          "Exit code 1\nTo github.com:acme/shop.git\n ! [rejected]        main -> main (fetch first)\nerror: failed to push some refs to 'github.com:acme/shop.git'",
      },
      {
        bash: 'git pull --rebase && git push origin main',
        description: 'Rebase and push',
        out: 'To github.com:acme/shop.git\n   1234..5678  main -> main',
      },
      { bash: 'git tag v2.4.0 && git push --tags', description: 'Tag', out: ' * [new tag] v2.4.0 -> v2.4.0' },
      {
        answer:
          'v2.4.0 is released: the changelog lists 14 entries, the tag is pushed and CI is building the artifacts. Note that the first push was rejected because Dependabot had merged a bump in the meantime; I rebased on top of it.',
      },
    ],
  },
  {
    id: 'chat',
    steps: [
      { user: 'hi' },
      { answer: 'Hi! How can I help you today?' },
      { user: 'what is a monad, in one sentence?' },
      { answer: 'A monad is a type with a way to wrap values and to chain computations that produce wrapped values.' },
    ],
  },
  {
    id: 'zh2',
    steps: [
      { user: '继续' },
      { edit: 'src/report.ts' },
      {
        answer:
          '已将报表导出改为流式写入，内存占用从 1.2 GB 降到 80 MB。\n\n注意：旧的导出接口 `/export/sync` 还保留着，计划在下个版本删除。',
      },
    ],
  },
  {
    id: 'zhq',
    steps: [
      { user: 'redis 和 memcached 我们该选哪个？先调研，不要改代码' },
      { web: 'https://redis.io/docs', result: 'x' },
      { grep: 'cache', files: 12 },
      {
        answer:
          '## 结论\n\n建议使用 Redis。\n\n## 理由\n1. 我们需要按前缀失效缓存，Memcached 不支持。\n2. 现有的限流模块已经依赖 Redis，不需要再引入新的组件。\n3. 数据量约 3 GB，单实例足够。\n\n## 风险\n- 持久化默认关闭，重启后缓存会全部丢失。\n\n是否需要我写一份迁移计划？',
      },
    ],
  },
  {
    id: 'deny',
    steps: [
      { user: 'Delete all old migrations and squash them into one' },
      { read: 'prisma/migrations/0001/migration.sql' },
      {
        bash: 'rm -rf prisma/migrations',
        description: 'Delete migrations',
        error: "The user doesn't want to proceed with this tool use. The tool use was rejected.",
      },
      { user: 'no wait, keep them. Just add an index on orders.user_id instead' },
      { write: 'prisma/migrations/0042/migration.sql' },
      {
        bash: 'npx prisma migrate dev',
        description: 'Apply migration',
        out: 'Your database is now in sync with your schema.',
      },
      {
        answer:
          'Added an index on `orders.user_id` in migration 0042 and applied it. The old migrations are untouched.',
      },
    ],
  },
];
