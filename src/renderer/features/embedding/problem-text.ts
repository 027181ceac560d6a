import { useTranslation } from 'react-i18next';
import { embeddingProblems } from '../../../shared/embedding-views.ts';

/** A failure of the provider in plain words, with its own words behind them; any other error as it is. */
export function useProblemText(): (error: { message: string }) => string {
  const { t } = useTranslation();
  return ({ message }) => {
    // The contract's errors carry a text only; the worker ends it with the code of the problem.
    const code = embeddingProblems.find((problem) => message.endsWith(`(${problem})`));
    if (code === undefined) return message;
    return `${t(`embedding.problem.${code}`)} ${message.slice(0, -code.length - 2).trim()}`;
  };
}
