import { relative, sep } from 'node:path';

/** The parts of vitest's JSON report that are read. */
export interface VitestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message?: string; assertionResults: TestResult[] }[];
}

interface TestResult {
  status: string;
  fullName?: string;
  failureMessages?: string[];
}

export interface TestCount {
  passed: number;
  failed: number;
  /** One sentence for each way in which the run did not prove anything. */
  problems: string[];
  /** Each failed test: where it is, its name, what it says. */
  failures: string[];
}

const levels: Record<string, (path: string) => boolean> = {
  core: (path) => /^(?:src\/(?:main|shared|preload)|scripts|bench)\//.test(path) || path === 'e2e/architecture.test.ts',
  renderer: (path) => path.startsWith('src/renderer/'),
  contract: (path) => path.startsWith('e2e/contract/'),
  e2e: (path) => path.endsWith('.e2e.ts'),
};

/** Counts tests; a file that could not be loaded, a skipped test and a level without tests are failures, each counted once. */
export function countTests(report: VitestReport, root: string, projects: readonly string[]): TestCount {
  const files = report.testResults.map((file) => ({ ...file, path: relative(root, file.name).split(sep).join('/') }));
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const skipped = report.numPendingTests + report.numTodoTests;
  const empty = projects.filter(
    (project) => !files.some((file) => levels[project]?.(file.path) === true && file.assertionResults.length > 0),
  );
  const problems = [
    ...broken.map((file) => `${file.path} did not run: ${file.message ?? ''}`),
    ...(skipped > 0 ? [`${skipped} tests were skipped; a test runs or is deleted.`] : []),
    ...empty.map((project) => `The level ${project} has no tests.`),
  ];
  const failures = files.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => [`${file.path} > ${test.fullName ?? ''}`, ...(test.failureMessages ?? [])].join('\n')),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + problems.length, problems, failures };
}
