/** Saves bytes as a file by the browser's own means. */
export function saveFile(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken what it saves once it is idle again.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
