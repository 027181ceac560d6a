import type { JobHandler, NewJob } from '../../jobs/job.ts';
import { slicesOf } from '../../memory/graph/slices.ts';
import { Refusal } from '../refusal.ts';
import { jobKeys } from './job-keys.ts';
import type { UnderstandingParts } from './parts.ts';

interface Parts {
  intake: Pick<UnderstandingParts['intake'], 'call'>;
  writer: Pick<UnderstandingParts['writer'], 'call'>;
}

/** So many at a time, half a millisecond each with all that hangs on a row, so that captured events never wait long. */
const deletedAtOnce = 20;
const changedAtOnce = 20;

/**
 * Does what the policy allows about what has faded, as the report of the same day says it. Every step may be done twice: the
 * writer looks again at each row before it does anything.
 */
export function createDecayHandler({ intake, writer }: Parts): JobHandler<'decay'> {
  return async ({ signal, progress }) => {
    const at = Date.now();
    const { steps, policy } = await intake.call('decayPlan', at);
    const of = (action: string) => steps.filter(({ item }) => item.action === action);
    let done = 0;
    const inBatches = async <T>(list: readonly T[], size: number, run: (batch: T[]) => Promise<number>) => {
      let changed = 0;
      for (let start = 0; start < list.length; start += size) {
        signal.throwIfAborted();
        const batch = list.slice(start, start + size);
        changed += await run(batch);
        done += batch.length;
        progress(done, steps.length);
      }
      return changed;
    };

    const note = `No decision for more than ${policy.expire_proposals_after_days} days.`;
    const expired = await inBatches(of('expire_learning'), changedAtOnce, async (batch) => {
      const ids = batch.map(({ item }) => item.target_id);
      const outcome = await writer.call('learningDecide', { ids, decision: 'expire', note, actor: 'rule' });
      return outcome.ids.length;
    });
    const archived = await inBatches(of('archive_memory'), changedAtOnce, (batch) =>
      writer.call('upkeepArchive', { memories: batch.map(({ pk, item }) => ({ pk, id: item.target_id })), at }),
    );
    const deleted = await inBatches(of('delete_observation'), deletedAtOnce, (batch) =>
      writer.call('upkeepDelete', { pks: batch.map(({ pk }) => pk), at }),
    );
    const result =
      steps.length === 0
        ? 'Nothing has faded so far that the policy lets it go.'
        : `${expired} proposals expired, ${archived} memories archived, ${deleted} observations deleted.`;
    // Sessions that lost rows, were changed after their end, or are older than the graph.
    const stale = await intake.call('graphStaleSessions', 1);
    return { result, apply: null, enqueue: stale.length === 0 ? [] : [graphAgain(at)] };
  };
}

/** Brings the graph up to date where it is not. */
function graphAgain(at: number): NewJob {
  return {
    kind: 'graph',
    key: jobKeys.wholeGraph,
    payload: { rebuild: false },
    projectPk: null,
    sessionPk: null,
    priority: 0,
    runAfter: at,
  };
}

/** Merges near-duplicates as far as a person allows it, ties what is alike, and archives what was only for a while. */
export function createConsolidateHandler({ intake, writer }: Parts): JobHandler<'consolidate'> {
  return async ({ signal, progress }) => {
    const at = Date.now();
    const { merges, proposed, over, steps, change } = await intake.call('consolidationPlan', at);
    let merged = 0;
    for (const [index, { into, part }] of merges.entries()) {
      signal.throwIfAborted();
      if (await mergeOf(into, part)) merged++;
      progress(index + 1, merges.length);
    }
    const archived =
      over.length === 0
        ? 0
        : await writer.call('upkeepArchive', {
            memories: over.map(({ pk, item }) => ({ pk, id: item.target_id })),
            at,
          });
    if (steps.length > 0) {
      for (const slice of slicesOf(change)) {
        await writer.call('graphPutEvidence', { change: slice, source: 'likeness' });
      }
    }
    const waiting = proposed === 0 ? '' : ` ${proposed} pairs of learnings are alike and wait for a person.`;
    const result = `${merged} learnings merged, ${steps.length} things tied by their names, ${archived} working memories archived.${waiting}`;
    return { result, apply: null };
  };

  /** False when a person was quicker. */
  async function mergeOf(into: string, part: string): Promise<boolean> {
    try {
      await writer.call('learningMerge', { into, ids: [part], actor: 'rule' });
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }
}
