import type { TFunction } from 'i18next';
import { sentencesOf, translateSentence } from '../../shared/messages/translate-sentence.ts';
import { errorCode } from './trpc.ts';

/** What a person reads about something that failed: no word of the browser's or of a parser's own. */
export function errorText(error: unknown, t: TFunction, language: string): string {
  const code = errorCode(error);
  const isCall = error instanceof Error && error.name === 'TRPCClientError';
  if (isCall && code === null) return t('error.unreachable.title');
  const sentences = sentencesOf(error instanceof Error ? error.message : String(error));
  const text = sentences.map(({ sentence }) => translateSentence(sentence, language));
  const isKnown = sentences.some(({ sentence }, index) => sentence !== text[index]);
  if (isCall && !isKnown && language !== 'en') {
    if (code === 'FORBIDDEN') return t('rights.forbidden');
    if (code === 'NOT_FOUND') return t('error.notFound.title');
  }
  return text.join('\n');
}
