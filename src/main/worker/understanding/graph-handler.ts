import { graphAnswer } from '../../ai/answers.ts';
import { fitToBudget } from '../../ai/budget.ts';
import type { Mode } from '../../ai/mode.ts';
import { promptFor } from '../../ai/prompt-for.ts';
import type { SessionChange } from '../../memory/graph/session-change.ts';
import { learningSlicesOf, slicesOf } from '../../memory/graph/slices.ts';
import { JobFailedError, type ClaimedJob, type JobHandler } from '../../jobs/job.ts';
import type { ModelGateway } from './model-gateway.ts';
import type { UnderstandingParts } from './parts.ts';

export interface GraphHandlerParts {
  intake: Pick<UnderstandingParts['intake'], 'call'>;
  writer: Pick<UnderstandingParts['writer'], 'call'>;
  gateway: Pick<ModelGateway, 'isWanted' | 'settings' | 'complete'>;
  /** The mode that the settings name. */
  mode(): Mode;
}

/** Sessions are looked for so many at a time. */
const sessionsAtOnce = 200;
const mostOutputTokens = 4_000;
/** What the prompt itself and the names need. */
const promptTokens = 2_500;
/** So often somebody else may write the same session's graph in between. */
const mostTries = 3;

interface Tally {
  sessions: number;
  mentions: number;
  relations: number;
  withdrawn: number;
}

/**
 * Brings the graph up to date with one session, or with all that changed. What it writes is the difference between what rows
 * say and what the graph says, so that a job that is done twice writes nothing the second time.
 */
export function createGraphHandler({ intake, writer, gateway, mode }: GraphHandlerParts): JobHandler<'graph'> {
  /** Only the last piece says that the session was read, so that one that is cut off between them is read again. */
  async function put(sessionPk: number, { revision, seen, ...change }: SessionChange): Promise<boolean> {
    const slices = slicesOf(change);
    for (const [index, slice] of slices.entries()) {
      const isLast = index === slices.length - 1;
      const piece = { sessionPk, change: { ...slice, revision, seen }, isLast };
      if (!(await writer.call('graphPutSession', piece))) return false;
    }
    return true;
  }

  async function read(sessionPk: number, tally: Tally): Promise<void> {
    for (let tries = 0; tries < mostTries; tries++) {
      const change = await intake.call('graphSessionChange', sessionPk);
      if (!(await put(sessionPk, change))) continue;
      count(tally, change);
      return;
    }
    throw new JobFailedError('transient', 'The graph of a session was written by others over and over.');
  }

  async function isModelWanted(sessionPk: number): Promise<boolean> {
    return gateway.isWanted('graph') && !(await intake.call('modelHasRead', { purpose: 'graph', sessionPk }));
  }

  async function askModel(
    job: ClaimedJob<'graph'>,
    sessionPk: number,
    tally: Tally,
    signal: AbortSignal,
  ): Promise<void> {
    const batch = await intake.call('graphModelBatch', sessionPk);
    if (batch === null) return;
    const pieces = batch.entries.map(({ text, importance, number }) => ({ text, importance, order: number }));
    const material = fitToBudget(pieces, Math.max(500, gateway.settings().input_budget_tokens - promptTokens)).text;
    const { system, prompt } = promptFor(mode(), 'graph', {
      project: batch.projectName,
      language: 'en',
      material,
      entities: batch.entities.join('\n'),
    });
    const { value } = await gateway.complete(
      {
        purpose: 'graph',
        tier: 'small',
        system,
        prompt,
        schema: { name: 'relations', type: graphAnswer },
        maxOutputTokens: mostOutputTokens,
        projectPk: batch.projectPk,
        jobId: job.id,
      },
      signal,
    );
    // What did not fit was not shown, so it cannot be cited.
    const shown = batch.entries.filter(({ number }) => material.includes(`[${number}] `));
    const change = await intake.call('graphModelChange', { sessionPk, shown, said: value.relations });
    for (const slice of slicesOf(change)) await writer.call('graphPutEvidence', { change: slice, source: 'model' });
    tally.relations += change.relations.length;
  }

  return async ({ job, signal, progress }) => {
    const tally: Tally = { sessions: 0, mentions: 0, relations: 0, withdrawn: 0 };
    if (job.payload.rebuild && job.sessionPk === null) await writer.call('graphMarkStale');
    if (job.sessionPk !== null) await read(job.sessionPk, tally);
    if (job.sessionPk === null) {
      const tried = new Set<number>();
      for (;;) {
        const found = await intake.call('graphStaleSessions', sessionsAtOnce + tried.size);
        // One that is written to all the time is left to its own job.
        const stale = found.filter((pk) => !tried.has(pk)).slice(0, sessionsAtOnce);
        if (stale.length === 0) break;
        for (const pk of stale) {
          signal.throwIfAborted();
          tried.add(pk);
          await read(pk, tally);
          if (tried.size % 20 === 0) progress(tally.sessions, tried.size + stale.length);
        }
      }
    }
    const change = await intake.call('graphLearningChange');
    for (const slice of learningSlicesOf(change)) await writer.call('graphPutLearnings', slice);
    // At last: whatever becomes of that, what rules say is there; and a session without news is not paid for again.
    if (job.sessionPk !== null && (await isModelWanted(job.sessionPk))) {
      await askModel(job, job.sessionPk, tally, signal);
    }
    return { result: resultOf(tally), apply: null };
  };
}

function count(tally: Tally, { mentions, relations, withdrawn }: SessionChange): void {
  tally.sessions++;
  tally.mentions += mentions.length;
  tally.relations += relations.length;
  tally.withdrawn += withdrawn.mentions.length + withdrawn.evidence.length;
}

function resultOf({ sessions, mentions, relations, withdrawn }: Tally): string {
  if (mentions + relations + withdrawn === 0) return `${sessions} sessions read; the graph says it all already.`;
  const gone = withdrawn === 0 ? '' : `, ${withdrawn} withdrawn`;
  return `${sessions} sessions read: ${mentions} new mentions, ${relations} relations with new evidence${gone}.`;
}
