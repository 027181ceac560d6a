import type { AskSource } from '../../../shared/ask-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { isoTime } from '../../store/times.ts';
import { extractiveAnswer, noAnswer } from './extractive-answer.ts';
import type { Lexicon } from './lexicon.ts';
import { materialOf } from './material.ts';
import type { Passage } from './passage.ts';
import { readQuestion, type Question } from './question.ts';
import { rankAcross } from './rank-across.ts';
import { latestPassages, rankPassages, type RankedPassage } from './rank.ts';
import { createSourceRows, type SourceScope } from './source-rows.ts';

export interface FindRequest {
  question: string;
  scope: SourceScope;
  /** Observations that a search found for the question. */
  observationIds: readonly string[];
  now: number;
  /** Of the material for a model. */
  budgetTokens: number;
}

/** What memory has to say to a question. */
export interface FoundSources {
  /** The best first, numbered from 1; empty when nothing speaks to it. */
  sources: AskSource[];
  /** What a model is given to answer from. */
  material: string;
  /** Made of sentences of the sources. */
  answer: string;
  cited: number[];
}

const mostSources = 10;
/** Of one session besides its summary: what follows from each other is told by its best. */
const mostOfSession = 4;
/** Weaker sources than this share of the best one only make the list longer. */
const leastShare = 0.45;
/** The rarest words are looked for in summaries. */
const mostWords = 4;
const longestExcerpt = 420;

/** Looks for what speaks to a question in everything that memory keeps. */
export function createSourceFinder(db: ReadableDb) {
  const rows = createSourceRows(db);

  return (request: FindRequest, lexicon: Lexicon): FoundSources => {
    const question = readQuestion(request.question, lexicon);
    const words = [...question.terms]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, mostWords)
      .map(([term]) => term);
    const { passages, sessionPks } = rows.observations(request.observationIds);
    const summaries = rows.summaries(request.scope, sessionPks, words);
    const isAboutTime = question.telling.size === 0 && (request.scope.since !== null || request.scope.until !== null);
    const all = [...passages, ...summaries];
    const ranked = isAboutTime
      ? latestPassages(all)
      : rank(question, [...all, ...rows.statements(request.scope, request.now)], lexicon);
    const chosen = choose(ranked);
    const answer = isAboutTime ? extractiveAnswer(chosen, mostSources) : extractiveAnswer(chosen);
    return {
      sources: chosen.map(toSource),
      material: materialOf(
        chosen.map(({ passage }) => passage),
        request.budgetTokens,
      ),
      answer: answer?.text ?? noAnswer(question),
      cited: answer?.cited ?? [],
    };
  };
}

/** By words; where none speak to it, by meaning in the other language. */
function rank(question: Question, passages: readonly Passage[], lexicon: Lexicon): RankedPassage[] {
  const ranked = rankPassages(question, passages, lexicon);
  return ranked.length > 0 || lexicon.likeness === null
    ? ranked
    : rankAcross(question, passages, { likeness: lexicon.likeness });
}

function choose(ranked: readonly RankedPassage[]): RankedPassage[] {
  const least = (ranked[0]?.score ?? 0) * leastShare;
  const ofSession = new Map<string, number>();
  const texts = new Set<string>();
  const chosen: RankedPassage[] = [];
  for (const each of ranked) {
    const { kind, sessionId, text } = each.passage;
    if (chosen.length === mostSources || each.score < least) break;
    const count = sessionId === null || kind === 'summary' ? 0 : (ofSession.get(sessionId) ?? 0);
    if (count >= mostOfSession || texts.has(text)) continue;
    if (sessionId !== null && kind !== 'summary') ofSession.set(sessionId, count + 1);
    texts.add(text);
    chosen.push(each);
  }
  return chosen;
}

function toSource({ passage, sentences }: RankedPassage, place: number): AskSource {
  const { kind, id, sessionId, sessionTitle, projectName, title, occurredAt } = passage;
  return {
    number: place + 1,
    kind,
    id,
    session_id: sessionId,
    session_title: sessionTitle,
    project_name: projectName,
    title,
    excerpt: excerptOf(sentences),
    occurred_at: isoTime(occurredAt),
  };
}

/** The best sentence with what stands around it, as far as there is room. */
function excerptOf(sentences: RankedPassage['sentences']): string {
  const best = sentences.reduce((one, other) => (other.score > one.score ? other : one));
  let excerpt = best.text;
  for (const near of [sentences[best.position + 1], sentences[best.position - 1]]) {
    if (near === undefined || excerpt.length + near.text.length >= longestExcerpt) continue;
    excerpt = near.position > best.position ? `${excerpt} ${near.text}` : `${near.text} ${excerpt}`;
  }
  return excerpt;
}
