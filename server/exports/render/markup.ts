/** XML written by hand, so that nothing of a person's text can become markup. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Words between tags or in an attribute. They are `printable` already, so nothing in them is forbidden in XML 1.0. */
export function escaped(words: string): string {
  return words.replace(/[&<>"']/g, letter => ENTITIES[letter] ?? letter)
}

export type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element; what is inside is markup already. Attributes that are undefined are not written. */
export function element(name: string, attributes: Attributes = {}, ...inside: readonly string[]): string {
  let open = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) open += ` ${key}="${escaped(String(value))}"`
  }
  const content = inside.join('')
  return content === '' ? `${open}/>` : `${open}>${content}</${name}>`
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
