import i18next from 'i18next';
import type { LearningChangeRequest } from '../../../main/api/understanding-services.ts';
import type { LearningOutcome, LearningView } from '../../../shared/learning-views.ts';
import { createStore } from '../../lib/store.ts';
import { client, errorCode } from '../../lib/trpc.ts';
import { showError, showNotice, showUndo } from '../../ui/toast.tsx';
import { createActLine, type Step } from './act-line.ts';
import { showChange, showOutcome } from './learning-cache.ts';
import { refreshLearnings } from './learning-queries.ts';
import { decide, emptyQueue, undecide, type Decision, type ReviewQueue } from './review-queue.ts';
import type { ScopeChange } from './next-scope.ts';

/** The sitting of the inbox; it outlives the page, so that whoever looks up a session comes back to the same card. */
export const reviewStore = createStore<ReviewQueue>(emptyQueue);

const undoBatch = (batch_id: string): Promise<LearningOutcome> => client.learnings.undo.mutate({ batch_id });

/** All that was done with learnings since the window was opened, in its order. */
export const actLine = createActLine({
  undoBatch,
  onError(error, during) {
    const isStale = during === 'undo' && ['NOT_FOUND', 'CONFLICT'].includes(errorCode(error) ?? '');
    showError(
      i18next.t(during === 'undo' ? 'learning.undoFailed' : 'learning.failed'),
      isStale ? i18next.t('learning.undoStale') : error,
    );
  },
  onIdle: () => void refreshLearnings(),
});

interface Plan {
  /** What the notice says. */
  title: string;
  ids: readonly string[];
  change(learning: LearningView): Partial<LearningView>;
  /** What the inbox is done with. */
  decisions?: ReadonlyMap<string, Decision>;
  /** Calls that belong together: all of them, or none. */
  calls: readonly (() => Promise<LearningOutcome>)[];
}

function all(ids: readonly string[], decision: Decision): ReadonlyMap<string, Decision> {
  return new Map(ids.map((id) => [id, decision]));
}

function showDecisions(decisions: ReadonlyMap<string, Decision>): () => void {
  const { decided, ids } = reviewStore.get();
  const before = [...decisions.keys()].filter((id) => ids.includes(id)).map((id) => [id, decided.get(id)] as const);
  reviewStore.set(decide(reviewStore.get(), decisions));
  return () => reviewStore.set(undecide(reviewStore.get(), before));
}

async function sendAll(calls: Plan['calls']): Promise<string[]> {
  const batches: string[] = [];
  try {
    for (const call of calls) {
      const { batch_id: batch, learnings } = await call();
      batches.push(batch);
      showOutcome(learnings);
    }
  } catch (error) {
    for (const batch of batches.toReversed()) await undoBatch(batch);
    throw error;
  }
  return batches;
}

let closeNotice = (): void => {};

/** One notice at a time: a fast reviewer would stack them over the page. */
function notify(title: string, step: Step): void {
  closeNotice();
  closeNotice = showUndo(title, i18next.t('action.undo'), step.undo);
}

async function perform({ title, ids, change, decisions, calls }: Plan): Promise<boolean> {
  const step = await actLine.run({
    show() {
      const hides = [showChange(ids, change), ...(decisions ? [showDecisions(decisions)] : [])];
      return () => {
        for (const hide of hides) hide();
      };
    },
    send: () => sendAll(calls),
  });
  if (step) notify(title, step);
  return step !== null;
}

const counted = (
  key: 'approved' | 'rejected' | 'proposed' | 'expired' | 'deleted' | 'pinned' | 'unpinned',
  count: number,
): string => i18next.t(`learning.done.${key}`, { count });

const states = { approve: 'approved', reject: 'rejected', propose: 'proposed', expire: 'expired' } as const;

/** Of many at once; `propose` puts them back into the inbox. */
export function decideLearnings(ids: readonly string[], decision: keyof typeof states): Promise<boolean> {
  const state = states[decision];
  return perform({
    title: counted(state, ids.length),
    ids,
    change: () => ({ state }),
    ...(state !== 'proposed' && { decisions: all(ids, state) }),
    calls: [() => client.learnings.decide.mutate({ ids: [...ids], decision })],
  });
}

export function pinLearnings(ids: readonly string[], pinned: boolean): Promise<boolean> {
  return perform({
    title: counted(pinned ? 'pinned' : 'unpinned', ids.length),
    ids,
    change: () => ({ pinned }),
    calls: [() => client.learnings.pin.mutate({ ids: [...ids], pinned })],
  });
}

