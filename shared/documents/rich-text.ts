/**
 * Long text: which nodes, marks and attributes a document may hold, as data, so that the editor, the guard and the printed form agree. The
 * names are the editor's own; they stand in the document as the editor's binding writes them:
 *
 *   a block or a line break   Y.XmlElement, its nodeName the node's name, its attributes one by one (an attribute that is null is not written)
 *   a run of text             Y.XmlText inside a paragraph or heading; a mark is a format whose key is the mark's name and whose value is the
 *                             object of the mark's attributes, null where the mark ends. A mark that may lie over itself carries
 *                             `--` and eight base64 characters after its name; none of ours may, so no such key is taken.
 */
import * as Y from 'yjs'

/** Checks one attribute's value. Only strings, numbers, booleans and null ever reach it. */
export type AttributeRule = (value: unknown) => boolean

interface NodeRule {
  /** Names of the elements that may stand directly inside. */
  children: ReadonlySet<string>
  /** Whether runs of text may stand directly inside. */
  text: boolean
  attributes: ReadonlyMap<string, AttributeRule>
}

const isIntegerBetween =
  (least: number, most: number): AttributeRule =>
  value =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

const isShortText =
  (most: number): AttributeRule =>
  value =>
    value === null || (typeof value === 'string' && value.length <= most)

const BLOCKS: readonly string[] = ['paragraph', 'heading', 'bulletList', 'orderedList', 'blockquote', 'horizontalRule']
const blocks: ReadonlySet<string> = new Set(BLOCKS)
const inline: ReadonlySet<string> = new Set(['hardBreak'])
const nothing: ReadonlySet<string> = new Set()
const none: ReadonlyMap<string, AttributeRule> = new Map()

/** What may stand directly in a fragment. */
export const TOP_LEVEL_NODES = blocks

/** Three levels are what a page of minutes has; 100,000 is more list lines than a document can hold. */
export const NODES: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ['paragraph', { children: inline, text: true, attributes: none }],
  ['heading', { children: inline, text: true, attributes: new Map([['level', isIntegerBetween(1, 3)]]) }],
  ['bulletList', { children: new Set(['listItem']), text: false, attributes: none }],
  [
    'orderedList',
    {
      children: new Set(['listItem']),
      text: false,
      attributes: new Map([
        ['start', isIntegerBetween(0, 100_000)],
        ['type', value => value === null || (typeof value === 'string' && /^[1aAiI]$/.test(value))],
      ]),
    },
  ],
  ['listItem', { children: blocks, text: false, attributes: none }],
  ['blockquote', { children: blocks, text: false, attributes: none }],
  ['hardBreak', { children: nothing, text: false, attributes: none }],
  ['horizontalRule', { children: nothing, text: false, attributes: none }],
])

/** Longest address of a link; longer ones break mail programs and printed pages. */
export const MAX_LINK_LENGTH = 2_000

/**
 * Whether an address may stand in a document: http, https, mailto or tel, without spaces, control characters or backslashes (browsers drop
 * or turn those, so that `java\nscript:` would become what it must not be), and, for the web, without a name and password before the host.
 */
