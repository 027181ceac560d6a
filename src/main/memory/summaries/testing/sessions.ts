import type { Script } from './script.ts';

/** Sessions as they happen: what a tired developer wants to understand on Monday. */

export const refactoring: Script = {
  id: 'refactoring',
  steps: [
    {
      user: 'hey, can you please refactor the invoice service so that the tax rules live in their own module? Keep the public API as it is.',
    },
    { note: "I'll start by looking at the invoice service." },
    { read: 'src/invoice/service.ts' },
    { read: 'src/invoice/service.test.ts' },
    { grep: 'calculateTax', files: 7 },
    { note: 'Let me run the tests first to have a baseline.' },
    {
      bash: 'npm test -- invoice',
      description: 'Run invoice tests',
      out: ' ✓ src/invoice/service.test.ts (14 tests)\n\n Tests  14 passed (14)\n Duration  812ms',
    },
    { write: 'src/invoice/tax-rules.ts', content: 'export function taxFor() {}' },
    { edit: 'src/invoice/service.ts' },
    { edit: 'src/invoice/service.ts' },
    {
      bash: 'npm test -- invoice',
      description: 'Run invoice tests',
      error:
        'Exit code 1\n ❯ src/invoice/service.test.ts (14 tests | 2 failed)\nAssertionError: expected 1990 to be 1999\n    at src/invoice/service.test.ts:88:23\n Tests  2 failed | 12 passed (14)',
    },
    {
      note: 'The two failures come from rounding: the old code rounded each line, the new module rounds the sum, which changes totals by a cent.',
    },
    { edit: 'src/invoice/tax-rules.ts' },
    { bash: 'npm test -- invoice', description: 'Run invoice tests', out: ' Tests  14 passed (14)' },
    {
      bash: `git add -A && git commit -m "refactor(invoice): move tax rules into their own module"`,
      description: 'Commit',
      out: '[main 4f2a9c1] refactor(invoice): move tax rules into their own module\n 2 files changed, 120 insertions(+), 96 deletions(-)',
    },
    {
      answer: `Done! Here's what I did:

## Changes
- **\`src/invoice/tax-rules.ts\`** (new): all tax rules moved here, as pure functions without access to the database.
- **\`src/invoice/service.ts\`**: calls \`taxFor(line)\` instead of the inlined switch; the public API is unchanged.

## Why the tests failed in between
Rounding happens per line, not on the sum. I kept the per-line rounding because the invoices that were already sent depend on it.

\`\`\`ts
export function taxFor(line: Line): Cents { /* … */ }
\`\`\`

## Next steps
- The reverse-charge rule still has no test.
- \`src/report/vat.ts\` duplicates two of the rules and could use the new module.

Let me know if you'd like me to tackle any of these!`,
    },
  ],
};

export const research: Script = {
  id: 'research',
  steps: [
    {
      user: 'How does the session cache decide what to evict? I want to understand it before we touch it. Do not change anything.',
    },
    { note: "I'll look at the cache implementation." },
    { read: 'src/cache/session-cache.ts' },
    { read: 'src/cache/clock.ts' },
    { grep: 'maxEntries', files: 3 },
    { web: 'https://en.wikipedia.org/wiki/Page_replacement_algorithm', result: 'CLOCK is an approximation of LRU.' },
    {
      answer: `Great question! The cache uses the CLOCK algorithm, an approximation of LRU: each entry has a reference bit that is set on every read.

When \`maxEntries\` (default 10,000) is reached, a hand sweeps over the entries; it clears set bits and evicts the first entry whose bit is already clear. Entries with open transactions are skipped, so the cache can grow beyond its limit while many transactions are open.

Two things are worth knowing:
1. The hand's position is not persisted, so after a restart the first sweep evicts in insertion order.
2. \`touch()\` does not set the bit. Background refreshes therefore never keep an entry alive.

Would you like me to write this up in docs/cache.md?`,
    },
  ],
};

export const failed: Script = {
  id: 'failed',
  steps: [
    { user: 'Upgrade to React 19 and get the build green again' },
    {
      bash: 'npm install react@19 react-dom@19',
      description: 'Upgrade React',
      out: 'added 3 packages, changed 12 packages in 9s',
    },
    { edit: 'package.json' },
    {
      bash: 'npm run build',
      description: 'Build',
      error:
        "Exit code 2\nsrc/ui/portal.tsx(12,5): error TS2769: No overload matches this call.\nsrc/ui/modal.tsx(40,9): error TS2322: Type 'RefObject<HTMLDivElement | null>' is not assignable to type 'LegacyRef<HTMLDivElement>'.\nFound 23 errors.",
    },
    { edit: 'src/ui/portal.tsx' },
    { edit: 'src/ui/modal.tsx' },
    {
      bash: 'npm run build',
      description: 'Build',
      error:
        "Exit code 2\nnode_modules/@legacy/datepicker/index.d.ts(3,10): error TS2305: Module '\"react\"' has no exported member 'VFC'.\nFound 1 error.",
    },
    {
      answer: `The build is down from 23 errors to 1, but I could not get it green. The remaining error is inside \`@legacy/datepicker\`, which imports \`VFC\`; React 19 removed that type and the package has not been updated since 2021.

Our own components now use \`RefObject<T | null>\`.

Should I replace the datepicker with the native input, or patch the package?`,
    },
  ],
};

