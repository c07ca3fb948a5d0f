/**
 * Canaries: made-up words that stand nowhere else, one for each field that people fill in, and the search for them in bytes of any kind, in every
 * form that software writes text in by habit, also inside compressed streams.
 */
import { brotliDecompressSync, constants, inflateRawSync, inflateSync } from 'node:zlib'
import * as encoding from 'lib0/encoding'

export interface Canary {
  /** Which field it is typed into. */
  field: string
  text: string
  /** For a field that holds a number: the same as `text`. */
  value?: number
  /** Only for those who are cleared for item 2; otherwise for everybody in the conference. */
  secret: boolean
}

export const CANARIES = {
  // The case and item 2
  caseNumber: { field: 'case number', text: 'KNR-7391-846', secret: true },
  caseLabel: { field: 'case label', text: '남궁봉순례 가구', secret: true },
  caseSummary: { field: 'case summary', text: '황보끝분할매', secret: true },
  presentation: { field: 'presentation', text: '제갈막둥이옹', secret: true },
  opinionOfLead: { field: 'opinion of the lead', text: '480229-2918374', secret: true },
  opinionOfSecond: { field: 'opinion of the second agency', text: '352-0918-2736-13', secret: true },
  opinionOfThird: { field: 'opinion of the third agency', text: '010-7391-2846', secret: true },
  discussion: { field: 'discussion', text: '동두천시 카나리로918번길 27-3', secret: true },
  discussionMarked: { field: 'discussion, bold', text: '독고쌍례댁', secret: true },
  decision: { field: 'decision', text: '사공언년이 선정', secret: true },
  decisionReason: { field: 'decision, reason', text: '위암삼기재발추정', secret: true },
  decisionCondition: { field: 'decision, condition', text: '보증금오백칠십삼만', secret: true },
  comment: { field: 'comment', text: '박달재약탕기외상값', secret: true },
  commentReply: { field: 'reply to a comment', text: '뻐꾸기시계전당포', secret: true },
  actionWhat: { field: 'action item', text: '틀니본인부담금칠십이만', secret: true },
  actionRule: { field: 'action item, rule', text: '까치마을후원회칙제칠조', secret: true },
  actionPerson: { field: 'action item, person', text: '선우간난 간사', secret: true },
  actionAmount: { field: 'action item, amount', text: '918273645506', value: 918_273_645_506, secret: true },
  // The conference
  title: { field: 'conference title', text: '까막골임시회의', secret: false },
  titleReplaced: { field: 'conference title that was replaced', text: '먹방골준비회의', secret: false },
  place: { field: 'place', text: '별내린마을사랑방', secret: false },
  remoteLink: { field: 'remote link', text: 'https://meet.example/knr-5506-yelp', secret: false },
  itemLabel: { field: 'label of a general item', text: '꽃샘추위난방점검', secret: false },
  notes: { field: 'shared notes', text: '다음모임은쇠뿔장터', secret: false },
  proposal: { field: 'proposal', text: '연탄나눔손수레제안', secret: false },
  generalAction: { field: 'action item of a general item', text: '귤상자배달돌쇠아범', secret: false },
  // People
  staffName: { field: 'name of a member of staff', text: '어금니담당주사', secret: false },
  staffLogin: { field: 'login of a member of staff', text: 'knr.yelping.5506', secret: false },
} as const satisfies Record<string, Canary>

export type CanaryName = keyof typeof CANARIES

export const ALL_CANARIES: readonly Canary[] = Object.values(CANARIES)
export const SECRET_CANARIES = ALL_CANARIES.filter(canary => canary.secret)

export interface Found {
  canary: Canary
  form: string
  at: number
  /** Which compressed stream it was in; absent for the bytes themselves. */
  inside?: string
}

const known = new WeakMap<Canary, Map<string, Buffer>>()

/** The bytes that a canary has in each form. */
export function formsOf(canary: Canary): Map<string, Buffer> {
  const { text, value } = canary
  const before = known.get(canary)
  if (before !== undefined) return before
  const utf8 = Buffer.from(text, 'utf8')
  const utf16le = Buffer.from(text, 'utf16le')
  const forms = new Map<string, Buffer>([
    ['UTF-8', utf8],
    ['UTF-16LE', utf16le],
    ['UTF-16BE', Buffer.from(utf16le).swap16()],
    ['UTF-8 NFD', Buffer.from(text.normalize('NFD'), 'utf8')],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['hex, upper case', Buffer.from(utf8.toString('hex').toUpperCase())],
    ['percent', Buffer.from(encodeURIComponent(text))],
    ['JSON escapes', Buffer.from([...text].map(escaped).join(''))],
  ])
  for (const [name, bytes] of [
    ['UTF-8', utf8],
    ['UTF-16LE', utf16le],
  ] as const) {
    for (const offset of [0, 1, 2]) {
      forms.set(`base64 of ${name} at ${offset}`, Buffer.from(base64Inside(bytes, offset, 'base64')))
      forms.set(`base64url of ${name} at ${offset}`, Buffer.from(base64Inside(bytes, offset, 'base64url')))
    }
  }
  if (value !== undefined) {
    const double = Buffer.alloc(8)
    double.writeDoubleLE(value)
    forms.set('double, little-endian', double)
    forms.set('double, big-endian', Buffer.from(double).swap64())
    // As Yjs writes it: a tag and a varint.
    const encoder = encoding.createEncoder()
    encoding.writeAny(encoder, value)
    forms.set('lib0', Buffer.from(encoding.toUint8Array(encoder)))
  }
  known.set(canary, forms)
  return forms
}

