const en = {
  building: 'Building, once.',
  build_failed: 'The build failed:',
  desktop: 'Starting the desktop.',
  headless: 'Starting the worker with the web viewer: {{reason}}',
  reasons: {
    ready: '',
    asked: '--headless was given.',
    no_electron: 'there is no Electron program in node_modules (install it with: npx install-electron).',
    named_missing: 'ELECTRON_BIN names a file that is not there.',
    no_display: 'there is no display (DISPLAY and WAYLAND_DISPLAY are empty).',
    root: 'Electron does not run as root without giving up its sandbox; start it as another user for the desktop.',
  },
  running: 'The memory is already running at {{url}} (process {{pid}}) on {{data}}.',
  ready: 'The memory is running at {{url}} and keeps everything in {{data}}.',
  link: 'Open it here (the link works once):',
  hooks_missing: "Claude Code's hooks are not installed for it yet. Install them with:",
  hooks_command: 'npm run -s cmem -- hooks install',
  hooks_ready: "Claude Code's hooks are installed; new sessions are remembered.",
  stop: 'Ctrl-C stops it.',
  stopped: 'Stopped.',
  usage: 'Usage: npm start -- [--data DIR] [--port N] [--headless]',
};

const zhCN: typeof en = {
  building: '正在构建（仅此一次）。',
  build_failed: '构建失败：',
  desktop: '正在启动桌面版。',
  headless: '正在启动带网页查看器的服务：{{reason}}',
  reasons: {
    ready: '',
    asked: '指定了 --headless。',
    no_electron: 'node_modules 中没有 Electron 程序（可用 npx install-electron 安装）。',
    named_missing: 'ELECTRON_BIN 指向的文件不存在。',
    no_display: '没有显示器（DISPLAY 和 WAYLAND_DISPLAY 为空）。',
    root: '以 root 运行时 Electron 必须放弃沙箱；如需桌面版，请用其他用户启动。',
  },
  running: '记忆服务已在 {{url}} 运行（进程 {{pid}}），数据在 {{data}}。',
  ready: '记忆服务正在 {{url}} 运行，所有数据保存在 {{data}}。',
  link: '在此打开（链接只能使用一次）：',
  hooks_missing: 'Claude Code 的钩子尚未安装到此服务。安装命令：',
  hooks_command: 'npm run -s cmem -- hooks install',
  hooks_ready: 'Claude Code 的钩子已安装；新的会话会被记住。',
  stop: '按 Ctrl-C 停止。',
  stopped: '已停止。',
  usage: '用法：npm start -- [--data 文件夹] [--port 端口] [--headless]',
};

/** What `npm start` says, in both languages. */
export const startMessages = { en, 'zh-CN': zhCN };