export const interrupted: Script = {
  id: 'interrupted',
  steps: [
    { user: 'Add CSV export to the orders page' },
    {
      todos: [
        ['in_progress', 'Add the export endpoint'],
        ['pending', 'Add the button to the orders page'],
        ['pending', 'Write tests'],
      ],
    },
    { read: 'src/orders/routes.ts' },
    { write: 'src/orders/export-csv.ts' },
    { edit: 'src/orders/routes.ts' },
    {
      note: 'The endpoint streams rows now, because loading all orders at once ran out of memory at about 200,000 rows.',
    },
    {
      todos: [
        ['completed', 'Add the export endpoint'],
        ['in_progress', 'Add the button to the orders page'],
        ['pending', 'Write tests'],
      ],
    },
    { read: 'src/orders/page.tsx' },
  ],
};

export const chinese: Script = {
  id: 'chinese',
  cwd: '/home/dev/商城',
  steps: [
    {
      user: '帮我把 useCheckout 这个 hook 里的重试逻辑抽出来，放到 src/lib/retry.ts，顺便看看为什么支付失败后会重复扣款',
    },
    { note: '好的，我先看一下 useCheckout 的实现。' },
    { read: 'src/hooks/useCheckout.ts' },
    { read: 'src/api/payment.ts' },
    { grep: 'idempotencyKey', files: 0 },
    { write: 'src/lib/retry.ts' },
    { edit: 'src/hooks/useCheckout.ts' },
    { edit: 'src/api/payment.ts' },
    {
      bash: 'pnpm vitest run src/hooks',
      description: '运行 hooks 测试',
      error:
        'Exit code 1\nFAIL  src/hooks/useCheckout.test.ts > 支付失败后重试\nError: expected 1 call, got 3\n Tests  1 failed | 8 passed (9)',
    },
    { edit: 'src/api/payment.ts' },
    { bash: 'pnpm vitest run src/hooks', description: '运行 hooks 测试', out: ' Tests  9 passed (9)' },
    {
      answer: `已完成。

**原因**：\`createPayment\` 在超时后会被 \`withRetry\` 再次调用，但请求没有带 \`idempotencyKey\`，所以支付网关把每次重试都当成一笔新的订单，导致重复扣款。

**修改内容**：
1. 将重试逻辑抽到 \`src/lib/retry.ts\`，支持最大次数和退避时间。
2. \`src/api/payment.ts\` 现在为每个订单生成固定的 \`idempotencyKey\`，重试时复用。
3. \`useCheckout\` 改为调用 \`retry()\`，行为不变。

测试全部通过（9 个）。

**后续**：
- 历史上被重复扣款的订单还需要人工核对。
- 退款接口也没有幂等键，建议一并处理。

需要我继续处理退款接口吗？`,
    },
  ],
};

export const manyTurns: Script = {
  id: 'many-turns',
  steps: [
    { user: 'Why is the search page slow?' },
    { read: 'src/search/page.tsx' },
    {
      bash: 'node scripts/profile-search.mjs',
      description: 'Profile the search page',
      out: 'render 1840 ms\nquery 35 ms',
    },
    {
      answer:
        'The query takes 35 ms; rendering takes 1.8 s because all 4,000 results are rendered at once. A virtual list would fix that.',
    },
    { user: 'ok do it' },
    { edit: 'src/search/results.tsx' },
    { edit: 'src/search/page.tsx' },
    { bash: 'npm test', description: 'Run the tests', out: 'Tests: 96 passed, 96 total' },
    {
      answer:
        'I replaced the result table with a virtual list from @tanstack/react-virtual. Rendering now takes 40 ms instead of 1.8 s. All 96 tests pass.',
    },
    { user: 'From now on always use the virtual list for anything above 100 rows.' },
    { answer: 'Understood, I will use the virtual list for anything above 100 rows.' },
    { user: 'now make the filter bar sticky' },
    { edit: 'src/search/filter-bar.css' },
    {
      answer:
        "The filter bar sticks to the top of the page now. On Safari it flickers when the address bar collapses; I haven't found out why yet.",
    },
    { user: 'thanks' },
    { answer: "You're welcome!" },
  ],
};

export const compacted: Script = {
  id: 'compacted',
  steps: [
    { user: 'Move the mailer to a queue' },
    { edit: 'src/mail/mailer.ts' },
    {
      compact: `<analysis>
The user wanted many things. Secret thoughts here.
</analysis>
<summary>
1. Primary Request and Intent:
   The user wants mails to be sent by a queue instead of inside the request.
2. Key Technical Concepts:
   - BullMQ with Redis as the queue
3. Files and Code Sections:
   - src/mail/mailer.ts
4. Errors and fixes:
   - Jobs were processed twice because two workers shared one connection; each worker has its own connection now.
5. Pending Tasks:
   - Add a dead letter queue for mails that fail five times.
6. Current Work:
   Sending was moved to \`src/mail/queue.ts\` and the request no longer waits for SMTP.
</summary>`,
    },
    { user: 'This session is being continued from a previous conversation that ran out of context.' },
    { user: 'go on with the dead letter queue' },
    { write: 'src/mail/dead-letters.ts' },
    { bash: 'npm test -- mail', description: 'Run the mail tests', out: 'Tests: 12 passed, 12 total' },
    { answer: 'Mails that fail five times now land in `src/mail/dead-letters.ts` and are shown in the admin page.' },
  ],
};

export const sessions = { refactoring, research, failed, interrupted, chinese, manyTurns, compacted };
