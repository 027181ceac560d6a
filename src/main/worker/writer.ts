import { accessTokenLifetimeMs } from '../access/lifetimes.ts';
import { dirname } from 'node:path';
import { createLedger } from '../capture/ledger.ts';
import { HookPayloadError, parseHookBody } from '../capture/hook-payload.ts';
import { redactSecrets } from '../capture/secrets.ts';
import { observe } from '../memory/observe.ts';
import { toLogFormat } from '../observe/logger.ts';
import { createIndexMender } from '../search/index-check.ts';
import { createLexicalIndex } from '../search/lexical-index.ts';
import { dataPaths } from '../store/data-folder.ts';
import { openWritable, type OpenOptions } from '../store/database.ts';
import { newId } from '../store/ids.ts';
import { migrate } from '../store/migrate.ts';
import { readAccessStart } from '../store/tables/access-start.ts';
import { createApiKeyWriter } from '../store/tables/api-keys.ts';
import { createConfigurationWriter } from '../store/tables/configurations.ts';
import { createEmbeddingWriter } from '../store/tables/embeddings.ts';
import { createObservationEraser } from '../store/tables/erase-observations.ts';
import { createEventLogWriter } from '../store/tables/event-log.ts';
import { createSearchHistoryWriter } from '../store/tables/search-history.ts';
import { createSettingReader } from '../store/tables/settings.ts';
import { createFileCare } from './admin/file-care.ts';
import { createContextWriter } from './context-writer.ts';
import { createEmbeddingTasks } from './embedding-tasks.ts';
import { createLogCare } from './log-care.ts';
import { openError } from './open-error.ts';
import { createPermissionAsks } from './permissions/permission-asks.ts';
import type { ReturningSession } from './records/deletion-writer.ts';
import { createRevertibleMap } from './revertible-map.ts';
import { batchOf, type BatchTask, type CareTask } from './task-batch.ts';
import { operationFailure, taskFailure } from './task-failures.ts';
import type { HookAck, WriterReady, WriterReport, WriterTask } from './thread-messages.ts';
import { createIntakeGate } from './settings/intake-gate.ts';
import { settingKeys } from './settings/setting-list.ts';
import { createJobTriggers } from './understanding/job-triggers.ts';
import { createWriterIntake } from './writer-intake.ts';
import { createWriterOperations } from './writer-operations.ts';
import { emptyReport } from './writer-report.ts';

const caughtUpKey = 'capture.caught_up_to';
/** A session without a word for longer is taken as ended when the worker starts. */
const staleAfterMs = 24 * 60 * 60 * 1000;
/** Deleted rows whose terms and vectors one maintenance takes away. */
const sweptAtOnce = 5_000;

type OperationTask = Extract<WriterTask, { kind: 'operation' }>;

export interface Writer {
  ready: WriterReady['ready'];
  enqueue(tasks: WriterTask[]): void;
  /** Commits what is waiting, in batches; reports each commit. */
  drain(report: (report: WriterReport) => void): void;
  /**
   * Folds the write-ahead log into the file when enough was written; for a moment in which nothing waits. True when it has to be
   * called again, although nothing else comes. Throws `SqliteError`, as the two below: the disk may be full.
   */
  rest(): boolean;
  /**
   * Empties a write-ahead log that many events have left long; for a time in which nobody is about to wait for it. True when a
   * reader needs it for now.
   */
  shortenLog(): boolean;
  /** What has to be done now and then in an app that runs for weeks: old log entries, sessions that died unheard. */
  maintain(): void;
  close(): void;
}

