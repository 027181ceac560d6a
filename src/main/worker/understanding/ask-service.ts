import type { AskRequest, AskService } from '../../api/understanding-services.ts';
import type { Mode } from '../../ai/mode.ts';
import { ModelError } from '../../ai/model.ts';
import { promptFor } from '../../ai/prompt-for.ts';
import { checkCitations, citedIn, createCitationFilter } from '../../memory/ask/citations.ts';
import type { FoundSources } from '../../memory/ask/find-sources.ts';
import { languageOf } from '../../memory/summaries/language.ts';
import { parseQuery } from '../../search/query/parse-query.ts';
import type { AskAnswer, AskEvent } from '../../../shared/ask-views.ts';
import type { SummaryLanguage } from '../../../shared/summary-views.ts';
import type { Embedding } from '../embedding-service.ts';
import type { Reader } from '../reader-pool.ts';
import type { ModelGateway } from './model-gateway.ts';

export interface AskServiceParts {
  reader: Pick<Reader, 'call'>;
  embedding: Pick<Embedding, 'queryVector'>;
  gateway: ModelGateway;
  /** The words for prompts. */
  mode(): Mode;
}

const hitsRead = 30;
/** Some models think before they answer, and that counts as answer. */
const maxOutputTokens = 4_000;

const unsupported: Record<SummaryLanguage, string> = {
  en: 'No source in memory supports this answer.',
  zh: '记忆中没有来源支持这个回答。',
};

/** Questions over memory: by a model from numbered sources where one is set, else in the sources' own sentences. */
export function createAskService({ reader, embedding, gateway, mode }: AskServiceParts): AskService {
  async function find(request: AskRequest, signal: AbortSignal): Promise<FoundSources> {
    const { words, since, until } = withoutTimes(request);
    const vector = await embedding.queryVector(words, signal);
    const filters = { project_id: request.project_id, since, until };
    const search = async (text: string) =>
      (await reader.call('search', { text, filters, mode: 'mixed', fusion: 'mass', limit: hitsRead, vector })).hits;
    // A question is no query: a text of two lines has no operators, phrases or times for the search, whatever it looks like.
    let hits = await search(`${words}\n.`);
    // It may be about a time and nothing else.
    if (hits.length === 0 && (since ?? until) !== undefined) hits = await search('');
    const time = (iso: string | undefined) => (iso === undefined ? null : Date.parse(iso));
    return reader.call('askSources', {
      question: words,
      scope: { projectId: request.project_id ?? null, since: time(since), until: time(until) },
      observationIds: hits.map(({ observation }) => observation.id),
      now: Date.now(),
      budgetTokens: gateway.settings().input_budget_tokens,
      vector,
    });
  }

  /** The text as it grows; returns the whole answer. Throws as the gateway does. */
  async function* byModel(
    request: AskRequest,
    found: FoundSources,
    signal: AbortSignal,
  ): AsyncGenerator<AskEvent, Omit<AskAnswer, 'took_ms'>> {
    const { question } = request;
    const prompt = promptFor(mode(), 'ask', { question, material: found.material });
    const filter = createCitationFilter(found.sources.length);
    const asked = { purpose: 'ask', tier: 'large', maxOutputTokens, projectPk: null, jobId: null } as const;
    for await (const item of gateway.stream({ ...asked, system: prompt.system, prompt: prompt.prompt }, signal)) {
      if ('delta' in item) {
        const delta = filter.push(item.delta);
        if (delta !== '') yield { type: 'text', delta };
        continue;
      }
      const { value, model, cost } = item.answer;
      let text = checkCitations(value, found.sources.length).trim();
      let rest = filter.end();
      const cited = citedIn(text);
      if (cited.length === 0) {
        const note = `\n\n${unsupported[languageOf([question])]}`;
        text += note;
        rest += note;
      }
      if (rest !== '') yield { type: 'text', delta: rest };
      return { text, sources: sourcesOf(found, cited), mode: 'model', fallback_reason: null, model, cost };
    }
    throw new ModelError('transient', 'The model ended without an answer.');
  }

  function byRules(found: FoundSources, reason: string | null): Omit<AskAnswer, 'took_ms'> {
    const sources = sourcesOf(found, found.cited);
    const kind = sources.length === 0 ? 'none' : 'extractive';
    return { text: found.answer, sources, mode: kind, fallback_reason: reason, model: null, cost: null };
  }

  async function* stream(request: AskRequest, signal: AbortSignal): AsyncGenerator<AskEvent> {
    const startedAt = performance.now();
    const whole = (answer: Omit<AskAnswer, 'took_ms'>): AskEvent => ({
      type: 'done',
      answer: { ...answer, took_ms: Math.round(performance.now() - startedAt) },
    });
    const found = await find(request, signal);
    signal.throwIfAborted();
    yield { type: 'sources', sources: found.sources };
    let reason: string | null = null;
    // Without a source there is nothing that a model could answer from.
    if (found.sources.length > 0 && gateway.isWanted('ask')) {
      try {
        yield whole(yield* byModel(request, found, signal));
        return;
      } catch (error) {
        if (signal.aborted || !(error instanceof ModelError)) throw error;
        reason = error.message;
      }
    }
    const answer = byRules(found, reason);
    yield { type: 'text', delta: answer.text };
    yield whole(answer);
  }

  return {
    async *stream(request, signal) {
      try {
        yield* stream(request, signal);
      } catch (error) {
        // Whoever asked went away: nobody is told.
        if (!signal.aborted) throw error;
      }
    },
    async answer(request, signal) {
      for await (const event of stream(request, signal)) if (event.type === 'done') return event.answer;
      throw new Error('The answer has no end.');
    },
  };
}

function sourcesOf(found: FoundSources, cited: readonly number[]) {
  return found.sources.filter(({ number }) => cited.includes(number));
}

/** "What did we decide last week?" asks about last week, and what was decided. */
function withoutTimes({ question, since, until }: AskRequest): { words: string } & Pick<AskRequest, 'since' | 'until'> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { clauses } = parseQuery(question, { now: Date.now(), timeZone });
  const times = clauses.filter(({ kind, problem }) => kind === 'time' && problem === null);
  let words = question;
  for (const { range } of times.toReversed()) words = `${words.slice(0, range[0])} ${words.slice(range[1])}`;
  return { words: words.trim(), since: since ?? times[0]?.since, until: until ?? times[0]?.until };
}
