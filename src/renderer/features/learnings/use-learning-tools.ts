import { useState } from 'react';
import type { LearningDetail } from '../../../shared/learning-views.ts';
import type { Shortcut } from '../../lib/keyboard.ts';
import { editLearning, mergeLearnings, pinLearnings, scopeLearning, supersedeLearning } from './learning-acts.ts';
import { editedWords, type LearningDraft } from './learning-editor.tsx';
import { nextScope, type ScopeChange } from './next-scope.ts';
import { useScopeTarget } from './use-scope-target.ts';

/** What stands open over a learning; one thing at a time. */
export type OpenTool = 'edit' | 'merge' | 'supersede' | 'scope' | 'path' | null;

/** The tools on one learning and their keys: edit, merge, scope, pin. */
export function useLearningTools(learning: LearningDetail | undefined) {
  const [tool, setTool] = useState<{ id: string; open: OpenTool }>({ id: '', open: null });
  const target = useScopeTarget(learning);
  // Another learning begins with everything closed.
  const open = learning && tool.id === learning.id ? tool.open : null;
  const setOpen = (next: OpenTool): void => setTool({ id: learning?.id ?? '', open: next });
  const close = (): void => setOpen(null);

  function cycleScope(): void {
    if (!learning) return;
    const next = nextScope(learning, target);
    if (next === 'ask') setOpen('path');
    else void scopeLearning(learning.id, next);
  }
  const pin = (): void => {
    if (learning) void pinLearnings([learning.id], !learning.pinned);
  };
  const shortcuts: Shortcut[] = [
    { keys: 'e', needs: 'write', run: () => setOpen('edit') },
    { keys: 'm', needs: 'write', run: () => setOpen('merge') },
    { keys: 's', needs: 'write', run: cycleScope },
    { keys: 'p', needs: 'write', run: pin },
  ];
  return {
    open,
    setOpen,
    close,
    target,
    pin,
    /** None while words are being changed. */
    shortcuts: learning && open === null ? shortcuts : [],
    save(draft: LearningDraft): void {
      close();
      if (!learning) return;
      const { id } = learning;
      void editLearning(id, draft).then((done) => {
        if (done) {
          editedWords.delete(id);
          return;
        }
        // Something else may be open by now, on another card; then its words wait for the next edit of this one.
        setTool((now) => (now.open === null || now.id === id ? { id, open: 'edit' } : now));
      });
    },
    saveScope(change: ScopeChange): void {
      close();
      if (learning) void scopeLearning(learning.id, change);
    },
    pick(id: string): void {
      close();
      if (!learning) return;
      if (open === 'supersede') void supersedeLearning(learning.id, id);
      else void mergeLearnings(id, [learning.id]);
    },
  };
}

export type LearningTools = ReturnType<typeof useLearningTools>;
