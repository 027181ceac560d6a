import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { modelled } from './not-modelled.ts';

/** What the specs may look at: everything that a person would see outside the window. */
export const seen = {
  trays: [] as StandInTray[],
  applicationMenu: null as StandInMenu | null,
  errorBoxes: [] as { title: string; content: string }[],
};

type ItemState = Pick<Electron.MenuItem, 'id' | 'label' | 'enabled' | 'type'> & { click(): void };

/** A menu whose items can be looked at and clicked. */
export class StandInMenu implements Pick<Electron.Menu, 'getMenuItemById'> {
  static buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): StandInMenu {
    return new StandInMenu(template);
  }
  static setApplicationMenu(menu: StandInMenu | null): void {
    seen.applicationMenu = menu;
  }
  static getApplicationMenu(): StandInMenu | null {
    return seen.applicationMenu;
  }

  readonly items: (Electron.MenuItem & { readonly submenuItems: Electron.MenuItem[] })[];

  constructor(template: Electron.MenuItemConstructorOptions[] = []) {
    this.items = template.map((options) => {
      if (!options.label && !options.role && options.type !== 'separator') {
        throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
      }
      const state: ItemState = {
        id: options.id ?? '',
        label: options.label ?? '',
        enabled: options.enabled ?? true,
        type: options.type ?? 'normal',
        click: () => options.click?.({} as Electron.MenuItem, undefined, {}),
      };
      const submenuItems = Array.isArray(options.submenu) ? new StandInMenu(options.submenu).items : [];
      return Object.assign(modelled<Electron.MenuItem>('MenuItem', state), { submenuItems });
    });
  }

  getMenuItemById(id: string): Electron.MenuItem | null {
    return this.items.find((item) => item.id === id) ?? null;
  }
}

let lastTray = 0;

export class StandInTray
  extends EventEmitter
  implements Pick<Electron.Tray, 'setToolTip' | 'destroy' | 'isDestroyed' | 'setImage'>
{
  menu: StandInMenu | null = null;
  toolTip = '';
  private readonly number = ++lastTray;

  constructor(image: Electron.NativeImage | string) {
    super();
    this.setImage(image);
    seen.trays.push(this);
    return modelled<StandInTray>('Tray', this);
  }
  setImage(image: Electron.NativeImage | string): void {
    if (typeof image === 'string' || image.isEmpty()) throw new Error('The tray has no picture.');
  }
  setContextMenu(menu: StandInMenu | null): void {
    this.menu = menu;
  }
  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }
  isDestroyed(): boolean {
    return !seen.trays.some((tray) => tray.number === this.number);
  }
  destroy(): void {
    seen.trays = seen.trays.filter((tray) => tray.number !== this.number);
  }
}

/** A notification of the system; clicks and buttons are events that a spec emits, as the system would. */
export class StandInNotification
  extends EventEmitter
  implements Pick<Electron.Notification, 'title' | 'body' | 'actions' | 'show' | 'close'>
{
  static isSupported(): boolean {
    return true;
  }

  title: string;
  body: string;
  actions: Electron.NotificationAction[];

  constructor({ title = '', body = '', actions = [] }: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
    this.actions = actions;
    return modelled<StandInNotification>('Notification', this);
  }
  show(): void {
    this.emit('show', {});
  }
  close(): void {
    this.emit('close', {});
  }
}

export const nativeImageParts: Partial<typeof Electron.NativeImage> = {
  createFromPath: (path) =>
    modelled<Electron.NativeImage>('nativeImage', {
      isEmpty: () => !existsSync(path),
      setTemplateImage: () => undefined,
    }),
};

export const dialogParts: Partial<Electron.Dialog> = {
  showErrorBox(title, content) {
    seen.errorBoxes.push({ title, content });
    process.send?.({ kind: 'error-box', title, content });
  },
};

export const shellParts: Partial<Electron.Shell> = {
  openExternal: () => Promise.resolve(),
};

export const nativeThemeParts: Partial<Electron.NativeTheme> = {
  shouldUseDarkColors: process.env['STANDIN_DARK'] === '1',
};
