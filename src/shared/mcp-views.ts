import type { Scope } from './access-views.ts';

/** How an agent is connected to the memory by MCP. */
export interface McpSetupView {
  http: {
    url: string;
    /** For a shell; `key_text` stands where a key belongs. */
    command: string;
    /** The same as an entry of `mcpServers` in a JSON file. */
    json: string;
    key_text: string;
    /** What that key should be able to do. */
    scopes: Scope[];
  };
  /** Null where the memory is not this machine's own, and for all but the owner. */
  stdio: { command: string; json: string } | null;
  plugin: McpPluginView | null;
}

export interface McpPluginView {
  /** Where `mcp.writePlugin` puts it: a marketplace with this one plugin. */
  folder: string;
  is_written: boolean;
  /** False when hooks are in Claude Code's settings already: one of the two is enough. */
  carries_hooks: boolean;
  /** For a shell, one after the other. */
  commands: string[];
}
