import { describe, expect, test } from 'vitest';
import { summarise } from './summarise.ts';
import { summaryOf, type Step } from './testing/script.ts';
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

// Catches: a title that claims what nobody proved, or that tells of another turn's failure.
describe('titles claim no more than is known', () => {
  const titleOf = (id: string, ...steps: Step[]) => summaryOf({ id, steps }).summary.title;

  test('a failure of a later turn does not make the first one fail', () => {
    const title = titleOf(
      'two',
      { user: 'make the build work again' },
      { bash: 'npm run build', description: 'Build', error: "Exit code 2\nerror TS2304: Cannot find name 'foo'." },
      { edit: 'src/a.ts' },
      { bash: 'npm run build', description: 'Build', out: '✓ built in 2.1s' },
      { answer: 'The build works again: I replaced `foo` with `bar`.' },
      { user: 'now do the same for the docs site' },
      { bash: 'npm run docs:build', description: 'Build docs', error: 'Exit code 1\nError: Cannot find module "x"' },
      { answer: 'The docs build needs a package that I cannot install.' },
    );
    expect(title).toBe('Make the build work again');
  });

  test('a supposition is neither a cause that was found nor a fix', () => {
    const steps = [
      { user: '线上偶尔内存溢出' },
      { read: 'src/cache.ts' },
      { answer: '目前还不能确定原因。堆快照里最大的是缓存，可能的原因是缓存没有上限。' },
    ];
    expect(titleOf('zh', ...steps)).toBe('线上偶尔内存溢出');
    const tried = [{ user: 'The login is broken in Safari' }, { edit: 'src/a.ts' }];
    const answer = 'I changed the handler. It might be the focus event, please check it in Safari.';
    expect(titleOf('en', ...tried, { answer })).toBe('The login is broken in Safari');
  });

  test('“Fixed” does not outlive the word of the person who tried it', () => {
    const fix = [{ user: 'The login is broken in Safari' }, { edit: 'src/a.ts' }, { answer: 'I fixed the handler.' }];
    const problem = 'the login is broken in Safari';
    expect(titleOf('one', ...fix)).toBe(`Fixed: ${problem}`);
    const again = [...fix, { user: "still doesn't work" }, { edit: 'src/a.ts' }, { answer: 'I replaced the handler.' }];
    expect(titleOf('two', ...again)).toBe('The login is broken in Safari');
    expect(titleOf('three', ...again, { user: 'works now, thanks' }, { answer: 'Great!' })).toBe(`Fixed: ${problem}`);
    expect(titleOf('four', ...fix.slice(0, 2), { answer: 'I changed it. This should fix it.' })).toMatch(/^The login/);
  });

  test('what was done keeps the word that says so, and a courtesy leaves no question mark', () => {
    const { summary } = summaryOf({
      id: 'notes',
      steps: [
        { user: 'Can you write the release notes for 2.3?' },
        { write: 'RELEASE.md' },
        { answer: 'The notes:\n\n- Fixed: crash when the folder is empty\n- Added: dark mode' },
      ],
    });
    expect(summary.title).toBe('Write the release notes for 2.3');
    expect(summary.done).toContain('Fixed: crash when the folder is empty');
  });

  test.each([
    ['Remember that we always use WAL mode', 'We always use WAL mode'],
    [
      'Always use pnpm instead of npm in this repo, and never commit package-lock.json',
      'Always use pnpm instead of npm in this repo, and never commit…',
    ],
    ["We don't commit generated files. Remember that.", "We don't commit generated files"],
    ['以后提交信息都用中文写', '提交信息都用中文写'],
  ])('“%s” is its own title', (rule, title) => {
    expect(titleOf('rule', { user: rule }, { answer: 'Noted.' })).toBe(title);
  });

  test('a search that found nothing is no failed command, and a query is no end of a sentence', () => {
    const { summary } = summaryOf({
      id: 'search',
      steps: [
        { user: 'Which page size does the users endpoint take?' },
        { bash: 'grep -rn pageSize src', error: 'Exit code 1' },
        { read: 'src/users.ts' },
        { answer: '`GET /users?page=1&size=20` takes at most 100.' },
      ],
    });
    expect(summary.commands).toEqual([]);
    expect(summary.learned).toEqual(['GET /users?page=1&size=20 takes at most 100.']);
  });
});
