/** The command-line way to do what the buttons do. */
export const installCommand = 'npm run -s cmem -- hooks install';
export const uninstallCommand = 'npm run -s cmem -- hooks uninstall';
