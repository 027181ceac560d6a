export const queryKinds = ['identifier', 'question', 'short', 'long'] as const;
/** What a query looks like: something that is spelled so in the rows, a question, a few words, or more of them. */
export type QueryKind = (typeof queryKinds)[number];

/** Paths, snake_case, camelCase, calls, namespaces, files, version numbers, error names and their codes. */
const spelled =
  /[\p{L}\p{N}][_/\\][\p{L}\p{N}]|\p{Ll}\p{Lu}|\w\.\w+\(|\w::\w|\.(?:[cm]?[jt]sx?|py|go|rs|java|rb|php|cs|cpp|h|md|json|ya?ml|toml|sh|sql)\b|\bv?\d+\.\d+|\b[A-Z][a-z]+(?:Error|Exception)\b|\b(?:E[A-Z]{4,}|[A-Z]{2,}\d{2,})\b/u;
const asked =
  /^\s*(?:how|what|why|when|where|which|who|can|could|is|are|does|do|did|should)\b|[?？]|怎么|怎样|如何|为什么|为何|什么|哪|吗|是否|能不能|可以.*么/iu;
const fewWords = 3;
/** Two Chinese characters are about a word. */
const charactersOfWord = 2;

/** Decides by the text alone; shared by ranking and its benchmark. */
export function queryKind(text: string): QueryKind {
  if (spelled.test(text)) return 'identifier';
  if (asked.test(text)) return 'question';
  const dense = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[^\s\p{Script=Han}]+/gu)?.length ?? 0;
  return words + dense / charactersOfWord <= fewWords ? 'short' : 'long';
}
