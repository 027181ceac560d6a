import type { BrowserWindowConstructorOptions } from 'electron';

export interface WindowPlace {
  preload: string;
  icon: string;
  dark: boolean;
  platform: NodeJS.Platform;
  developer: boolean;
}

/** Painted before the page is, in the page's own colours, so that nothing flashes. */
const background = { dark: '#0d0e11', light: '#f6f7f9' };

/** Everything that a window is made with; the safe value is written down even where it is the default. */
export function windowOptions({
  preload,
  icon,
  dark,
  platform,
  developer,
}: WindowPlace): BrowserWindowConstructorOptions {
  return {
    width: 1240,
    height: 820,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Claude-Mem',
    backgroundColor: dark ? background.dark : background.light,
    autoHideMenuBar: true,
    // macOS and Windows take the icon from the bundle and the executable.
    ...(platform === 'linux' ? { icon } : {}),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: developer,
    },
  };
}
