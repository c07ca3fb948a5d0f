/**
 * Papers (회의자료) over HTTP: scans, drafts and pictures that lie with an agenda item and are for exactly those who may open it.
 *
 *   GET    /api/conferences/:conferenceId/papers                           { papers: PaperView[] }  of every item that the caller may open
 *   GET    /api/conferences/:conferenceId/items/:itemId/papers             { papers: PaperView[] }
 *   POST   /api/conferences/:conferenceId/items/:itemId/papers             PaperView      bytes; `paperAbout` in the header `Dure-About`
 *   GET    /api/conferences/:conferenceId/items/:itemId/papers/:paperId    the bytes, as an attachment
 *   DELETE /api/conferences/:conferenceId/items/:itemId/papers/:paperId    {}
 *   POST   /api/conferences/:conferenceId/prints        printBody          PrintView      before anything goes to the printer
 *
 * An upload is the one body that is no JSON: `Content-Type: application/octet-stream`, and what is said about the bytes as percent-encoded
 * JSON in a header, because an address is written into proxies' logs and a title is case content.
 */
import * as z from 'zod'
import type { PaperKind } from '../codes.ts'
import type { ItemId, PaperId, PrintId, UserId } from '../ids.ts'
import { id, line } from './fields.ts'

/** The header that carries what is said about an upload. */
export const ABOUT_HEADER = 'Dure-About'
export const UPLOAD_TYPE = 'application/octet-stream'

/** A scan of 20 pages at 200 dpi is about 4 MB; what is larger is better divided than waited for in a meeting. */
export const PAPER_MAX_BYTES = 10 * 1024 * 1024
export const PAPERS_PER_ITEM = 20
/** A phone's camera has up to 64 million pixels; a browser needs 4 bytes for each of them, however small the file is. */
export const PICTURE_MAX_PIXELS = 64_000_000
export const PICTURE_MAX_SIDE = 20_000
export const PAPER_TITLE_MAX = 120
export const PAPER_FILE_NAME_MAX = 160

/** Nothing that reorders or hides letters (a name that only looks like `.pdf`), no lone halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const UNFIT_FOR_NAMES = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u
const name = (max: number) => line(max).refine(text => !UNFIT_FOR_NAMES.test(text))

export const paperAbout = z.strictObject({ title: name(PAPER_TITLE_MAX), fileName: name(PAPER_FILE_NAME_MAX) })
export type PaperAbout = z.infer<typeof paperAbout>

export interface PaperView {
  paperId: PaperId
  itemId: ItemId
  kind: PaperKind
  title: string
  /** With the ending that fits what the bytes are. */
  fileName: string
  bytes: number
  /** When it was looked at for malware and nothing was found; null where nobody looked. */
  scannedAt: string | null
  addedAt: string
  addedBy: { userId: UserId; name: string; agencyName: string }
  mayRemove: boolean
}

/** 안전성 확보조치 기준 제12조: what is printed is as little as its purpose needs. One sentence. */
export const PURPOSE_MIN = 5
export const PURPOSE_MAX = 200

const purpose = line(PURPOSE_MAX).min(PURPOSE_MIN)
/** On paper, or as text for another program. */
const how = z.enum(['print', 'copy'])

export const printBody = z.discriminatedUnion('what', [
  /** The numbered pack: exactly the papers that go out. */
  z.strictObject({ what: z.literal('pack'), how, purpose, papers: z.array(id<PaperId>()).min(1).max(1000) }),
  /** The plan with households named: the items that are named. */
  z.strictObject({ what: z.literal('plan'), how, purpose, items: z.array(id<ItemId>()).min(1).max(200) }),
])
export type PrintBody = z.infer<typeof printBody>

export interface PrintView {
  /** Stands on every printed page, so that a copy that is found can be traced. */
  printId: PrintId
  at: string
}
