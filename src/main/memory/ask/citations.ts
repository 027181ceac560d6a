/** `[1]`, `[1, 3]`, `[2-4]` and the same in full width, as models cite. */
const citation = /\s*[[【]\s*(\d{1,3}(?:\s*[-–,，、]\s*\d{1,3})*)\s*[\]】]/g;
/** What may be the beginning of one at the end of a text. */
const open = /\s*(?:[[【][\d\s,，、–-]{0,24})?$/;

/** The text with its citations as `[1][3]`; those of sources that do not exist are dropped. */
export function checkCitations(text: string, sources: number): string {
  return text.replaceAll(citation, (found: string, list: string) => {
    const valid = numbersIn(list).filter((number) => number >= 1 && number <= sources);
    const space = /^\s*/.exec(found)?.[0] ?? '';
    return valid.length === 0 ? '' : `${space}${[...new Set(valid)].map((number) => `[${number}]`).join('')}`;
  });
}

/** The numbers that a checked text cites, ascending. */
export function citedIn(text: string): number[] {
  const numbers = [...text.matchAll(/\[(\d{1,3})\]/g)].map(([, number]) => Number(number));
  return [...new Set(numbers)].toSorted((one, other) => one - other);
}

export interface CitationFilter {
  /** What of the text so far can be shown. */
  push(delta: string): string;
  /** The rest. */
  end(): string;
}

/** The same for a text that grows: a citation is held back until it is whole. */
export function createCitationFilter(sources: number): CitationFilter {
  let held = '';
  return {
    push(delta) {
      const text = held + delta;
      const from = open.exec(text)?.index ?? text.length;
      held = text.slice(from);
      return checkCitations(text.slice(0, from), sources);
    },
    end() {
      const rest = checkCitations(held, sources);
      held = '';
      return rest;
    },
  };
}

function numbersIn(list: string): number[] {
  return list.split(/\s*[,，、]\s*/).flatMap((part) => {
    const [first, last] = part.split(/\s*[-–]\s*/).map(Number);
    if (first === undefined) return [];
    if (last === undefined || last < first || last - first > 20) return [first];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}
