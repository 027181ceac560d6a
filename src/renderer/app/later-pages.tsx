import { laterMessages } from '../../shared/messages/window-later.ts';
import { addMessages } from '../lib/i18n.ts';

addMessages(laterMessages);

/**
 * The pages that the first screen does not need, and what only people with an account see: a chunk of their own, which `main.tsx` fetches as soon as the first
 * screen stands, so that a worker that stops later takes no page away.
 */
export { AccountForm } from '../features/account/account-form.tsx';
export { AccountMenu } from '../features/account/account-menu.tsx';
export { OrganizationChoice } from '../features/account/organization-choice.tsx';
export { AccessPage } from '../features/access/access-page.tsx';
export { LearningsPage } from '../features/learnings/learnings-page.tsx';
export { AskPage } from '../features/ask/ask-page.tsx';
export { ContextPage } from '../features/context/context-page.tsx';
export { CostsPage } from '../features/costs/costs-page.tsx';
export { DeletedPage } from '../features/deleted/deleted-page.tsx';
export { PermissionsPage } from '../features/permissions/permissions-page.tsx';
export { JobsPage } from '../features/jobs/jobs-page.tsx';
export { StatusPage } from '../features/status/status-page.tsx';
