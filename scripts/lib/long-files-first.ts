import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest on two quiet cores, which their size does not tell. */
const longest = [
  'e2e/contract/fuzz/fuzz.test.ts',
  'src/main/worker/embedding-service.test.ts',
  'e2e/window-learnings.e2e.ts',
  'e2e/accessibility.e2e.ts',
  'e2e/contract/route-walk.test.ts',
  'e2e/window-work.e2e.ts',
  'src/main/worker/index-service.test.ts',
  'src/main/worker/start-worker.test.ts',
  'src/main/worker/context.test.ts',
  'e2e/window.e2e.ts',
];

/** Starts them first, so that the last one does not run on alone while a core is idle. */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.some((name) => moduleId.endsWith(name));
    // oxlint-disable-next-line unicorn/no-array-sort -- not that of arrays
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
