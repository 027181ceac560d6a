/** The file that a tool works on, as far as its input says. */
export function toolFile(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  if ('file_path' in input && typeof input.file_path === 'string') return input.file_path;
  return 'notebook_path' in input && typeof input.notebook_path === 'string' ? input.notebook_path : undefined;
}
