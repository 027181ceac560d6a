import { describe, expect, test } from 'vitest';
import { countTests, type VitestReport } from './vitest-report.ts';

const root = '/project';
const file = (path: string, ...statuses: string[]) => ({
  name: `${root}/${path}`,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});
const report = (testResults: VitestReport['testResults']): VitestReport => {
  const statuses = testResults.flatMap((result) => result.assertionResults.map((assertion) => assertion.status));
  const count = (status: string) => statuses.filter((each) => each === status).length;
  return {
    success: true,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: count('todo'),
    testResults,
  };
};

describe('countTests', () => {
  test('counts what passed and what failed', () => {
    const given = report([file('src/main/a.test.ts', 'passed', 'failed'), file('src/renderer/a.test.tsx', 'passed')]);
    expect(countTests(given, root, ['core', 'renderer'])).toMatchObject({
      passed: 2,
      failed: 1,
      problems: [],
    });
  });

  // Catches: a failure that cannot be told from the end of a long log.
  test('says which test failed and how', () => {
    const failed = { status: 'failed', fullName: 'adds up', failureMessages: ['expected 2 to be 3'] };
    const given = report([{ ...file('src/main/a.test.ts', 'failed'), assertionResults: [failed] }]);
    expect(countTests(given, root, ['core']).failures).toEqual(['src/main/a.test.ts > adds up\nexpected 2 to be 3']);
  });

  // Catches: a green run in which a file with a syntax error contributed no tests.
  test('a file that did not load is a failure', () => {
    const given = report([
      file('src/main/a.test.ts', 'passed'),
      { ...file('src/main/b.test.ts'), status: 'failed', message: 'Unexpected token' },
    ]);
    expect(countTests(given, root, ['core'])).toMatchObject({
      passed: 1,
      failed: 1,
      problems: [expect.stringContaining('Unexpected token')],
    });
  });

  // Catches: a glob that stopped matching, a level that silently went away.
  test('a level without tests is a failure', () => {
    expect(countTests(report([file('src/main/a.test.ts', 'passed')]), root, ['core', 'e2e'])).toMatchObject({
      failed: 1,
    });
    expect(countTests(report([]), root, ['core', 'contract'])).toMatchObject({ passed: 0, failed: 2 });
  });

  test('a skipped test is a failure', () => {
    expect(countTests(report([file('src/main/a.test.ts', 'passed', 'pending')]), root, ['core'])).toMatchObject({
      failed: 1,
    });
  });
});
