import { join } from 'node:path';
import { createSharedModel } from '../../../embed/static/shared-model.ts';
import { builtinModelFolder } from '../../../embed/static/model-folder.ts';
import { openReadable, openWritable, type ReadableDb, type WritableDb } from '../../../store/database.ts';
import { temporaryFolder } from '../../../store/testing/temporary-store.ts';
import { createReaderOperations, type ReaderQueries } from '../../reader-operations.ts';
import type { WriterReport } from '../../thread-messages.ts';
import { createWriter, type Writer } from '../../writer.ts';
import type { WriterAnswer, WriterArguments, WriterOperationName } from '../../writer-operations.ts';

export interface RecordMemory {
  file: string;
  /** For the test to look at what lies in the file, and to lay something there. */
  db: WritableDb;
  readable: ReadableDb;
  /** As a reader thread has them. */
  read: ReaderQueries;
  writer(): Writer;
  hook(body: Record<string, unknown>): void;
  /** Throws an error whose message begins with the code of what was refused. */
  call<Name extends WriterOperationName>(name: Name, ...given: WriterArguments<Name>): WriterAnswer<Name>;
  /** Closes the writer and opens another one, as a start of the worker does. */
  restart(): void;
  close(): void;
}

/** The writer and a reader on one file, without their threads. */
export function recordMemory(): RecordMemory {
  const folder = temporaryFolder();
  const file = join(folder.dir, 'memory.db');
  let writer = createWriter(file);
  const readable = openReadable(file);
  const raw = openWritable(file);
  const read = createReaderOperations(readable.db, createSharedModel(builtinModelFolder()));

  function perform(task: Parameters<Writer['enqueue']>[0][number]): WriterReport {
    const reports: WriterReport[] = [];
    writer.enqueue([task]);
    writer.drain((report) => void reports.push(report));
    const [report] = reports;
    if (report === undefined) throw new Error('The writer reported nothing.');
    if (report.faults.length > 0) throw new Error(report.faults.join('\n'));
    const [failure] = report.failures;
    if (failure !== undefined) throw new Error(`${failure.error.code}: ${failure.error.message}`);
    return report;
  }

  return {
    file,
    db: raw.db,
    readable: readable.db,
    read,
    writer: () => writer,
    hook(fields) {
      const body = JSON.stringify(fields);
      perform({ kind: 'hook', ticket: 1, body, sizeBytes: Buffer.byteLength(body), receivedAt: Date.now() });
    },
    call<Name extends WriterOperationName>(name: Name, ...given: WriterArguments<Name>): WriterAnswer<Name> {
      const report = perform({ kind: 'operation', ticket: 1, name, argument: given[0] });
      return report.results[0]?.value as WriterAnswer<Name>;
    },
    restart() {
      writer.close();
      writer = createWriter(file);
    },
    close() {
      readable.close();
      raw.close();
      writer.close();
      folder.remove();
    },
  };
}

/** A session with a request, a file that was changed, a command that failed, and an answer, all about `word`. */
export function tellSession(memory: Pick<RecordMemory, 'hook'>, id: string, word: string, cwd = '/shop'): void {
  const common = { session_id: id, cwd, transcript_path: `/t/${id}.jsonl` };
  memory.hook({ ...common, hook_event_name: 'SessionStart', source: 'startup' });
  memory.hook({
    ...common,
    hook_event_name: 'UserPromptSubmit',
    prompt_id: `${id}-p`,
    prompt: `Repair the ${word} queue`,
  });
  const command = { command: `npm run ${word}` };
  const call = { ...common, prompt_id: `${id}-p`, tool_name: 'Bash', tool_use_id: `${id}-1`, tool_input: command };
  memory.hook({ ...call, hook_event_name: 'PreToolUse' });
  memory.hook({ ...call, hook_event_name: 'PostToolUseFailure', error: `Exit code 1\n${word} was locked` });
  memory.hook({
    ...common,
    hook_event_name: 'PostToolUse',
    prompt_id: `${id}-p`,
    tool_name: 'Write',
    tool_use_id: `${id}-2`,
    tool_input: { file_path: `${cwd}/src/${word}.ts`, content: `export const ${word} = 1;` },
    tool_response: { success: true },
  });
  memory.hook({
    ...common,
    hook_event_name: 'Stop',
    prompt_id: `${id}-p`,
    last_assistant_message: `The ${word} queue works again.`,
  });
}

/** All steps of it, one after the other. False when it cannot be restored. */
export function bringBack({ call }: Pick<RecordMemory, 'call'>, id: string): boolean {
  const at = Date.now();
  let step = call('recordsRestoreSession', { id, at });
  while (typeof step === 'number') step = call('recordsRestoreSession', { id, at, step });
  return step === 'done';
}

/** Commands of one session, enough for several steps. */
export function tellLongSession(memory: Pick<RecordMemory, 'hook'>, id: string, word: string, calls: number): void {
  tellSession(memory, id, word);
  const call = { session_id: id, cwd: '/shop', hook_event_name: 'PostToolUse', tool_name: 'Bash' };
  for (let n = 0; n < calls; n++) {
    memory.hook({ ...call, tool_use_id: `${id}-c${n}`, tool_input: { command: `${word} ${n}` }, tool_response: {} });
  }
}
