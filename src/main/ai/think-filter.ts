const open = '<think>';
const close = '</think>';

/**
 * Takes the reasoning out of a text that comes in pieces: models that run locally put it before their answer, between
 * <think> and </think>. `push` gives what of the answer is certain by now, `end` the rest.
 */
export function createThinkFilter(): { push(piece: string): string; end(): string } {
  let state: 'start' | 'thinking' | 'gap' | 'answer' = 'start';
  let held = '';

  function push(piece: string): string {
    if (state === 'answer') return piece;
    if (state === 'gap') return afterGap(piece);
    held += piece;
    if (state === 'start') {
      const begun = held.trimStart();
      if (open.startsWith(begun.slice(0, open.length)) && begun.length < open.length) return '';
      if (!begun.startsWith(open)) return release(held);
      state = 'thinking';
      held = begun.slice(open.length);
    }
    const end = held.indexOf(close);
    if (end === -1) {
      // Only as much as the mark's beginning could be is needed again.
      held = held.slice(-close.length);
      return '';
    }
    state = 'gap';
    return afterGap(held.slice(end + close.length));
  }

  function afterGap(piece: string): string {
    const begun = piece.trimStart();
    return begun === '' ? '' : release(begun);
  }

  function release(text: string): string {
    state = 'answer';
    held = '';
    return text;
  }

  return { push, end: () => (state === 'start' ? release(held) : '') };
}