const escaped = (character: string) =>
  character.charCodeAt(0) < 128 ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** What stands in a base64 text whatever is before and behind: the characters that depend on neighbours are left out. */
function base64Inside(bytes: Buffer, offset: number, alphabet: 'base64' | 'base64url'): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString(alphabet)
    .replace(/=+$/, '')
  const from = offset === 0 ? 0 : offset + 1
  const to = Math.floor(((offset + bytes.length) * 8) / 6)
  return whole.slice(from, to)
}

/** Every canary in the bytes themselves, once for each form. */
export function findCanaries(bytes: Buffer, canaries: readonly Canary[] = ALL_CANARIES): Found[] {
  const found: Found[] = []
  for (const canary of canaries) {
    for (const [form, pattern] of formsOf(canary)) {
      const at = bytes.indexOf(pattern)
      if (at >= 0) found.push({ canary, form, at })
    }
  }
  return found
}

/** As {@link findCanaries}, also inside every zlib and gzip stream that begins anywhere in the bytes. */
export function findCanariesDeep(bytes: Buffer, canaries: readonly Canary[] = ALL_CANARIES): Found[] {
  const found = findCanaries(bytes, canaries)
  for (const { at, kind, plain } of streamsIn(bytes)) {
    for (const inside of findCanaries(plain, canaries)) found.push({ ...inside, inside: `${kind} at ${at}` })
  }
  return found
}

/**
 * For bytes that begin with or near the beginning of a stream, such as one stored value: raw deflate and brotli have no mark to scan for, so
 * every beginning within the first bytes is tried.
 */
export function findCanariesInValue(value: Buffer, canaries: readonly Canary[] = ALL_CANARIES): Found[] {
  const found = findCanariesDeep(value, canaries)
  if (value.length < SHORTEST) return found
  for (let at = 0; at < Math.min(BEGINNINGS, value.length); at++) {
    const rest = value.subarray(at)
    for (const [kind, inflate] of [
      ['deflate', inflateRawSync],
      ['brotli', brotliDecompressSync],
    ] as const) {
      const plain = attempt(() =>
        kind === 'brotli'
          ? inflate(rest, { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: MAX_PLAIN })
          : inflate(rest, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_PLAIN }),
      )
      if (plain === undefined || plain.length < SHORTEST) continue
      for (const inside of findCanaries(plain, canaries)) found.push({ ...inside, inside: `${kind} at ${at}` })
    }
  }
  return found
}

/** A sealed value's own header and nonce are shorter than this. */
const BEGINNINGS = 32
/** No canary fits in less. */
const SHORTEST = 8
const MAX_PLAIN = 64 << 20

/** Every zlib and gzip stream, whole or cut short. A header by chance gives nothing or rubbish, which does no harm. */
function* streamsIn(bytes: Buffer): Generator<{ at: number; kind: string; plain: Buffer }> {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_PLAIN }
  for (let at = bytes.indexOf(0x78); at >= 0; at = bytes.indexOf(0x78, at + 1)) {
    // RFC 1950: the two header bytes are a multiple of 31, and no preset dictionary.
    const second = bytes[at + 1] ?? 0
    if ((0x7800 + second) % 31 !== 0 || (second & 0x20) !== 0) continue
    const plain = attempt(() => inflateSync(bytes.subarray(at), options))
    if (plain !== undefined && plain.length >= SHORTEST) yield { at, kind: 'zlib', plain }
  }
  const gzip = Buffer.from([0x1f, 0x8b, 0x08])
  for (let at = bytes.indexOf(gzip); at >= 0; at = bytes.indexOf(gzip, at + 1)) {
    // Not gunzip: it takes what follows the stream for a second one, and fails.
    const plain = attempt(() => inflateRawSync(bytes.subarray(at + gzipHeaderBytes(bytes, at)), options))
    if (plain !== undefined && plain.length >= SHORTEST) yield { at, kind: 'gzip', plain }
  }
}

/** RFC 1952 §2.3: ten bytes, then what the flags announce. */
function gzipHeaderBytes(bytes: Buffer, from: number): number {
  const flags = bytes[from + 3] ?? 0
  let at = from + 10
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8)
  for (const text of [8, 16]) if ((flags & text) !== 0) at = bytes.indexOf(0, at) + 1
  return at + ((flags & 2) !== 0 ? 2 : 0) - from
}

function attempt(inflate: () => Buffer): Buffer | undefined {
  try {
    return inflate()
  } catch {
    // Not a stream after all.
    return undefined
  }
}

/** One line for each canary that was found, for a failing test. */
export function describeFound(found: readonly Found[], where: string): string[] {
  return found.map(
    ({ canary, form, at, inside }) => `${where}: ${canary.field} as ${form} at ${at}${inside ? ` in ${inside}` : ''}`,
  )
}
