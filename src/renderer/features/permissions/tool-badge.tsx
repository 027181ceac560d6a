import { Badge, type Tone } from '../../ui/badge.tsx';

/** The name of a tool; that of an MCP server's can be wider than a narrow window. */
export function ToolBadge({ tool, tone = 'neutral' }: { tool: string; tone?: Tone }) {
  return (
    <Badge tone={tone} className="max-w-full">
      <span className="truncate leading-[18px]" title={tool}>
        {tool}
      </span>
    </Badge>
  );
}
