import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appRouter } from '../../api/router.ts';
import { builtInTools } from '../../api/tools/built-in-tools.ts';
import { restOperations } from '../rest/rest-operation.ts';
import { mcpSurface } from './mcp-surface.ts';

const docs = join(import.meta.dirname, '../../../../docs');

describe.each(['mcp.md', 'mcp.zh-CN.md'])('docs/%s', (name) => {
  const text = readFileSync(join(docs, name), 'utf8');
  const sections = text.split(/^### /m).slice(1);
  const section = (tool: string) => sections.find((part) => part.startsWith(`\`${tool}\``)) ?? '';

  // Catches: a tool, a field or a scope that was changed and not written down.
  test('has every tool with its scope, input and output', () => {
    expect(sections.map((part) => /^`(\w+)`/.exec(part)?.[1])).toEqual(builtInTools.map((tool) => tool.name));
    for (const { name: tool, scope, input, output } of builtInTools) {
      const words = section(tool);
      expect(words, tool).toContain(`\`${scope}\``);
      for (const field of [...Object.keys(input.shape), ...Object.keys(output.shape)]) {
        expect(words, `${tool}.${field}`).toContain(`\`${field}`);
      }
    }
  });

  test('has every resource, template and prompt', () => {
    const addresses = [
      ...mcpSurface.resources.map(({ uri }) => uri),
      ...mcpSurface.resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    ];
    expect([...text.matchAll(/^\| `(memory:[^`]+)`/gm)].map((match) => match[1])).toEqual(addresses);
    expect([...text.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1])).toEqual(
      mcpSurface.prompts.map((prompt) => prompt.name),
    );
  });
});

// Catches: a tool that asks for less than the operations that it stands on, or stands on one that is gone.
test('a tool needs what its operations need', () => {
  const scopes = new Map(restOperations(appRouter).map(({ name, meta }) => [name, meta.scope] as const));
  for (const { name, scope, operations: used, readOnly } of builtInTools) {
    const needed = used.map((path) => scopes.get(path));
    expect(needed, name).not.toContain(undefined);
    const strongest = (['spend', 'write', 'read'] as const).find((known) => needed.includes(known));
    expect(scope, name).toBe(strongest);
    expect(readOnly, name).toBe(scope !== 'write');
  }
});
