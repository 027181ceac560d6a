import { laterMessages } from '../../shared/messages/window-later.ts';
import { addMessages } from '../lib/i18n.ts';

addMessages(laterMessages);

/**
 * The pages that the first screen does not need: a chunk of their own, which `main.tsx` fetches as soon as the first
 * screen stands, so that a worker that stops later takes no page away.
 */
export { AccessPage } from '../features/access/access-page.tsx';
export { LearningsPage } from '../features/learnings/learnings-page.tsx';
export { AskPage } from '../features/ask/ask-page.tsx';
export { ContextPage } from '../features/context/context-page.tsx';
export { CostsPage } from '../features/costs/costs-page.tsx';
export { DeletedPage } from '../features/deleted/deleted-page.tsx';
export { PermissionsPage } from '../features/permissions/permissions-page.tsx';
export { JobsPage } from '../features/jobs/jobs-page.tsx';
