import { askTool } from './ask-tool.ts';
import type { BuiltInTool } from './built-in-tool.ts';
import { forgetTool } from './forget-tool.ts';
import { getObservationsTool } from './get-observations-tool.ts';
import { listLearningsTool } from './list-learnings-tool.ts';
import { proposeLearningTool } from './propose-learning-tool.ts';
import { recallContextTool } from './recall-context-tool.ts';
import { rememberTool } from './remember-tool.ts';
import { saveSessionNoteTool } from './save-session-note-tool.ts';
import { searchTool } from './search-tool.ts';
import { statsTool } from './stats-tool.ts';
import { timelineTool } from './timeline-tool.ts';

/** The one list of what agents can call, in the order in which they see it. */
export const builtInTools: readonly BuiltInTool[] = [
  searchTool,
  timelineTool,
  getObservationsTool,
  recallContextTool,
  rememberTool,
  forgetTool,
  listLearningsTool,
  proposeLearningTool,
  askTool,
  saveSessionNoteTool,
  statsTool,
];