/** Opens the file (migrating it) and makes tasks durable. Throws `StoreError` or `SqliteError` when it cannot be opened. */
export function createWriter(databaseFile: string, options: OpenOptions = {}): Writer {
  const { db, close } = openError(databaseFile, () => openWritable(databaseFile, options));
  try {
    migrate(db, dataPaths(dirname(databaseFile)).backups);
  } catch (error) {
    close();
    throw error;
  }
  const faults: string[] = [];
  const index = createLexicalIndex(db);
  const onFault = (fault: unknown) => void faults.push(toLogFormat(fault));
  const ledger = createLedger(db, { observe, index, onFault });
  const context = createContextWriter(db, ledger, onFault);
  const apiKeys = createApiKeyWriter(db);
  const eventLog = createEventLogWriter(db);
  const searchHistory = createSearchHistoryWriter(db);
  const configurations = createConfigurationWriter(db);
  const vectors = createEmbeddingWriter(db);
  const embeddings = createEmbeddingTasks(db, vectors, ledger);
  const eraser = createObservationEraser(db, index, vectors);
  const mender = createIndexMender(db, index, vectors, eraser);
  const triggers = createJobTriggers(db);
  const asks = createPermissionAsks(db, ledger, onFault);
  const gate = createIntakeGate(db, (id) => ledger.session(id)?.root ?? null);
  const log = createLogCare(db, databaseFile);
  const returning = createRevertibleMap<number, ReturningSession>();
  const operations = createWriterOperations({
    db,
    ledger,
    eraser,
    index,
    gate,
    onFault,
    returning,
    truncateLog: log.erased,
  });
  const care = createFileCare(db);
  const ownRuns = dataPaths(dirname(databaseFile)).claude;
  const intake = createWriterIntake({ db, ledger, gate, context, triggers, asks, ownRuns });
  /** All that remembers something beside the file, and must not remember what was rolled back. */
  const remembering = [ledger, intake, asks, context, returning];
  let queue: WriterTask[] = [];
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => db.prepare(sql));

  function maintain(): void {
    db.transaction(() => {
      const now = Date.now();
      for (const session of ledger.endStaleSessions(now - staleAfterMs)) triggers.endSession(session, now);
      eventLog.prune();
      asks.prune();
      eraser.sweep(sweptAtOnce);
      eraser.prune();
    })();
  }

  /** What is done at the start and can wait: with a full disk the memory is still read, and written as soon as there is room. */
  function attempt(care: () => void): void {
    try {
      care();
    } catch (fault) {
      onFault(fault);
    }
  }

  attempt(log.opened);
  attempt(maintain);
  attempt(() => db.transaction(() => asks.closeOld(Date.now()))());
  const ready: WriterReady['ready'] = {
    paused: intake.pausedSince() !== null,
    pausedSince: intake.pausedSince(),
    schemaVersion: Number(db.pragma('user_version', { simple: true })),
    access: readAccessStart(db, Date.now(), Date.now() - accessTokenLifetimeMs),
    caughtUpTo: configurations.number(caughtUpKey),
    embedding: embeddings.start(),
    settings: createSettingReader(db).all(settingKeys),
  };

  /** In a savepoint of its own. What it refuses or stumbles over concerns nobody else in this commit. */
  function operate(task: OperationTask, report: WriterReport): void {
    const { ticket, name, argument } = task;
    try {
      const operation = operations[name] as (argument: unknown) => unknown;
      report.results.push({ ticket, value: ledger.savepoint(() => operation(argument)) });
    } catch (error) {
      // A full disk is everybody's.
      if (!db.inTransaction()) throw error;
      const failure = operationFailure(error);
      if (failure.isFault) onFault(error);
      report.failures.push({ ticket, error: failure.error });
    }
  }

  function perform(task: Exclude<BatchTask, OperationTask>): HookAck | null {
    switch (task.kind) {
      case 'hook':
        return intake.hook(parseHookBody(task.body, task.sizeBytes, task.receivedAt));
      case 'parsed-hook':
        return intake.hook(task);
      case 'transcript':
        intake.transcript(task);
        return null;
      case 'pause':
        intake.pause(task.paused, Date.now());
        return null;
      case 'listen':
        ledger.listen(task.listening);
        return null;
      case 'caught-up':
        configurations.putNumber(caughtUpKey, task.at, Date.now());
        return null;
      case 'context-given':
        context.given(task);
        return null;
      case 'context-choice':
        context.choose(task);
        return null;
      case 'mark':
        context.mark(task);
        return null;
      case 'remember-query':
        searchHistory.remember(redactSecrets(task.query), task.at);
        return null;
      case 'forget-queries':
        searchHistory.forget();
        return null;
      case 'viewer-key':
        apiKeys.insertViewer(newId(Date.now()), task.keyHash, Date.now(), task.expiresAt);
        return null;
      case 'mend-index':
        mender.mend(task.pks);
        if (task.isLast) mender.finish();
        return null;
      default:
        embeddings.perform(task);
        return null;
    }
  }

  /** Commits the tasks together. Throws when one of them, or the commit, fails; nothing is kept then. */
  function commitAll(tasks: BatchTask[]): WriterReport {
    const report = emptyReport();
    begin?.run();
    try {
      for (const task of tasks) {
        if (task.kind === 'operation') {
          operate(task, report);
          continue;
        }
        try {
          const hook = perform(task);
          if (hook === null) report.done.push(task.ticket);
          else report.answers.push({ ticket: task.ticket, hook });
        } catch (error) {
          // A body that cannot be read has touched nothing.
          if (!(error instanceof HookPayloadError)) throw error;
          report.failures.push({ ticket: task.ticket, error: { code: error.code, message: error.message } });
        }
      }
      const entries = ledger.flush();
      intake.flush();
      commit?.run();
      context.commit();
      returning.commit();
      return { ...report, entries: entries.length === 0 ? '' : JSON.stringify(entries), faults: faults.splice(0) };
    } catch (error) {
      if (db.inTransaction()) rollback?.run();
      for (const { reset } of remembering) reset();
      throw error;
    }
  }

  /** Commits one batch; when one task spoils it, each alone, so that the others are kept. */
  function commitBatch(tasks: BatchTask[], report: (report: WriterReport) => void): void {
    try {
      report(commitAll(tasks));
    } catch (error) {
      const [single, ...others] = tasks;
      if (single !== undefined && others.length === 0) {
        report({
          ...emptyReport(),
          failures: [{ ticket: single.ticket, error: taskFailure(error) }],
          faults: [toLogFormat(error)],
        });
        return;
      }
      for (const task of tasks) commitBatch([task], report);
    }
  }

  /** Alone, outside of every transaction. */
  function careFor({ ticket, task }: CareTask, report: (report: WriterReport) => void): void {
    try {
      report({ ...emptyReport(), results: [{ ticket, value: care(task) }] });
    } catch (error) {
      report({ ...emptyReport(), failures: [{ ticket, error: taskFailure(error) }], faults: [toLogFormat(error)] });
    }
  }

  return {
    ready,
    enqueue: (tasks) => void queue.push(...tasks),
    drain(report) {
      while (queue.length > 0) {
        const [first] = queue;
        if (first?.kind === 'care') {
          queue = queue.slice(1);
          careFor(first, report);
          continue;
        }
        const batch = batchOf(queue);
        log.committed(batch.length);
        queue = queue.slice(batch.length);
        commitBatch(batch, report);
      }
    },
    maintain,
    rest: () => queue.length === 0 && log.rest(),
    shortenLog: () => queue.length === 0 && log.shorten(),
    close() {
      db.pragma('optimize');
      db.pragma('wal_checkpoint(TRUNCATE)');
      close();
    },
  };
}
