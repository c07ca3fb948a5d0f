/**
 * The head of an HWPX file (KS X 6101, `header.xml`): fonts, borders, looks of letters and of paragraphs. A section names each look by its
 * number, so a look is entered here when it is first needed and written once.
 */
import type { LineLook, Run } from '../../../shared/exports/paper.ts'
import { element, XML_HEAD } from './markup.ts'

/** A 7200th of an inch. */
export const perMm = (mm: number) => Math.round((mm * 7200) / 25.4)

export const NAMESPACES = {
  'xmlns:ha': 'http://www.hancom.co.kr/hwpml/2011/app',
  'xmlns:hp': 'http://www.hancom.co.kr/hwpml/2011/paragraph',
  'xmlns:hs': 'http://www.hancom.co.kr/hwpml/2011/section',
  'xmlns:hc': 'http://www.hancom.co.kr/hwpml/2011/core',
  'xmlns:hh': 'http://www.hancom.co.kr/hwpml/2011/head',
} as const

/** The first is Hancom's own default, the second its sans serif for labels; both are on every machine that has the word processor. */
const FACES = ['함초롬바탕', '함초롬돋움'] as const
const LANGUAGES = ['HANGUL', 'LATIN', 'HANJA', 'JAPANESE', 'OTHER', 'SYMBOL', 'USER'] as const
const BY_LANGUAGE = (value: number) => Object.fromEntries(LANGUAGES.map(name => [name.toLowerCase(), value]))

export type LetterLook = LineLook | 'title' | 'heading' | 'item' | 'label' | 'foot'
/** Hundredths of a point, and the face. */
const LETTERS: Readonly<Record<LetterLook, { height: number; face: 0 | 1; bold: boolean; colour?: string }>> = {
  title: { height: 1800, face: 1, bold: true },
  heading: { height: 1200, face: 1, bold: true },
  item: { height: 1100, face: 1, bold: true },
  label: { height: 1000, face: 1, bold: true },
  strong: { height: 1000, face: 0, bold: true },
  body: { height: 1000, face: 0, bold: false },
  quote: { height: 1000, face: 0, bold: false, colour: '#444444' },
  small: { height: 850, face: 0, bold: false, colour: '#333333' },
  foot: { height: 750, face: 1, bold: false, colour: '#555555' },
}

export interface ParagraphLook {
  align: 'LEFT' | 'CENTER' | 'RIGHT' | 'JUSTIFY'
  /** Of all lines, and of the first one beyond that; negative hangs it out. HWP units. */
  left: number
  first: number
  before: number
  after: number
  keepWithNext?: true
}

/** Numbers of the borders that are always there. */
export const BORDERS = { none: 1, letters: 2, box: 3, label: 4 } as const

export class HwpxStyles {
  readonly #letters = new Map<string, string>()
  readonly #paragraphs = new Map<string, string>()

  constructor() {
    // The default of the document comes first.
    this.letters('body')
    this.paragraph({ align: 'JUSTIFY', left: 0, first: 0, before: 0, after: 0 })
  }

  /** The number of a look of letters. */
  letters(look: LetterLook, run: Omit<Run, 'text'> = {}): number {
    const { height, face, bold, colour } = LETTERS[look]
    const isBold = bold || run.bold === true
    const key = JSON.stringify([look, isBold, run.italic, run.underline, run.strike])
    return numberOf(this.#letters, key, id =>
      element(
        'hh:charPr',
        {
          id,
          height,
          textColor: colour ?? '#000000',
          shadeColor: 'none',
          useFontSpace: 0,
          useKerning: 0,
          symMark: 'NONE',
          borderFillIDRef: BORDERS.letters,
        },
        element('hh:fontRef', BY_LANGUAGE(face)),
        element('hh:ratio', BY_LANGUAGE(100)),
        element('hh:spacing', BY_LANGUAGE(0)),
        element('hh:relSz', BY_LANGUAGE(100)),
        element('hh:offset', BY_LANGUAGE(0)),
        run.italic ? element('hh:italic') : '',
        isBold ? element('hh:bold') : '',
        element('hh:underline', { type: run.underline ? 'BOTTOM' : 'NONE', shape: 'SOLID', color: '#000000' }),
        element('hh:strikeout', { shape: run.strike ? 'SOLID' : 'NONE', color: '#000000' }),
        element('hh:outline', { type: 'NONE' }),
        element('hh:shadow', { type: 'NONE', color: '#B2B2B2', offsetX: 10, offsetY: 10 }),
      ),
    )
  }

  /** The number of a look of paragraphs. */
  paragraph(look: ParagraphLook): number {
    return numberOf(this.#paragraphs, JSON.stringify(look), id =>
      element(
        'hh:paraPr',
        { id, tabPrIDRef: 0, condense: 0, fontLineHeight: 0, snapToGrid: 1, suppressLineNumbers: 0, checked: 0 },
        element('hh:align', { horizontal: look.align, vertical: 'BASELINE' }),
        element('hh:heading', { type: 'NONE', idRef: 0, level: 0 }),
        element('hh:breakSetting', {
          breakLatinWord: 'BREAK_WORD',
          breakNonLatinWord: 'BREAK_WORD',
          widowOrphan: 0,
          keepWithNext: look.keepWithNext ? 1 : 0,
          keepLines: 0,
          pageBreakBefore: 0,
          lineWrap: 'BREAK',
        }),
        // Older readers take a margin for half of what is written: the form knows both (`HwpUnitChar`).
        element(
          'hp:switch',
          {},
          element('hp:case', { 'hp:required-namespace': UNIT_CHAR }, margins(look, 1), LINE_SPACING),
          element('hp:default', {}, margins(look, 2), LINE_SPACING),
        ),
        element('hh:border', {
          borderFillIDRef: BORDERS.letters,
          offsetLeft: 0,
          offsetRight: 0,
          offsetTop: 0,
          offsetBottom: 0,
          connect: 0,
          ignoreMargin: 0,
        }),
        element('hh:autoSpacing', { eAsianEng: 0, eAsianNum: 0 }),
      ),
    )
  }

