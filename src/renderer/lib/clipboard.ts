/** False when neither the clipboard interface nor the old command is allowed. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The desktop shell denies every permission, the clipboard's included; a copy command inside a click needs none.
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'sr-only';
    document.body.append(area);
    area.select();
    // Deprecated, and the only way left that asks for no permission.
    // oxlint-disable-next-line typescript/no-deprecated
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}
