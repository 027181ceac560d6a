const cjk = /[\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af\uff00-\uffef]/g;

/**
 * Estimated tokens of a text: one for each CJK character, one for every four other code units.
 * An estimate is enough for a budget; the provider's own count is not to be had offline.
 */
export function estimateTokens(text: string): number {
  const wide = text.match(cjk)?.length ?? 0;
  return wide + Math.ceil((text.length - wide) / 4);
}
