import type { ContextLine, ContextPreview, InjectionKind } from '../../shared/context-views.ts';
import type { ReadableDb } from '../store/database.ts';
import { createContextChoiceReader } from '../store/tables/context-choices.ts';
import { nothing } from './context/assemble.ts';
import { createContextBuilder } from './context/builder.ts';
import { createFileHistory } from './file-history/file-history.ts';
import { createRecall, type FindBelieved, type FindRelated } from './recall/recall.ts';

/** What is to be handed to an agent, and where. */
export interface HandBackRequest {
  kind: InjectionKind;
  projectPk: number;
  /** Null for a session that is not there yet. */
  sessionPk: number | null;
  /** For kind `prompt`. */
  prompt: string | null;
  /** For kind `file`. */
  file: string | null;
  /** For kind `prompt`: lines that the same answer carries before. */
  toldNow?: readonly ContextLine[];
}

export interface HandBack {
  /** The exact text for the agent; empty when there is nothing to say, `enabled` false where it is switched off. */
  build(request: HandBackRequest, findRelated: FindRelated, findBelieved: FindBelieved): ContextPreview;
}

/** Everything that is handed back, by kind, as the choices that hold there allow. */
export function createHandBack(db: ReadableDb): HandBack {
  const choices = createContextChoiceReader(db);
  const context = createContextBuilder(db);
  const recall = createRecall(db);
  const files = createFileHistory(db);
  return {
    build({ kind, projectPk, sessionPk, prompt, file, toldNow = [] }, findRelated, findBelieved) {
      const settings = choices.effective(projectPk, sessionPk);
      switch (kind) {
        case 'prompt':
          if (!settings.recall) return nothing(settings.budget_tokens, false);
          return recall.build({ projectPk, sessionPk, prompt: prompt ?? '', toldNow }, findRelated, findBelieved);
        case 'file':
          if (!settings.file_history) return nothing(settings.budget_tokens, false);
          return files.build({ projectPk, sessionPk, agentId: null, file: file ?? '' });
        default:
          if (!settings.context) return nothing(settings.budget_tokens, false);
          return context.build({ kind, projectPk, sessionPk, budgetTokens: settings.budget_tokens });
      }
    },
  };
}
