import type { AskAnswer, AskEvent, AskSource } from '../../../shared/ask-views.ts';
import type { ProjectRef } from '../../../shared/views.ts';
import { createStore } from '../../lib/store.ts';
import { client, errorCode } from '../../lib/trpc.ts';

export interface AskEntry {
  id: number;
  question: string;
  project: ProjectRef | null;
  state: 'searching' | 'writing' | 'done' | 'stopped' | 'failed';
  /** Everything that was found; `answer` has those that are cited. */
  sources: readonly AskSource[];
  /** The answer as far as it is there. */
  text: string;
  answer: AskAnswer | null;
  /** Why it failed; empty when the connection broke. */
  error: string | null;
}

/** More are not kept: the memory has the sessions, a window its last questions. */
const mostEntries = 30;

/** The questions of this window, newest first; they stay while other pages are looked at. */
export const askStore = createStore<readonly AskEntry[]>([]);

/** The question that is being typed; it too stays while other pages are looked at. */
export const askDraft = createStore('');

let lastId = 0;
let running: { id: number; unsubscribe(): void } | null = null;

export function isRunning({ state }: AskEntry): boolean {
  return state === 'searching' || state === 'writing';
}

function change(id: number, part: (entry: AskEntry) => Partial<AskEntry>): void {
  askStore.set(askStore.get().map((entry) => (entry.id === id ? { ...entry, ...part(entry) } : entry)));
}

/** What the worker said; null when it said nothing, and only the connection broke. */
function why(error: Error): string | null {
  return errorCode(error) === null ? null : error.message;
}

function onEvent(id: number, event: AskEvent): void {
  if (event.type === 'sources') return change(id, () => ({ state: 'writing', sources: event.sources }));
  if (event.type === 'text') return change(id, ({ text }) => ({ state: 'writing', text: text + event.delta }));
  return change(id, () => ({ state: 'done', answer: event.answer, text: event.answer.text }));
}

/** Ends the question that is under way; what is there of its answer stays. */
export function stopAsking(): void {
  const stopped = running;
  if (!stopped) return;
  running = null;
  stopped.unsubscribe();
  change(stopped.id, () => ({ state: 'stopped' }));
}

/** Asks, and follows the answer as it grows; a question that is still under way is stopped. */
export function ask(question: string, project: ProjectRef | null): void {
  stopAsking();
  lastId += 1;
  const id = lastId;
  const entry: AskEntry = {
    id,
    question,
    project,
    state: 'searching',
    sources: [],
    text: '',
    answer: null,
    error: null,
  };
  askStore.set([entry, ...askStore.get()].slice(0, mostEntries));

  function end(error: string | null): void {
    if (running?.id !== id) return;
    const { unsubscribe } = running;
    running = null;
    unsubscribe();
    change(id, ({ state }) => (state === 'done' ? {} : { state: 'failed', error: error ?? '' }));
  }
  const subscription = client.ask.stream.subscribe(
    { question, ...(project && { project_id: project.id }) },
    {
      onData: (event) => onEvent(id, event),
      onError: (error) => end(why(error)),
      onComplete: () => end(null),
      // A subscription that is taken up again would ask, and pay, once more.
      onConnectionStateChange({ state, error }) {
        if (state === 'connecting' && error) end(why(error));
      },
    },
  );
  running = { id, unsubscribe: () => subscription.unsubscribe() };
}
