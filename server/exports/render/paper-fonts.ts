/**
 * The fonts of printed papers, and which of them draws what. All 11,172 syllables and common Hanja are in the first; what it lacks comes from
 * the second; what neither has (emoji, scripts written from the right) stands as `[U+1F600]`, so that nothing vanishes unseen.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { charactersOf } from './font-coverage.ts'

export interface PaperFonts {
  files: { regular: string; bold: string; rest: string }
  /** A text in stretches that one font draws. */
  stretches(text: string, bold: boolean): { text: string; font: 'Paper' | 'Rest'; bold: boolean }[]
}

/** Reads three files, 8 MB. @param folder with a slash at its end */
export function openPaperFonts(folder: URL): PaperFonts {
  const path = (name: string) => fileURLToPath(new URL(name, folder))
  const files = { regular: path('paper-regular.ttf'), bold: path('paper-bold.ttf'), rest: path('paper-rest.ttf') }
  const regular = charactersOf(readFileSync(files.regular))
  const heavy = charactersOf(readFileSync(files.bold))
  const rest = charactersOf(readFileSync(files.rest))

  function faceOf(code: number, bold: boolean): { font: 'Paper' | 'Rest'; bold: boolean } | undefined {
    if (bold && heavy.has(code)) return { font: 'Paper', bold: true }
    if (regular.has(code)) return { font: 'Paper', bold: false }
    return rest.has(code) ? { font: 'Rest', bold: false } : undefined
  }

  return {
    files,
    stretches(text, bold) {
      const found: { text: string; font: 'Paper' | 'Rest'; bold: boolean }[] = []
      for (const letter of text) {
        const code = letter.codePointAt(0) ?? 0
        // Joins emoji and chooses their colour; nothing of its own is seen.
        if (code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f)) continue
        const face = faceOf(code, bold)
        const last = found.at(-1)
        const shown = face === undefined ? `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]` : letter
        const drawn = face ?? { font: 'Paper' as const, bold }
        if (last && last.font === drawn.font && last.bold === drawn.bold) last.text += shown
        else found.push({ text: shown, ...drawn })
      }
      return found
    },
  }
}
