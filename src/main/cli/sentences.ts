import { grammarMessages } from '../../shared/messages/cli-grammar.ts';
import { coreSentences } from '../../shared/messages/core-sentences.ts';
import type { Locale } from '../../shared/messages/fill.ts';
import { inputSentences, things } from '../../shared/messages/input-sentences.ts';
import { createTranslator, firstCatalogues } from '../../shared/messages/translate-sentence.ts';

const core = createTranslator(firstCatalogues, [...coreSentences, ...inputSentences], things);
const grammar = createTranslator([grammarMessages]);

/** What the core says, as one line in the person's language. */
export function coreText(message: string, locale: Locale): string {
  return core
    .sentencesOf(message)
    .map(({ sentence, place }) => core.translateSentence(sentence, locale) + (place === null ? '' : ` (${place})`))
    .join(' ');
}

/** What commander says of a command line, in the person's language; what was probably meant is a line of its own. */
export function grammarText(message: string, locale: Locale): string {
  const lines = message.replace(/^error: /, '').split('\n');
  return lines.map((line) => grammar.translateSentence(line, locale)).join('\n');
}
