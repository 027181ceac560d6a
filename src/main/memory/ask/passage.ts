import type { AskSource } from '../../../shared/ask-views.ts';
import { asData } from '../context/quoted.ts';
import { sentencesOf } from '../summaries/sentences.ts';

/** Something in memory that may speak to a question. */
export interface Passage {
  kind: AskSource['kind'];
  id: string;
  sessionId: string | null;
  sessionTitle: string | null;
  projectName: string | null;
  title: string;
  /** What it says. */
  text: string;
  /** What it was said about: the prompt of its turn, its title. */
  about: string;
  /** Milliseconds since 1970. */
  occurredAt: number;
  /** How much its word counts, 0 to 1: what was found out more than what was asked. */
  standing: number;
  /** Somebody's request: it answers only what was asked. */
  isAsked: boolean;
  /** Somebody said it in sentences; else it is a tool's input and output. */
  isTold: boolean;
}

const longestRead = 6_000;
const longestSentence = 420;
const mostSentences = 60;

/** The sentences of a passage that could be shown as they are. */
export function passageSentences({ text, isTold }: Pick<Passage, 'text' | 'isTold'>): string[] {
  const read = text.slice(0, longestRead).toWellFormed();
  const prose = sentencesOf(read).map((sentence) => sentence.text);
  const found = prose.length > 0 ? prose : lines(read);
  return found
    .filter((sentence) => !sentence.includes('[REDACTED') && (isTold || saysEnough(sentence)))
    .slice(0, mostSentences)
    .map((sentence) => asData(sentence, longestSentence));
}

/** A bare path, command or name of a task is no answer. */
function saysEnough(line: string): boolean {
  return (line.match(/\p{Script=Han}|[\p{L}\p{N}]{2,}/gu)?.length ?? 0) >= 5;
}

/** Of facts and outputs, which are no prose. */
function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]{2}/u.test(line));
}
