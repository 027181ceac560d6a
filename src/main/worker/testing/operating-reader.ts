import { builtinModelFolder } from '../../embed/static/model-folder.ts';
import { createSharedModel } from '../../embed/static/shared-model.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createReaderOperations, type ReaderOperations } from '../reader-operations.ts';
import type { OperationName, Reader } from '../reader-pool.ts';

/** The reader's operations without its thread. */
export function operatingReader(db: ReadableDb): Pick<Reader, 'call'> {
  const operations: ReaderOperations = {
    ...createReaderOperations(db, createSharedModel(builtinModelFolder())),
    checkpoint() {},
  };
  return {
    async call<Name extends OperationName>(
      name: Name,
      ...given: readonly unknown[]
    ): Promise<Awaited<ReturnType<ReaderOperations[Name]>>> {
      const operation: (argument: never) => unknown = operations[name];
      const answer: unknown = await operation(given[0] as never);
      return answer as Awaited<ReturnType<ReaderOperations[Name]>>;
    },
  };
}
