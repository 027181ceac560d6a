import { createLedger } from '../../capture/ledger.ts';
import { observe } from '../../memory/observe.ts';
import { createLexicalIndex } from '../../search/lexical-index.ts';
import type { WritableDb } from '../../store/database.ts';
import { createEmbeddingWriter } from '../../store/tables/embeddings.ts';
import { createObservationEraser } from '../../store/tables/erase-observations.ts';
import { createRevertibleMap } from '../revertible-map.ts';
import { createIntakeGate } from '../settings/intake-gate.ts';
import type { WriterClient } from '../writer-client.ts';
import { createWriterOperations, type WriterAnswer, type WriterOperationName } from '../writer-operations.ts';

/** The writer's operations without its thread: each in a transaction, answered in a later turn of the loop. */
export function operatingWriter(db: WritableDb): Pick<WriterClient, 'call'> {
  const onFault = (fault: unknown) => {
    throw fault;
  };
  const index = createLexicalIndex(db);
  const ledger = createLedger(db, { observe, index, onFault });
  const eraser = createObservationEraser(db, index, createEmbeddingWriter(db));
  const gate = createIntakeGate(db, (id) => ledger.session(id)?.root ?? null);
  const returning = createRevertibleMap<never, never>();
  const truncateLog = () => {};
  const operations = createWriterOperations({ db, ledger, eraser, index, gate, onFault, returning, truncateLog });
  return {
    async call<Name extends WriterOperationName>(name: Name, ...given: readonly unknown[]) {
      await new Promise((resolve) => setImmediate(resolve));
      const operation: (argument: never) => unknown = operations[name];
      const answer: unknown = ledger.savepoint(() => operation(given[0] as never));
      ledger.flush();
      return answer as WriterAnswer<Name>;
    },
  };
}
