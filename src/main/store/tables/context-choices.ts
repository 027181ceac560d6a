import type { ContextChange, ContextChoice, ContextSettings } from '../../../shared/context-views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';

/** What holds where nobody chose: everything is given, in the budget of DESIGN §8. */
export const defaultContextSettings: ContextSettings = {
  context: true,
  recall: true,
  file_history: true,
  budget_tokens: 1_500,
};

/** Both null: the general choice. A session's scope names its session alone. */
export interface ChoiceScope {
  projectPk: number | null;
  sessionPk: number | null;
}

interface ChoiceRow {
  context: number | null;
  recall: number | null;
  file_history: number | null;
  budget_tokens: number | null;
}

const nothingChosen: ContextChoice = { context: null, recall: null, file_history: null, budget_tokens: null };
const scopeIs = 'project_pk IS @projectPk AND session_pk IS @sessionPk';

export function createContextChoiceReader(db: ReadableDb) {
  const byScope = db.prepare<[ChoiceScope], ChoiceRow>(
    `SELECT context, recall, file_history, budget_tokens FROM context_choices WHERE ${scopeIs}`,
  );

  function choice(scope: ChoiceScope): ContextChoice {
    const row = byScope.get(scope);
    return row ? toChoice(row) : nothingChosen;
  }

  return {
    /** What was chosen for this very scope. */
    choice,
    /** What holds there: the session's choice, else its project's, else the general one, else the default. */
    effective(projectPk: number | null, sessionPk: number | null): ContextSettings {
      const narrowestFirst = [
        ...(sessionPk === null ? [] : [choice({ projectPk: null, sessionPk })]),
        ...(projectPk === null ? [] : [choice({ projectPk, sessionPk: null })]),
        choice({ projectPk: null, sessionPk: null }),
      ];
      return {
        context: firstOf(narrowestFirst, 'context') ?? defaultContextSettings.context,
        recall: firstOf(narrowestFirst, 'recall') ?? defaultContextSettings.recall,
        file_history: firstOf(narrowestFirst, 'file_history') ?? defaultContextSettings.file_history,
        budget_tokens: firstOf(narrowestFirst, 'budget_tokens') ?? defaultContextSettings.budget_tokens,
      };
    },
  };
}

export function createContextChoiceWriter(db: WritableDb) {
  const reader = createContextChoiceReader(db);
  const update = db.prepare<[object]>(`
    UPDATE context_choices SET context = @context, recall = @recall, file_history = @fileHistory,
      budget_tokens = @budgetTokens, changed_at = @at WHERE ${scopeIs}`);
  // By hand and not ON CONFLICT: two rows whose scope is null do not conflict in SQLite.
  const insert = db.prepare<[object]>(`
    INSERT INTO context_choices (project_pk, session_pk, context, recall, file_history, budget_tokens, changed_at)
    VALUES (@projectPk, @sessionPk, @context, @recall, @fileHistory, @budgetTokens, @at)`);
  return {
    /** What `change` leaves out stays as it was. */
    put(scope: ChoiceScope, change: ContextChange, at: number): void {
      const known = reader.choice(scope);
      const { context, recall, file_history, budget_tokens } = { ...known, ...definedOf(change) };
      const row = {
        projectPk: scope.projectPk,
        sessionPk: scope.sessionPk,
        context: toInteger(context),
        recall: toInteger(recall),
        fileHistory: toInteger(file_history),
        budgetTokens: budget_tokens,
        at,
      };
      if (update.run(row).changes === 0) insert.run(row);
    },
  };
}

function firstOf<Name extends keyof ContextChoice>(choices: readonly ContextChoice[], name: Name): ContextChoice[Name] {
  return choices.find((choice) => choice[name] !== null)?.[name] ?? null;
}

function definedOf(change: ContextChange): Partial<ContextChoice> {
  return {
    ...(change.context === undefined ? {} : { context: change.context }),
    ...(change.recall === undefined ? {} : { recall: change.recall }),
    ...(change.file_history === undefined ? {} : { file_history: change.file_history }),
    ...(change.budget_tokens === undefined ? {} : { budget_tokens: change.budget_tokens }),
  };
}

function toChoice(row: ChoiceRow): ContextChoice {
  return {
    context: toBoolean(row.context),
    recall: toBoolean(row.recall),
    file_history: toBoolean(row.file_history),
    budget_tokens: row.budget_tokens,
  };
}

const toBoolean = (value: number | null) => (value === null ? null : value === 1);
const toInteger = (value: boolean | null) => (value === null ? null : Number(value));
