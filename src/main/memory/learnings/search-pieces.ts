const han = /\p{Script=Han}/u;
const word = /[\p{Script=Latin}\p{Nd}_@$./-]+|\p{Script=Han}+|[\p{L}\p{N}]+/gu;
/** They stand between words, and not in every wording of the same. */
const particles = /(?<=\p{Script=Han})[的了地得](?=\p{Script=Han})/gu;
const mostPieces = 24;

/**
 * What to look for in a statement when somebody types `text`: words in lower case without the endings that English adds,
 * runs of Chinese as overlapping pairs.
 */
export function searchPieces(text: string): string[] {
  const pieces = new Set<string>();
  for (const [found] of text.normalize('NFKC').toLowerCase().replaceAll(particles, ' ').matchAll(word)) {
    if (!han.test(found)) pieces.add(bare(found));
    else if (found.length < 3) pieces.add(found);
    else for (let at = 0; at + 2 <= found.length; at++) pieces.add(found.slice(at, at + 2));
  }
  return [...pieces].filter((piece) => piece !== '').slice(0, mostPieces);
}

function bare(token: string): string {
  const trimmed = token.replaceAll(/^[./-]+|[./-]+$/g, '');
  if (!/^[a-z]{5,}$/.test(trimmed)) return trimmed;
  return trimmed.replace(/(?:ing|ed|es|s|e)$/, '');
}
