/** Files as people lay them with items, and as somebody sends them who means no good. */
import { crc32, deflateSync } from 'node:zlib'

/** One page with a line of text, as small as a reader takes it. */
export function pdfOf(words: string): Buffer {
  const text = `BT /F1 12 Tf 20 100 Td (${words}) Tj ET`
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(text)} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.4\n'
  const offsets = parts.map((part, at) => {
    const offset = Buffer.byteLength(file)
    file += `${at + 1} 0 obj\n${part}\nendobj\n`
    return offset
  })
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = Buffer.byteLength(file)
  file += `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${parts.length + 1} /Root 1 0 R >>\n`
  return Buffer.from(`${file}startxref\n${start}\n%%EOF\n`)
}

/** A picture of one colour. The head may claim another size than the pixels have. */
export function pngOf(width: number, height: number, claimed: { width?: number; height?: number } = {}): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(claimed.width ?? width, 0)
  head.writeUInt32BE(claimed.height ?? height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x7f)])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const around = Buffer.alloc(8)
    around.writeUInt32BE(data.length, 0)
    around.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** A photo's skeleton: what stands before the pixels, with a camera's notes of that length in front. */
export function jpegOf(width: number, height: number, notesBytes = 100): Buffer {
  const segment = (marker: number, data: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(data.length + 2, 2)
    return Buffer.concat([head, data])
  }
  const notes: Buffer[] = []
  for (let left = notesBytes; left > 0; left -= 65_000)
    notes.push(segment(0xe1, Buffer.alloc(Math.min(left, 65_000), 1)))
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(height, 1)
  frame.writeUInt16BE(width, 3)
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...notes,
    segment(0xc0, frame),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.alloc(50, 0x55),
    Buffer.from([0xff, 0xd9]),
  ])
}

export const HTML_PAGE = Buffer.from('<!doctype html><script>alert(document.cookie)</script>')
export const SVG_WITH_SCRIPT = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
/** The first bytes of an archive and many of its kind after them, as a bomb of 42 kB has. */
export const ZIP_BOMB = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(42 * 1024, 0)])
