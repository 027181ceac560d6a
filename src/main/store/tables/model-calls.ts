import type { FailureClass } from '../../../shared/job-views.ts';
import type { ModelPurpose } from '../../../shared/model-views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';

export interface NewModelCall {
  id: string;
  purpose: ModelPurpose;
  jobId: string | null;
  projectPk: number | null;
  provider: string;
  model: string;
  requestHash: Uint8Array;
  /** What it may cost at most; stands for its cost until that is known. */
  mostMicros: number;
  at: number;
}

export interface CallTokens {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
}

export interface EndedModelCall extends CallTokens {
  id: string;
  costMicros: number;
  savedMicros: number;
  at: number;
}

/** An answer that was paid for, kept as JSON until its job has ended. */
export interface KeptCall extends CallTokens {
  id: string;
  reply: string;
  costMicros: number;
}

/** A call that waits for its answer has no end; one that the app did not live to see has one, and is still `sent`. */
export const isInFlight = `state = 'sent' AND ended_at IS NULL`;

/** Calls to models, from before they are sent. */
export function createModelCallWriter(db: WritableDb) {
  const insert = db.prepare<[object]>(`
    INSERT INTO model_calls (id, purpose, job_pk, project_pk, provider, model, request_hash, state, cost_micros, started_at)
    VALUES (@id, @purpose, (SELECT pk FROM task_queue WHERE id = @jobId), (SELECT pk FROM projects WHERE pk = @projectPk),
      @provider, @model, @requestHash, 'sent', @mostMicros, @at)`);
  const kept = db.prepare<[Uint8Array, string], KeptCall>(`
    SELECT c.id, c.reply, c.cost_micros AS costMicros, c.input_tokens AS inputTokens, c.output_tokens AS outputTokens,
      c.cache_read_tokens AS cacheReadTokens, c.cache_write_tokens AS cacheWriteTokens
    FROM model_calls c JOIN task_queue t ON t.pk = c.job_pk
    WHERE c.request_hash = ? AND t.id = ? AND c.state = 'answered' AND c.reply IS NOT NULL ORDER BY c.pk DESC LIMIT 1`);
  const answer = db.prepare<[object]>(`
    UPDATE model_calls SET state = 'answered', input_tokens = @inputTokens, output_tokens = @outputTokens,
      cache_read_tokens = @cacheReadTokens, cache_write_tokens = @cacheWriteTokens, cost_micros = @costMicros,
      saved_micros = @savedMicros, reply = CASE WHEN job_pk IS NULL THEN NULL ELSE @reply END, ended_at = @at
    WHERE id = @id`);
  const fail = db.prepare<[object]>(`
    UPDATE model_calls SET state = 'failed', input_tokens = @inputTokens, output_tokens = @outputTokens,
      cache_read_tokens = @cacheReadTokens, cache_write_tokens = @cacheWriteTokens, cost_micros = @costMicros,
      saved_micros = @savedMicros, failure_class = @class, failure_message = @message, ended_at = @at
    WHERE id = @id`);
  const reject = db.prepare<[FailureClass, string, string]>(`
    UPDATE model_calls SET state = 'failed', failure_class = ?, failure_message = ?, reply = NULL
    WHERE id IN (SELECT value FROM json_each(?))`);
  const giveUp = db.prepare<[FailureClass, string, number]>(`
    UPDATE model_calls SET failure_class = ?, failure_message = ?, ended_at = ? WHERE ${isInFlight}`);
  const model = db.prepare<
    [string],
    { model: string; cost_micros: number; project_pk: number | null; purpose: string }
  >('SELECT model, cost_micros, project_pk, purpose FROM model_calls WHERE id = ?');

  return {
    insert: (call: NewModelCall) => void insert.run(call),
    /** The answer that this job was given to this very question; null when it has to be asked. */
    kept: (requestHash: Uint8Array, jobId: string): KeptCall | null => kept.get(requestHash, jobId) ?? null,
    /** Null when there is no such call. */
    find: (id: string) => model.get(id) ?? null,
    /** The reply is kept for the sake of its job only. */
    answer: (call: EndedModelCall, reply: string) => void answer.run({ ...call, reply }),
    fail: (call: EndedModelCall, failure: { class: FailureClass; message: string }) =>
      void fail.run({ ...call, ...failure }),
    /** Answers that cost what they cost and are of no use: asked again, they are not found. */
    reject: (ids: readonly string[], failure: { class: FailureClass; message: string }) =>
      void reject.run(failure.class, failure.message, JSON.stringify(ids)),
    /** Calls of a worker that is gone stay `sent`, at what they may have cost. Returns how many. */
    giveUp: (failure: { class: FailureClass; message: string }, at: number): number =>
      giveUp.run(failure.class, failure.message, at).changes,
  };
}

/** What was spent, in millionths of a US dollar, for whoever has to decide whether there is money. */
export function createSpendingReader(db: ReadableDb) {
  const ended = db
    .prepare<[number], number>(
      `SELECT COALESCE(SUM(cost_micros), 0) FROM model_calls WHERE started_at >= ? AND NOT (${isInFlight})`,
    )
    .pluck();
  const inFlight = db
    .prepare<[], number>(`SELECT COALESCE(SUM(cost_micros), 0) FROM model_calls WHERE ${isInFlight}`)
    .pluck();
  const embedded = db
    .prepare<[string], number>('SELECT COALESCE(SUM(cost_micros), 0) FROM embedding_usage WHERE day >= ?')
    .pluck();
  return {
    /** Of calls that were begun since `at` and have ended, with embeddings of that day (YYYY-MM-DD) and later ones. */
    since: (at: number, day: string): number => (ended.get(at) ?? 0) + (embedded.get(day) ?? 0),
    /** What calls that wait for their answers may cost at most. */
    inFlight: (): number => inFlight.get() ?? 0,
  };
}
