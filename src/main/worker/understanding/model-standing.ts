import type { ModelError } from '../../ai/model.ts';
import type { ModelCallView } from '../../../shared/cost-views.ts';
import type { ModelSettings, ModelStatus } from '../../../shared/model-views.ts';

type Problem = ModelStatus['problem'];

export interface ModelStanding {
  /** What a call failed with before anybody could be asked; null when it could begin. */
  began(failure: ModelError | null): void;
  /** A test ended; `key` is the one that was typed for it. */
  tested(settings: ModelSettings, key: string | undefined, failure: ModelError | null): void;
  /** Other settings, or another key, hold from now on (milliseconds since 1970). */
  changed(from: ModelSettings, to: ModelSettings, key: string | null | undefined, at: number): void;
  /** How the settings did when they were last tried, by a call or a test. */
  read(settings: ModelSettings): Promise<{ state: 'untried' | 'ready' | 'failing'; problem: Problem }>;
}

/** Remembers how the model does as it is set up now: what other settings did is not told of these. */
export function createModelStanding(newestCall: () => Promise<ModelCallView | null>): ModelStanding {
  /** When it began to be reached as it is now. */
  let since = 0;
  let beginning: Problem = null;
  let test: { reach: string; key: string | undefined; at: number; problem: Problem } | null = null;

  return {
    began(failure) {
      beginning = problemOf(failure);
    },
    tested(settings, key, failure) {
      test = { reach: reachOf(settings), key, at: Date.now(), problem: problemOf(failure) };
    },
    changed(from, to, key, at) {
      if (reachOf(from) === reachOf(to) && key === undefined) return;
      since = at;
      beginning = null;
      // What was tested and is then used has been tried.
      const isTested = test !== null && test.reach === reachOf(to) && test.key === (key ?? undefined);
      test = isTested && test !== null ? { ...test, key: undefined, at } : null;
    },
    async read(settings) {
      if (beginning !== null) return { state: 'failing', problem: beginning };
      const call = await newestCall();
      const calledAt = call === null ? 0 : Date.parse(call.started_at);
      const isTested = test !== null && test.key === undefined && test.reach === reachOf(settings);
      const outcome =
        isTested && test !== null && test.at >= calledAt
          ? test
          : call !== null && calledAt >= since
            ? { problem: call.failure }
            : null;
      if (outcome === null) return { state: 'untried', problem: null };
      return { state: outcome.problem === null ? 'ready' : 'failing', problem: outcome.problem };
    },
  };
}

function problemOf(failure: ModelError | null): Problem {
  return failure === null ? null : { class: failure.class, message: failure.message, at: new Date().toISOString() };
}

/** What decides whether it can be asked; what it is asked for, and in which words, does not. */
function reachOf({ kind, base_url, models, key_source, key_variable, cli_path }: ModelSettings): string {
  return JSON.stringify([kind, base_url, models.small, models.large, key_source, key_variable, cli_path]);
}
