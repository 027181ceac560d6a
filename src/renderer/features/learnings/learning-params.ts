import {
  learningCategories,
  learningScopes,
  learningStates,
  type LearningCategory,
  type LearningScope,
  type LearningState,
} from '../../../shared/learning-views.ts';
import { memoryTypes, type MemoryType } from '../../../shared/note-views.ts';

export const learningTabs = ['review', 'all', 'memories'] as const;
export type LearningTab = (typeof learningTabs)[number];

export const learningOrders = ['newest', 'confidence', 'use'] as const;
export type LearningOrder = (typeof learningOrders)[number];

/** What the page of learnings and memories shows, as it stands in the address. */
export interface LearningParams {
  tab?: Exclude<LearningTab, 'review'>;
  state?: LearningState;
  category?: LearningCategory;
  tag?: string;
  scope?: LearningScope;
  project?: string;
  text?: string;
  conflicts?: true;
  order?: Exclude<LearningOrder, 'newest'>;
  /** Of memories. */
  type?: MemoryType;
  forgotten?: true;
  /** The learning or memory that is open. */
  open?: string;
}

export type LooseLearningParams = { [Key in keyof LearningParams]: LearningParams[Key] | undefined };

function text(value: unknown): string | undefined {
  // The router parses `?text=42` as a number.
  const read = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof read === 'string' && read !== '' ? read : undefined;
}

/** Puts a part over the rest and leaves out what is undefined or empty. */
export function withLearningParams(params: LearningParams, part: Partial<LooseLearningParams>): LearningParams {
  const merged = { ...params, ...part };
  const { tab, state, category, tag, scope, project, conflicts, order, type, forgotten, open } = merged;
  return {
    ...(tab && { tab }),
    ...(state && { state }),
    ...(category && { category }),
    ...(tag && { tag }),
    ...(scope && { scope }),
    ...(project && { project }),
    ...(merged.text && { text: merged.text }),
    ...(conflicts && { conflicts }),
    ...(order && { order }),
    ...(type && { type }),
    ...(forgotten && { forgotten }),
    ...(open && { open }),
  };
}

/** Reads the address; what it does not know is left out. */
export function parseLearningParams(raw: Record<string, unknown>): LearningParams {
  const tab = learningTabs.find((known) => known === raw['tab']);
  const order = learningOrders.find((known) => known === raw['order']);
  return withLearningParams(
    {},
    {
      tab: tab === 'review' ? undefined : tab,
      state: learningStates.find((known) => known === raw['state']),
      category: learningCategories.find((known) => known === raw['category']),
      tag: text(raw['tag']),
      scope: learningScopes.find((known) => known === raw['scope']),
      project: text(raw['project']),
      text: text(raw['text']),
      conflicts: raw['conflicts'] === true ? true : undefined,
      order: order === 'newest' ? undefined : order,
      type: memoryTypes.find((known) => known === raw['type']),
      forgotten: raw['forgotten'] === true ? true : undefined,
      open: text(raw['open']),
    },
  );
}

/** Whether anything narrows the list down. */
export function isNarrowed({ tab: _tab, order: _order, open: _open, ...filters }: LearningParams): boolean {
  return Object.keys(filters).length > 0;
}
