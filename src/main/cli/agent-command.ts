export interface AgentCommand {
  name: 'mcp' | 'hook';
  data: string | undefined;
}

/**
 * A command that an agent starts and waits for, `cmem mcp` or `cmem hook`; null for any other command line. Read without the
 * grammar of the others, which takes longer to load than these may take to answer.
 */
export function agentCommand(args: readonly string[]): AgentCommand | null {
  const name = args.find((argument) => argument === 'mcp' || argument === 'hook');
  if (name !== 'mcp' && name !== 'hook') return null;
  const [first, second] = args.filter((argument) => argument !== name);
  if (args.length === 1) return { name, data: undefined };
  if (args.length === 3 && first === '--data' && second !== undefined) return { name, data: second };
  if (args.length === 2 && first?.startsWith('--data=') === true) return { name, data: first.slice('--data='.length) };
  return null;
}
