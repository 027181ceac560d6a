const runs = /(?<![A-Za-z0-9])(?:[cC]\+\+|[cCfF]#(?![A-Za-z0-9]))|[A-Za-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]+/g;
const parts = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;

/** The tokeniser as its specification words it, slow and by regular expressions, for the fast one to be compared with. */
export function specifiedTokens(text: string, vocabulary: ReadonlyMap<string, number>, hasPhrases: boolean): number[] {
  const ids: number[] = [];
  let before: string | null = null;

  function emit(token: string): boolean {
    const id = vocabulary.get(token);
    if (id !== undefined) ids.push(id);
    return id !== undefined;
  }

  function emitWord(word: string): boolean {
    if (!emit(word)) return false;
    if (hasPhrases && before !== null) emit(`${before} ${word}`);
    before = word;
    return true;
  }

  function emitPieces(word: string): void {
    const cut = word.slice(0, 32);
    for (let at = 0; at < cut.length;) {
      let length = Math.min(cut.length - at, 16);
      while (length > 0 && !emit((at > 0 ? '##' : '') + cut.slice(at, at + length))) length--;
      at += Math.max(length, 1);
    }
  }

  const folded = text.normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '');
  for (const [run] of folded.matchAll(runs)) {
    if (run.charCodeAt(0) > 127) {
      before = null;
      for (let at = 0; at < run.length; at++) {
        emit(run.charAt(at));
        if (at + 1 < run.length) emit(run.slice(at, at + 2));
      }
      continue;
    }
    if (emitWord(run.toLowerCase())) continue;
    for (const [part] of run.matchAll(parts)) {
      if (emitWord(part.toLowerCase())) continue;
      before = null;
      emitPieces(part.toLowerCase());
    }
  }
  return ids;
}