export function isAllowedLink(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_LINK_LENGTH) return false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is looked for.
  if (/[\u0000-\u0020\u007f-\u00a0\u2028\u2029\\<>"`]/.test(value)) return false
  if (/^https?:\/\//i.test(value)) {
    const host = value.replace(/^https?:\/\//i, '').split(/[/?#]/, 1)[0] ?? ''
    return host !== '' && !host.includes('@')
  }
  return /^(?:mailto|tel):[^/]/i.test(value)
}

/** The marks and their attributes. `class` and `style` are not the document's business: the screen decides how a link looks. */
export const MARKS: ReadonlyMap<string, ReadonlyMap<string, AttributeRule>> = new Map<
  string,
  ReadonlyMap<string, AttributeRule>
>([
  ['bold', none],
  ['italic', none],
  ['underline', none],
  ['strike', none],
  [
    'link',
    new Map<string, AttributeRule>([
      ['href', isAllowedLink],
      ['target', value => value === null || value === '_blank'],
      ['rel', value => value === null || (typeof value === 'string' && /^[a-z ]{0,60}$/.test(value))],
      ['class', value => value === null],
      ['title', isShortText(200)],
    ]),
  ],
])

/** Whether a format may stand in a run of text: a known mark ending (null) or beginning with allowed attributes only. */
export function isAllowedFormat(key: string, value: unknown): boolean {
  const attributes = MARKS.get(key)
  if (attributes === undefined) return false
  if (value === null) return true
  if (typeof value !== 'object' || Array.isArray(value)) return false
  for (const [name, of] of Object.entries(value)) {
    const rule = attributes.get(name)
    if (rule === undefined || !rule(of)) return false
  }
  return key !== 'link' || Object.hasOwn(value, 'href')
}

/** A node of long text as plain data, in the form that the editor's own JSON has. */
export interface RichTextNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, string | number | boolean | null>>
  readonly content?: readonly RichTextNode[]
  readonly text?: string
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[]
}

/** The blocks of a fragment as plain data. */
export function richTextOf(fragment: Y.XmlFragment): readonly RichTextNode[] {
  const nodes: RichTextNode[] = []
  for (const child of fragment.toArray()) {
    if (child instanceof Y.XmlText) nodes.push(...runsOf(child))
    else if (child instanceof Y.XmlElement) nodes.push(nodeOf(child))
  }
  return nodes
}

function nodeOf(element: Y.XmlElement): RichTextNode {
  const attrs = element.getAttributes() as Record<string, string | number | boolean | null | undefined>
  const given: Record<string, string | number | boolean | null> = {}
  for (const [name, value] of Object.entries(attrs)) if (value !== undefined) given[name] = value
  const content = richTextOf(element)
  return {
    type: element.nodeName,
    ...(Object.keys(given).length > 0 && { attrs: given }),
    ...(content.length > 0 && { content }),
  }
}

interface TextRun {
  insert?: unknown
  attributes?: Record<string, unknown>
}

function runsOf(text: Y.XmlText): RichTextNode[] {
  const nodes: RichTextNode[] = []
  for (const run of text.toDelta() as TextRun[]) {
    if (typeof run.insert !== 'string' || run.insert === '') continue
    const marks = Object.entries(run.attributes ?? {}).map(([type, value]) => {
      const attrs = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
      return Object.keys(attrs).length > 0 ? { type, attrs } : { type }
    })
    nodes.push({ type: 'text', text: run.insert, ...(marks.length > 0 && { marks }) })
  }
  return nodes
}

/** The words of a fragment alone: blocks on lines of their own, no marks. */
export function plainTextOf(fragment: Y.XmlFragment): string {
  const lines: string[] = []
  writeLines(richTextOf(fragment), lines)
  return lines.join('\n').trim()
}

function writeLines(nodes: readonly RichTextNode[], lines: string[]): void {
  for (const node of nodes) {
    if (node.type === 'paragraph' || node.type === 'heading') {
      lines.push((node.content ?? []).map(part => (part.type === 'hardBreak' ? '\n' : (part.text ?? ''))).join(''))
    } else if (node.content !== undefined) {
      writeLines(node.content, lines)
    }
  }
}

/** One paragraph for each line of a plain text, ready to be inserted. An empty text gives none. */
export function paragraphsOf(text: string): Y.XmlElement[] {
  if (text === '') return []
  return text.split(/\r\n|\r|\n/).map(line => {
    const paragraph = new Y.XmlElement('paragraph')
    if (line !== '') {
      const run = new Y.XmlText()
      run.insert(0, line)
      paragraph.insert(0, [run])
    }
    return paragraph
  })
}

/** A new fragment with the lines of a plain text. It belongs to no document until it is set into one. */
export function fragmentOf(text: string): Y.XmlFragment {
  const fragment = new Y.XmlFragment()
  const paragraphs = paragraphsOf(text)
  if (paragraphs.length > 0) fragment.insert(0, paragraphs)
  return fragment
}
