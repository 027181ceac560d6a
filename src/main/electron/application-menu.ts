import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopMessages } from '../../shared/messages/desktop.ts';

export interface MenuPlace {
  platform: NodeJS.Platform;
  /** Developer tools are for those who run it from source. */
  developer: boolean;
}

/**
 * Standard roles only. Without an Edit menu macOS has no copy and paste shortcuts at all.
 * Labels are ours because Electron's own for roles are English everywhere.
 */
export function applicationMenuTemplate(
  { platform, developer }: MenuPlace,
  { menu }: DesktopMessages,
): MenuItemConstructorOptions[] {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = platform === 'darwin';
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: menu.about },
      separator,
      { role: 'services', label: menu.services },
      separator,
      { role: 'hide', label: menu.hideApp },
      { role: 'hideOthers', label: menu.hideOthers },
      { role: 'unhide', label: menu.showAll },
      separator,
      { role: 'quit', label: menu.quit },
    ],
  };
  return [
    ...(isMac ? [appMenu] : []),
    {
      label: menu.file,
      submenu: [
        { role: 'close', label: menu.closeWindow },
        ...(isMac ? [] : [separator, { role: 'quit', label: menu.quit } as const]),
      ],
    },
    {
      label: menu.edit,
      submenu: [
        { role: 'undo', label: menu.undo },
        { role: 'redo', label: menu.redo },
        separator,
        { role: 'cut', label: menu.cut },
        { role: 'copy', label: menu.copy },
        { role: 'paste', label: menu.paste },
        separator,
        { role: 'selectAll', label: menu.selectAll },
      ],
    },
    {
      label: menu.view,
      submenu: [
        { role: 'reload', label: menu.reload },
        ...(developer ? [{ role: 'toggleDevTools', label: menu.developerTools } as const] : []),
        separator,
        { role: 'resetZoom', label: menu.actualSize },
        { role: 'zoomIn', label: menu.zoomIn },
        { role: 'zoomOut', label: menu.zoomOut },
        separator,
        { role: 'togglefullscreen', label: menu.fullScreen },
      ],
    },
    {
      role: 'window',
      label: menu.window,
      submenu: [
        { role: 'minimize', label: menu.minimize },
        ...(isMac
          ? [
              { role: 'zoom', label: menu.zoom } as const,
              separator,
              { role: 'front', label: menu.bringAllToFront } as const,
            ]
          : []),
      ],
    },
  ];
}
