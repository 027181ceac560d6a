import { describe, expect, test } from 'vitest';
import { summarise } from './summarise.ts';
import { summaryOf } from './testing/script.ts';
import { chinese, compacted, failed, interrupted, manyTurns, refactoring, research } from './testing/sessions.ts';
import { among, like, saying } from './testing/matchers.ts';

// Each by what a person who was away wants to know; catches a rule that no longer sees it.
describe('sessions', () => {
  test('refactoring: titled by its commit, with the detour that the tests took and what is left', () => {
    const { summary } = summaryOf(refactoring);
    expect(summary).toMatchObject({
      title: 'Invoice: move tax rules into their own module',
      request:
        'Refactor the invoice service so that the tax rules live in their own module. Keep the public API as it is.',
      learned: [
        'Rounding happens per line, not on the sum.',
        'I kept the per-line rounding because the invoices that were already sent depend on it.',
      ],
      open_ends: [
        'The reverse-charge rule still has no test.',
        'src/report/vat.ts duplicates two of the rules and could use the new module.',
      ],
      files: [
        { path: 'src/invoice/tax-rules.ts', change: 'changed' },
        { path: 'src/invoice/service.ts', change: 'changed' },
        { path: 'src/invoice/service.test.ts', change: 'read' },
      ],
    });
    expect(summary.done).toContain(
      '“Run invoice tests” failed at first (AssertionError: expected 1990 to be 1999) and passes now (Tests 14 passed (14))',
    );
    expect(JSON.stringify(summary)).not.toMatch(/Let me|Here's what|taxFor\(line: Line\)|\*\*|##/);
  });

  test('research: the answer is what was learned, and an offer without an answer stays open', () => {
    const { summary } = summaryOf(research);
    expect(summary.title).toBe('How does the session cache decide what to evict?');
    expect(summary.learned).toEqual(
      among(
        saying('CLOCK algorithm'),
        'Entries with open transactions are skipped, so the cache can grow beyond its limit while many transactions are open.',
        'touch() does not set the bit.',
      ),
    );
    expect(summary.done).toEqual([]);
    expect(summary.open_ends).toEqual(['Question left open: Would you like me to write this up in docs/cache.md?']);
    expect(summary.investigated).toContain('Looked up https://en.wikipedia.org/wiki/Page_replacement_algorithm');
  });

  test('a session that failed says so in its title, and with which error', () => {
    const { summary } = summaryOf(failed);
    expect(summary.title).toBe('Upgrade to React 19 and get the build green again (still failing)');
    expect(summary.done).toContain('Our own components now use RefObject<T | null>.');
    expect(summary.open_ends).toEqual([
      like(/^Still failing: “Build” \(.*has no exported member 'VFC'\.\)$/),
      'The build is down from 23 errors to 1, but I could not get it green.',
      saying('React 19 removed that type'),
      'Question left open: Should I replace the datepicker with the native input, or patch the package?',
    ]);
    expect(summary.commands.at(-1)).toMatchObject({ command: 'npm run build', outcome: 'failed' });
  });

  test('an interrupted session: how far it came, by its todo list and what it said on the way', () => {
    const { summary } = summaryOf(interrupted);
    expect(summary).toMatchObject({
      title: 'Add CSV export to the orders page (unfinished)',
      done: ['Changed src/orders/routes.ts', 'Created src/orders/export-csv.ts'],
      learned: [
        'The endpoint streams rows now, because loading all orders at once ran out of memory at about 200,000 rows.',
      ],
      open_ends: [
        'Without an answer: Add CSV export to the orders page',
        'To do: Add the button to the orders page',
        'To do: Write tests',
      ],
    });
  });

  test('Chinese with English identifiers', () => {
    const { summary } = summaryOf(chinese);
    expect(summary).toMatchObject({
      language: 'zh',
      title: '将重试逻辑抽到 src/lib/retry.ts，支持最大次数和退避时间',
      learned: [like(/^createPayment 在超时后会被 withRetry 再次调用.*导致重复扣款。$/)],
      open_ends: [
        '历史上被重复扣款的订单还需要人工核对。',
        '退款接口也没有幂等键，建议一并处理。',
        '待回答：需要我继续处理退款接口吗？',
      ],
    });
    expect(summary.done).toContain(
      '“运行 hooks 测试”起初失败（Error: expected 1 call, got 3），现已通过（Tests 9 passed (9)）',
    );
    expect(summary.request).toMatch(/^把 useCheckout/);
  });

  test('several turns: “do it” belongs to what it answers, a rule is learned, thanks are nothing', () => {
    const { summary } = summaryOf(manyTurns);
    expect(summary).toMatchObject({
      title: 'Replaced the result table with a virtual list from @tanstack/react-virtual',
      request: 'Why is the search page slow? → Make the filter bar sticky',
      open_ends: ["On Safari it flickers when the address bar collapses; I haven't found out why yet."],
    });
    expect(summary.learned).toContain('Always use the virtual list for anything above 100 rows.');
    expect(JSON.stringify(summary)).not.toMatch(/welcome|Understood|thanks/i);
  });

  test('after a compaction the client’s own summary tells of what came before it', () => {
    const { summary } = summaryOf(compacted);
    expect(summary.learned).toEqual([
      'Jobs were processed twice because two workers shared one connection; each worker has its own connection now.',
    ]);
    expect(summary.done).toContain('Sending was moved to src/mail/queue.ts and the request no longer waits for SMTP.');
    // Its thoughts are its own, and what it had left to do was done.
    expect(JSON.stringify(summary)).not.toMatch(/Secret thoughts|Add a dead letter|being continued/);
  });
});

test('one turn of many is told alone', () => {
  const { summary, gathered } = summaryOf(manyTurns, 'many-turns-p11');
  expect(gathered.facts.turns).toHaveLength(1);
  expect(summary).toMatchObject({
    title: 'Make the filter bar sticky',
    request: 'Make the filter bar sticky',
    files: [{ path: 'src/search/filter-bar.css', change: 'changed' }],
    commands: [],
  });
});

// Catches: a summary that depends on anything but its facts.
test('the same facts give the same bytes, and are left as they were', () => {
  const { gathered, summary } = summaryOf(refactoring);
  const before = JSON.stringify(gathered.facts);
  expect(JSON.stringify(summarise(gathered.facts))).toBe(JSON.stringify(summary));
  expect(JSON.stringify(gathered.facts)).toBe(before);
});
