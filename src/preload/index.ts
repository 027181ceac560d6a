import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import {
  callChannel,
  pushChannel,
  stopChannel,
  type Bridge,
  type IpcCall,
  type IpcPushEnvelope,
  type IpcStop,
} from '../shared/ipc-protocol.ts';

// The preload runs once for each document, so this names the document.
const document = crypto.randomUUID();

const bridge: Bridge = {
  call: ({ id, type, path, input }) =>
    ipcRenderer.invoke(callChannel, { id, document, type, path, input } satisfies IpcCall),
  stop: (id) => {
    ipcRenderer.send(stopChannel, { document, id } satisfies IpcStop);
  },
  onPush: (listener) => {
    // Electron's event object stays here: it carries `sender`, which would be a generic channel.
    const forward = (_event: IpcRendererEvent, push: IpcPushEnvelope): void => {
      if (push.document === document) listener(push.id, push.message);
    };
    ipcRenderer.on(pushChannel, forward);
    return () => {
      ipcRenderer.removeListener(pushChannel, forward);
    };
  },
  platform: process.platform,
};

contextBridge.exposeInMainWorld('bridge', bridge);
