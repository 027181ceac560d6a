import { useTranslation } from 'react-i18next';
import { coreSentences } from '../../shared/messages/core-sentences.ts';
import { modelSentences } from '../../shared/messages/model-sentences.ts';
import { createTranslator, firstCatalogues } from '../../shared/messages/translate-sentence.ts';
import { visibleText } from './readable.ts';

const { translateSentence } = createTranslator(firstCatalogues, [...modelSentences, ...coreSentences]);

/**
 * A sentence of the worker's about what it did by itself, such as why a job failed: in the window's language where it is known, and
 * fit to be shown. For later pages: the first screen has no room for so many sentences.
 */
export function useSaid(): (sentence: string) => string {
  const { i18n } = useTranslation();
  return (sentence) => visibleText(translateSentence(sentence, i18n.language));
}
