/** A figure of the genogram as it is drawn, and the words beneath it. Used by the genogram and by the circle of the eco-map. */
import { ageOf } from '../documents/case-parts/life-stage.ts'
import type { GenogramPerson } from './genogram.ts'

export type FigureShape = 'square' | 'circle' | 'diamond' | 'triangle' | 'dot' | 'cross'

export interface FigureMark {
  id: string
  shape: FigureShape
  /** The one whom the map is about. */
  isDoubled: boolean
  /** Dead: crossed through. */
  isCrossed: boolean
  /** What stands inside: the age, or a question mark. */
  inside: string
  /** Beneath it: name, years. */
  lines: readonly string[]
}

/** Seven Hangul syllables or twice as many Latin letters; the whole name stands in the list. */
const WIDEST_NAME = 14

/** @param unnamed the word for somebody whose name is not written, e.g. 이름 모름 */
export function figureMark(person: GenogramPerson, today: string, unnamed: string): FigureMark {
  const isBorn = person.form === 'person'
  const years = yearsOf(person)
  return {
    id: person.id,
    shape: shapeOf(person),
    isDoubled: person.isIndex,
    isCrossed: person.life === 'deceased' || person.form === 'stillbirth',
    inside: isBorn
      ? (ageText(person, today) ?? (person.sex === 'unknown' || person.life === 'unknown' ? '?' : ''))
      : '',
    lines: [shortened(person.name || (isBorn ? unnamed : ''), WIDEST_NAME), years].filter(line => line !== ''),
  }
}

/** Full years now, or at death; undefined when nobody can tell. */
export function ageAt(person: GenogramPerson, today: string): number | undefined {
  if (person.form !== 'person' || person.birth === '' || person.life === 'unknown') return undefined
  if (person.life === 'living') return ageOf(person.birth, today)
  const age = person.died === null ? -1 : person.died - Number(person.birth.slice(0, 4))
  return age < 0 ? undefined : age
}

const ageText = (person: GenogramPerson, today: string): string | undefined => ageAt(person, today)?.toString()

/** `1958`, `1950–2019`, `?–2019`, or empty. */
export function yearsOf({ birth, died, life }: GenogramPerson): string {
  const born = birth.slice(0, 4)
  if (life !== 'deceased') return born
  return born === '' && died === null ? '' : `${born || '?'}–${died ?? '?'}`
}

function shapeOf({ form, sex }: GenogramPerson): FigureShape {
  switch (form) {
    case 'pregnancy':
      return 'triangle'
    case 'miscarriage':
      return 'dot'
    case 'abortion':
      return 'cross'
    case 'person':
    case 'stillbirth':
      return sex === 'male' ? 'square' : sex === 'female' ? 'circle' : 'diamond'
  }
}

/** A Hangul syllable is as wide as two Latin letters. */
export function shortened(text: string, widest: number): string {
  let width = 0
  let kept = ''
  for (const letter of text) {
    width += letterWidth(letter)
    if (width > widest) return `${kept.trimEnd()}…`
    kept += letter
  }
  return kept
}

/** A text in at most so many lines of that width, broken at spaces where there are any. */
export function wrapped(text: string, widest: number, most: number): string[] {
  const lines: string[] = []
  let rest = text.trim()
  while (rest !== '' && lines.length < most - 1) {
    let [width, end, space] = [0, 0, -1]
    for (const letter of rest) {
      width += letterWidth(letter)
      if (width > widest) break
      if (letter === ' ') space = end
      end += letter.length
    }
    if (end >= rest.length) break
    const at = space > 0 ? space : end
    lines.push(rest.slice(0, at).trim())
    rest = rest.slice(at).trim()
  }
  return rest === '' ? lines : [...lines, shortened(rest, widest)]
}

const letterWidth = (letter: string): number =>
  /[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60]/.test(letter) ? 2 : 1
