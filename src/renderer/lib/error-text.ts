import type { TFunction } from 'i18next';
import { sentencesOf, translateSentence } from '../../shared/messages/translate-sentence.ts';
import { errorCode } from './trpc.ts';

/** What a person reads about something that failed: no word of the browser's or of a parser's own. */
export function errorText(error: unknown, t: TFunction, language: string): string {
  const code = errorCode(error);
  const isCall = error instanceof Error && error.name === 'TRPCClientError';
  if (isCall && code === null) return t('error.unreachable.title');
  if (isCall && code === 'FORBIDDEN' && language !== 'en') return t('rights.forbidden');
  if (isCall && code === 'NOT_FOUND' && language !== 'en') return t('error.notFound.title');
  const message = error instanceof Error ? error.message : String(error);
  return sentencesOf(message)
    .map(({ sentence }) => translateSentence(sentence, language))
    .join('\n');
}
