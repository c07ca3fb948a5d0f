/** Which characters a TrueType font can draw, read from its `cmap` (OpenType, formats 4 and 12). */

/** @throws RangeError for a file that is no such font */
export function charactersOf(font: Buffer): ReadonlySet<number> {
  const cmap = tableOf(font, 'cmap')
  const found = new Set<number>()
  for (let at = 0; at < font.readUInt16BE(cmap + 2); at++) {
    const table = cmap + font.readUInt32BE(cmap + 4 + at * 8 + 4)
    const format = font.readUInt16BE(table)
    if (format === 12) addGroups(font, table, found)
    if (format === 4) addSegments(font, table, found)
  }
  return found
}

function tableOf(font: Buffer, tag: string): number {
  for (let at = 0; at < font.readUInt16BE(4); at++) {
    const entry = 12 + at * 16
    if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8)
  }
  throw new RangeError(`No table ${tag} in this font`)
}

function addGroups(font: Buffer, table: number, found: Set<number>): void {
  for (let at = 0; at < font.readUInt32BE(table + 12); at++) {
    const group = table + 16 + at * 12
    for (let code = font.readUInt32BE(group); code <= font.readUInt32BE(group + 4); code++) found.add(code)
  }
}

function addSegments(font: Buffer, table: number, found: Set<number>): void {
  const doubled = font.readUInt16BE(table + 6)
  for (let at = 0; at < doubled; at += 2) {
    const last = font.readUInt16BE(table + 14 + at)
    const first = font.readUInt16BE(table + 16 + doubled + at)
    const delta = font.readUInt16BE(table + 16 + 2 * doubled + at)
    const offsetAt = table + 16 + 3 * doubled + at
    const offset = font.readUInt16BE(offsetAt)
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const glyph = offset === 0 ? (code + delta) & 0xffff : font.readUInt16BE(offsetAt + offset + 2 * (code - first))
      if (glyph !== 0) found.add(code)
    }
  }
}
