import { describe, expect, test } from 'vitest'
import { createInspector } from '../../../server/papers/inspect.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { HTML_PAGE, jpegOf, pdfOf, pngOf, SVG_WITH_SCRIPT, ZIP_BOMB } from '../../support/paper-files.ts'

function kindOf(name: string, bytes: Buffer, pieceBytes = bytes.length): string {
  const inspector = createInspector(name)
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) inspector.take(bytes.subarray(at, at + pieceBytes))
    return inspector.finish()
  } catch (error) {
    if (error instanceof Refusal) return `${error.reason} ${error.detail}`
    throw error
  }
}

describe('what is taken', () => {
  test.each([
    ['진단서.pdf', pdfOf('ok'), 'pdf'],
    ['scan.png', pngOf(3, 2), 'png'],
    ['photo.jpg', jpegOf(4000, 3000), 'jpeg'],
    ['memo.txt', Buffer.from('가구 방문 메모\n1. 난방\t없음\r\n'), 'text'],
    ['memo.TXT', Buffer.from('\ufeff<안내> 내일 14시'), 'text'],
    // The name says nothing about pictures and documents.
    ['photo.png', jpegOf(10, 10), 'jpeg'],
    ['noname', pdfOf('ok'), 'pdf'],
  ])('%s', (name, bytes, kind) => {
    expect(kindOf(name, bytes)).toBe(kind)
  })

  test('a photo whose size stands behind a camera’s notes of any length, in pieces of any length', () => {
    for (const notes of [0, 65_000, 300_000, 1_000_000]) {
      for (const piece of [64, 1000, 65_536, 262_080]) {
        expect([notes, piece, kindOf('a.jpg', jpegOf(6000, 4000, notes), piece)]).toEqual([notes, piece, 'jpeg'])
        expect(kindOf('a.jpg', jpegOf(60_000, 4000, notes), piece)).toBe('too-large paper-picture-size')
      }
    }
  })

  test('a syllable that falls between two pieces', () => {
    const text = Buffer.from('가나다'.repeat(100))
    expect(kindOf('a.txt', text, 64)).toBe('text')
  })
})

describe('[R26] what is not', () => {
  test.each([
    ['a page that is called a PDF', 'plan.pdf', HTML_PAGE, 'bad-content-type paper-kind'],
    ['a page that is called text', 'plan.txt', HTML_PAGE, 'bad-content-type paper-kind'],
    [
      'a page behind spaces',
      'plan.txt',
      Buffer.concat([Buffer.from('\ufeff \n\t'), HTML_PAGE]),
      'bad-content-type paper-kind',
    ],
    ['a drawing with a script', 'map.svg', SVG_WITH_SCRIPT, 'bad-content-type paper-kind'],
    ['the same as text', 'map.txt', SVG_WITH_SCRIPT, 'bad-content-type paper-kind'],
    ['an archive that swells', 'papers.zip', ZIP_BOMB, 'bad-content-type paper-kind'],
    ['the same as PDF', 'papers.pdf', ZIP_BOMB, 'bad-content-type paper-kind'],
    ['text that is called a PDF', 'a.pdf', Buffer.from('hello'), 'bad-content-type paper-kind'],
    ['a head without an end', 'a.pdf', pdfOf('ok').subarray(0, 100), 'bad-content-type paper-broken'],
    [
      'a huge picture of few bytes',
      'a.png',
      pngOf(1, 1, { width: 50_000, height: 50_000 }),
      'too-large paper-picture-size',
    ],
    ['a long thin one', 'a.png', pngOf(1, 1, { width: 20_001, height: 2 }), 'too-large paper-picture-size'],
    ['too many pixels', 'a.png', pngOf(1, 1, { width: 8001, height: 8001 }), 'too-large paper-picture-size'],
    ['no pixels', 'a.png', pngOf(1, 1, { width: 0 }), 'bad-content-type paper-broken'],
    ['half a head', 'a.png', pngOf(1, 1).subarray(0, 20), 'bad-content-type paper-broken'],
    ['a photo that breaks off', 'a.jpg', jpegOf(10, 10, 5000).subarray(0, 3000), 'bad-content-type paper-broken'],
    [
      'no segment after a photo’s start',
      'a.jpg',
      Buffer.from([0xff, 0xd8, 0xff, 0xd9, 0, 0]),
      'bad-content-type paper-broken',
    ],
    ['text in another code', 'a.txt', Buffer.from([0xb0, 0xa1, 0xb3, 0xaa]), 'bad-content-type paper-text-encoding'],
    ['half a syllable', 'a.txt', Buffer.from('가').subarray(0, 2), 'bad-content-type paper-text-encoding'],
    ['a NUL in text', 'a.txt', Buffer.from('a\0b'), 'bad-content-type paper-kind'],
    ['nothing', 'a.pdf', Buffer.alloc(0), 'bad-request paper-empty'],
  ])('%s', (_, name, bytes, answer) => {
    expect(kindOf(name, bytes)).toBe(answer)
  })
})