export function editLearning(
  id: string,
  change: Omit<LearningChangeRequest, 'scope' | 'project_id' | 'path'>,
): Promise<boolean> {
  const { category, statement, detail, tags, expires_at } = change;
  return perform({
    title: i18next.t('learning.done.edited'),
    ids: [id],
    change: () => ({
      ...(category && { category }),
      ...(statement !== undefined && { statement }),
      ...(detail !== undefined && { detail }),
      ...(tags && { tags }),
      ...(expires_at !== undefined && { expires_at }),
    }),
    calls: [() => client.learnings.edit.mutate({ id, change })],
  });
}

export function scopeLearning(id: string, change: ScopeChange): Promise<boolean> {
  const { scope, path } = change;
  return perform({
    title: i18next.t(`learning.done.scope.${scope}`),
    ids: [id],
    // The project's name comes with the answer.
    change: () => ({ scope, path }),
    calls: [() => client.learnings.edit.mutate({ id, change })],
  });
}

/** `ids` become part of `into`. */
export function mergeLearnings(into: string, ids: readonly string[]): Promise<boolean> {
  return perform({
    title: i18next.t('learning.done.merged', { count: ids.length }),
    ids,
    change: () => ({ state: 'superseded' }),
    decisions: all(ids, 'merged'),
    calls: [() => client.learnings.merge.mutate({ into, ids: [...ids] })],
  });
}

export function supersedeLearning(id: string, by: string): Promise<boolean> {
  return perform({
    title: i18next.t('learning.done.superseded'),
    ids: [id],
    change: () => ({ state: 'superseded', superseded_by: by }),
    decisions: all([id], 'superseded'),
    calls: [() => client.learnings.supersede.mutate({ id, by })],
  });
}

/** Of two that say the opposite: `kept` holds from now on, the other one gives way to it. */
export function keepOne(kept: string, other: string): Promise<boolean> {
  return perform({
    title: i18next.t('learning.done.keptOne'),
    ids: [kept, other],
    change: ({ id }) =>
      id === kept ? { state: 'approved', conflict_count: 0 } : { state: 'superseded', superseded_by: kept },
    decisions: new Map([
      [kept, 'approved'],
      [other, 'superseded'],
    ]),
    calls: [
      () => client.learnings.supersede.mutate({ id: other, by: kept }),
      () => client.learnings.decide.mutate({ ids: [kept], decision: 'approve' }),
    ],
  });
}

/** Of two that seem to say the opposite: both hold. */
export function keepBoth(one: string, other: string): Promise<boolean> {
  return perform({
    title: i18next.t('learning.done.keptBoth'),
    ids: [one, other],
    change: () => ({ state: 'approved', conflict_count: 0 }),
    decisions: all([one, other], 'approved'),
    calls: [() => client.learnings.keepBoth.mutate({ id: one, other })],
  });
}

export function verifyLearning(id: string, verdict: 'confirmed' | 'refuted', note: string | null): Promise<boolean> {
  return perform({
    title: i18next.t(`learning.done.${verdict}`),
    ids: [id],
    change: (learning) => ({ note: note ?? learning.note }),
    calls: [() => client.learnings.verify.mutate({ id, verdict, note })],
  });
}

export function deleteLearnings(ids: readonly string[]): Promise<boolean> {
  return perform({
    title: counted('deleted', ids.length),
    ids,
    change: () => ({}),
    decisions: all(ids, 'deleted'),
    calls: [() => client.learnings.delete.mutate({ ids: [...ids] })],
  });
}

/** Takes the last thing back that was done with learnings, whatever and wherever it was. */
export function undoLastAct(): void {
  closeNotice();
  showNotice(i18next.t(actLine.undoLast() ? 'learning.undone' : 'learning.nothingToUndo'));
}

/** Takes one entry of a learning's history back. */
export function undoBatchOf(id: string, batch: string): void {
  void actLine.run({
    show: () => showChange([id], () => ({})),
    async send() {
      const { batch_id: back, learnings } = await undoBatch(batch);
      showOutcome(learnings);
      showNotice(i18next.t('learning.undone'));
      return [back];
    },
  });
}

/** A person's own learning; gives its id, or null when it was refused. */
export async function createLearning(
  learning: Parameters<typeof client.learnings.create.mutate>[0],
): Promise<string | null> {
  let id: string | null = null;
  const step = await actLine.run({
    show: () => () => undefined,
    async send() {
      const { batch_id: batch, learnings } = await client.learnings.create.mutate(learning);
      id = learnings[0]?.id ?? null;
      return [batch];
    },
  });
  if (step) notify(i18next.t('learning.done.created'), step);
  return id;
}
