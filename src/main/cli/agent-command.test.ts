import { expect, test } from 'vitest';
import { agentCommand } from './agent-command.ts';

// Catches: a search for the word "mcp" that starts a server, or a folder that is not passed on.
test.each([
  [['mcp'], { name: 'mcp', data: undefined }],
  [['hook'], { name: 'hook', data: undefined }],
  [['mcp', '--data', '/d'], { name: 'mcp', data: '/d' }],
  [['--data', 'C:\\Users\\A B\\memory', 'mcp'], { name: 'mcp', data: 'C:\\Users\\A B\\memory' }],
  [['hook', '--data=/d'], { name: 'hook', data: '/d' }],
  [[], null],
  [['search', 'mcp'], null],
  [['hooks', 'install'], null],
  [['mcp', '--help'], null],
  [['mcp', '--data'], null],
  [['mcp', 'mcp'], null],
  [['help', 'mcp'], null],
])('%j is %j', (args, expected) => expect(agentCommand(args)).toEqual(expected));