  /** `header.xml`, once everything that the section needs has been asked for. */
  toXml(): string {
    const list = (name: string, of: readonly string[]) => element(`hh:${name}`, { itemCnt: of.length }, ...of)
    return (
      XML_HEAD +
      element(
        'hh:head',
        { ...NAMESPACES, version: '1.4', secCnt: 1 },
        element('hh:beginNum', { page: 1, footnote: 1, endnote: 1, pic: 1, tbl: 1, equation: 1 }),
        element(
          'hh:refList',
          {},
          list('fontfaces', LANGUAGES.map(fontFace)),
          list('borderFills', [
            border(BORDERS.none, 'NONE'),
            border(BORDERS.letters, 'NONE', 'none'),
            border(BORDERS.box, 'SOLID'),
            border(BORDERS.label, 'SOLID', '#EEF1F5'),
          ]),
          list('charProperties', [...this.#letters.values()]),
          list('tabProperties', [element('hh:tabPr', { id: 0, autoTabLeft: 0, autoTabRight: 0 })]),
          list('numberings', [OUTLINE]),
          list('paraProperties', [...this.#paragraphs.values()]),
          list('styles', [
            element('hh:style', {
              id: 0,
              type: 'PARA',
              name: '바탕글',
              engName: 'Normal',
              paraPrIDRef: 0,
              charPrIDRef: 0,
              nextStyleIDRef: 0,
              langID: 1042,
              lockForm: 0,
            }),
          ]),
        ),
        element('hh:compatibleDocument', { targetProgram: 'HWP201X' }, element('hh:layoutCompatibility')),
        element('hh:docOption', {}, element('hh:linkinfo', { path: '', pageInherit: 0, footnoteInherit: 0 })),
        element('hh:trackchageConfig', { flags: 56 }),
      )
    )
  }
}

const UNIT_CHAR = 'http://www.hancom.co.kr/hwpml/2016/HwpUnitChar'
const LINE_SPACING = element('hh:lineSpacing', { type: 'PERCENT', value: 150, unit: 'HWPUNIT' })

function margins({ first, left, before, after }: ParagraphLook, times: 1 | 2): string {
  const length = (name: string, value: number) => element(`hc:${name}`, { value: value * times, unit: 'HWPUNIT' })
  return element(
    'hh:margin',
    {},
    length('intent', first),
    length('left', left),
    length('right', 0),
    length('prev', before),
    length('next', after),
  )
}

function numberOf(known: Map<string, string>, key: string, write: (id: number) => string): number {
  const at = [...known.keys()].indexOf(key)
  if (at !== -1) return at
  const id = known.size
  known.set(key, write(id))
  return id
}

function fontFace(lang: string): string {
  return element(
    'hh:fontface',
    { lang, fontCnt: FACES.length },
    ...FACES.map((face, id) =>
      element(
        'hh:font',
        { id, face, type: 'TTF', isEmbedded: 0 },
        element('hh:typeInfo', {
          familyType: 'FCAT_GOTHIC',
          weight: 6,
          proportion: 4,
          contrast: 0,
          strokeVariation: 1,
          armStyle: 1,
          letterform: 1,
          midline: 1,
          xHeight: 1,
        }),
      ),
    ),
  )
}

function border(id: number, type: 'NONE' | 'SOLID', fill?: string): string {
  const side = (name: string) => element(`hh:${name}Border`, { type, width: '0.12 mm', color: '#000000' })
  return element(
    'hh:borderFill',
    { id, threeD: 0, shadow: 0, centerLine: 'NONE', breakCellSeparateLine: 0 },
    element('hh:slash', { type: 'NONE', Crooked: 0, isCounter: 0 }),
    element('hh:backSlash', { type: 'NONE', Crooked: 0, isCounter: 0 }),
    side('left'),
    side('right'),
    side('top'),
    side('bottom'),
    element('hh:diagonal', { type: 'SOLID', width: '0.1 mm', color: '#000000' }),
    fill === undefined
      ? ''
      : element('hc:fillBrush', {}, element('hc:winBrush', { faceColor: fill, hatchColor: '#999999', alpha: 0 })),
  )
}

/** The outline that a section must name. Our headings do not use it: a form's numbers are its own. */
const OUTLINE = element(
  'hh:numbering',
  { id: 1, start: 0 },
  ...['^1.', '^2.', '^3)', '^4)', '(^5)', '(^6)', '^7'].map((form, at) =>
    [
      `<hh:paraHead start="1" level="${at + 1}" align="LEFT" useInstWidth="1" autoIndent="1" widthAdjust="0"`,
      ` textOffsetType="PERCENT" textOffset="50" numFormat="${at % 2 === 0 ? 'DIGIT' : 'HANGUL_SYLLABLE'}"`,
      ` charPrIDRef="4294967295" checkable="0">${form}</hh:paraHead>`,
    ].join(''),
  ),
)
