import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';

/** As the contract bounds them, in characters. */
const shortestStatement = 3;
const longestStatement = 2_000;
const longestDetail = 10_000;

export interface WordFaults {
  statement?: string;
  detail?: string;
}

/** What is wrong with the words of a learning as they are typed, by field; nothing when they can be kept. */
export function useWordFaults(): (words: { statement: string; detail: string }) => WordFaults {
  const { t } = useTranslation();
  const format = useFormat();
  const tooLong = (most: number, length: number): string =>
    t('field.tooLong', { most: format.number(most), length: format.number(length) });
  function inStatement(length: number): string | null {
    if (length === 0) return t('field.needed');
    if (length < shortestStatement) return t('field.tooShort', { least: format.number(shortestStatement) });
    return length > longestStatement ? tooLong(longestStatement, length) : null;
  }
  return (words) => {
    const statement = inStatement(words.statement.trim().length);
    const detail = words.detail.trim().length;
    return {
      ...(statement !== null && { statement }),
      ...(detail > longestDetail && { detail: tooLong(longestDetail, detail) }),
    };
  };
}
