/** Tags as they stand in a field. */
export function tagText(tags: readonly string[]): string {
  return tags.join(', ');
}

/** Tags as they were typed, between commas of either language. What was left as it stood is as before, whatever signs it has. */
export function typedTags(text: string, before: readonly string[] = []): string[] {
  if (text === tagText(before)) return [...before];
  const typed = text.split(/[,，、]/).map((tag) => tag.trim());
  return [...new Set(typed.filter((tag) => tag !== ''))];
}
