/** Files of lists, as rows (`server/imports/SPEC.md` IM1–IM6). */
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { renderXlsx } from '../../../server/exports/render/sheets.ts'
import { createCp949Decoder } from '../../../server/imports/cp949.ts'
import { type ListHead, listHead, listRows } from '../../../server/imports/read-list.ts'
import { unpacked, zipEntries } from '../../../server/imports/zip-entries.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { csv } from './imports-under-test.ts'

async function rowsOf(bytes: Buffer): Promise<string[][]> {
  const rows: string[][] = []
  for await (const { cells } of listRows(bytes)) rows.push(cells)
  return rows
}

/** The detail of the refusal of a file. */
async function refusalOf(bytes: Buffer): Promise<string | undefined> {
  try {
    await rowsOf(bytes)
    return 'taken'
  } catch (error) {
    if (error instanceof Refusal) return error.detail
    throw error
  }
}

const hex = (digits: string) => Buffer.from(digits.replace(/\s/g, ''), 'hex')
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
const files = (parts: Record<string, string>) =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)]))))

const BOOK = {
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml': '<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
}
const sheet = (rows: string) => ({
  ...BOOK,
  'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
})

describe('encodings', () => {
  const text = '성명,주소\r\n똠방각하,펲 쀍'

  test('[IM2] UTF-8 with and without its mark, UTF-16 of both orders with and without', async () => {
    const rows = [
      ['성명', '주소'],
      ['똠방각하', '펲 쀍'],
    ]
    const marked = (bytes: Buffer, mark: string) => Buffer.concat([hex(mark), bytes])
    for (const bytes of [
      Buffer.from(text),
      marked(Buffer.from(text), 'efbbbf'),
      marked(Buffer.from(text, 'utf16le'), 'fffe'),
      marked(utf16be(text), 'feff'),
      Buffer.from(text, 'utf16le'),
      utf16be(text),
    ]) {
      expect(await rowsOf(bytes)).toEqual(rows)
    }
  })

  test('[IM2] CP949 with the syllables that EUC-KR lacks', async () => {
    // 똠방각하 펲 쀍, 가, 힣, 갂
    const bytes = hex('8c63b9e6b0a2c7cf20bc842097cd2cb0a1c6528141')
    expect(listHead(bytes)).toEqual<ListHead>({ kind: 'delimited', encoding: 'cp949' })
    expect(await rowsOf(bytes)).toEqual([['똠방각하 펲 쀍', '가힣갂']])
  })

  test('[IM2] each of the 11,172 syllables has one place in CP949', () => {
    const decoder = createCp949Decoder()
    const seen = new Set<string>()
    for (let lead = 0x81; lead <= 0xfd; lead++) {
      for (let trail = 0x41; trail <= 0xfe; trail++) {
        const one = decoder.decode(Uint8Array.of(lead, trail))
        if (one !== undefined && /[가-힣]/.test(one)) {
          if (seen.has(one)) throw new Error(`${one} has two places`)
          seen.add(one)
        }
      }
    }
    expect(seen.size).toBe(11_172)
  })

  test('[IM2] what is in no encoding throughout is refused', async () => {
    expect(await refusalOf(hex('c5b8b5bc41ff41'))).toBe('import-encoding')
    expect(await refusalOf(Buffer.concat([Buffer.from('이름,주소\n김'), hex('ff')]))).toBe('import-encoding')
    expect(await refusalOf(Buffer.from('a\u0000b,c\u0000\u0000d'))).toBe('import-encoding')
  })
})

describe('delimited texts', () => {
  test('[IM2] commas, tabs, semicolons and bars; any line end; quotes with everything in them', async () => {
    expect(await rowsOf(Buffer.from('a\tb, c\r1\t2\n3\t"x\ty"\r\n'))).toEqual([
      ['a', 'b, c'],
      ['1', '2'],
      ['3', 'x y'],
    ])
    expect(await rowsOf(Buffer.from('a;b\n1;"2;3"'))).toEqual([
      ['a', 'b'],
      ['1', '2;3'],
    ])
    expect(await rowsOf(Buffer.from('a|b\n\n1|2'))).toEqual([['a', 'b'], [], ['1', '2']])
    expect(await rowsOf(Buffer.from('이름,비고\n김,"말했다: ""예"""\n이, "둘\r\n줄"'))).toEqual([
      ['이름', '비고'],
      ['김', '말했다: "예"'],
      ['이', '둘 줄'],
    ])
  })

  test('[IM4] a quote that is never closed is named with its row', async () => {
    expect(await refusalOf(Buffer.from('a,b\n1,"2\n3,4\n'))).toBe('import-quote 2')
    expect(await refusalOf(Buffer.from(`a,b\n1,2\n1,"${'가'.repeat(20_000)}`))).toBe('import-quote 3')
  })

  test('[IM1] too many rows, too many columns and nothing at all are refused', async () => {
    expect(await refusalOf(Buffer.alloc(0))).toBe('import-empty')
    expect(await refusalOf(Buffer.from('a,'.repeat(101)))).toBe('import-columns')
    expect(await refusalOf(Buffer.from('a\n'.repeat(50_001)))).toBe('import-rows')
    expect((await rowsOf(Buffer.from('a\n'.repeat(50_000)))).length).toBe(50_000)
  })

  test('[IM5] resident numbers are masked in every cell, also without their zeros in front', async () => {
    expect(await rowsOf(Buffer.from('900101-1234567,김 900101-2234567 님,101013123458'))).toEqual([
      ['900101-1******', '김 900101-2****** 님', '010101-3******'],
    ])
  })
})

describe('workbooks', () => {
  test('[IM1] [IM3] the first sheet, with shared, inline and plain cells, gaps and empty rows', async () => {
    const bytes = files({
      ...sheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>주&amp;소</t></is></c></row>' +
          '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3" t="str"><f>HYPERLINK("http://x")</f><v>링크</v></c><c r="C3" t="e"><v>#REF!</v></c><c r="D3" s="1"/></row>',
      ),
      'xl/sharedStrings.xml': '<sst><si><r><t>성</t></r><r><t xml:space="preserve">명 </t></r></si></sst>',
    })
    expect(await rowsOf(bytes)).toEqual([['성명', '', '주&소'], [], ['2', '링크']])
  })

  test('[IM1] what this house writes as a workbook it can read', async () => {
    const bytes = renderXlsx({
      name: '목록',
      columns: [
        { label: '성명', width: 10 },
        { label: '비고', width: 10 },
      ],
      rows: [['김말순', '=1+1 <b>&']],
      stamp: '끝',
    })
    expect((await rowsOf(Buffer.from(bytes))).slice(0, 2)).toEqual([
      ['성명', '비고'],
      ['김말순', '=1+1 <b>&'],
    ])
  })

  test('[IM3] macros, passwords and the older kind are refused with what to do', async () => {
    expect(await refusalOf(files({ ...sheet('<row/>'), 'xl/vbaProject.bin': 'x' }))).toBe('import-macros')
    expect(
      await refusalOf(
        files({ ...sheet('<row/>'), '[Content_Types].xml': '<Types>vnd.ms-excel.sheet.macroEnabled.main+xml</Types>' }),
      ),
    ).toBe('import-macros')
    expect(await refusalOf(hex('d0cf11e0a1b11ae1').subarray(0, 8))).toBe('import-old-excel')
    expect(await refusalOf(Buffer.from('%PDF-1.7 …'))).toBe('import-kind')
    expect(await refusalOf(files({ 'word/document.xml': '<w/>' }))).toBe('import-kind')
  })

  test('[IM3] a bomb ends at its limit, whatever it says of itself', async () => {
    const bytes = files({ bomb: ' '.repeat(2 * 1024 * 1024) })
    // Its directory says that it is ten bytes long.
    bytes.writeUInt32LE(10, bytes.lastIndexOf(hex('504b0102')) + 24)
    const entry = zipEntries(bytes).get('bomb')
    if (entry === undefined) throw new Error('no entry')
    let seen = 0
    const reading = async () => {
      for await (const piece of unpacked(bytes, entry, 100_000)) seen += piece.length
    }
    await expect(reading()).rejects.toMatchObject({ detail: 'import-unpacked' })
    expect(seen).toBeLessThanOrEqual(100_000)
  })

  test('[IM1] cut anywhere, a workbook is refused and never half read', async () => {
    const bytes = files(sheet('<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(50).replace(/r="1"/g, '')))
    for (let cut = 30; cut < bytes.length; cut += 17) {
      expect(await refusalOf(bytes.subarray(0, cut))).not.toBe('taken')
    }
  })
})

describe.for(seedsToRun(6))('seed %i', seed => {
  const cellOf = (random: SeededRandom) =>
    Array.from({ length: random.below(7) }, () => random.pick([...'가나다힣똠a1 ,;\t|"\n\r\'=+-@()'])).join('')
  const asRead = (cell: string) => cell.replace(/[\r\n\t]+/g, ' ').trim()

  test('[IM2] whatever stands in cells, written as RFC 4180 says it comes back', async () => {
    const random = seededRandom(seed)
    const rows = Array.from({ length: 60 }, (_, at) => [
      `${at}a`,
      ...Array.from({ length: 4 }, () => cellOf(random)),
      'z',
    ])
    // Commas win in the first lines, as they do in every real list.
    const text = `a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,${'q,'.repeat(60)}\r\n${csv(rows)}`
    const end = random.pick([Buffer.from(text), Buffer.from(`\ufeff${text}`), utf16be(`\ufeff${text}`)])
    const read = (await rowsOf(end)).slice(1)
    expect(read).toEqual(rows.map(row => row.map(asRead)))
  })

  test('[IM1] random bytes, and files with random bytes changed, are refused or read, and nothing else happens', async () => {
    const random = seededRandom(seed)
    const whole = files(sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>가</t></is></c></row>'))
    for (let n = 0; n < 120; n++) {
      const bytes = random.chance(0.3) ? Buffer.from(random.bytes(random.below(400))) : Buffer.from(whole)
      for (let change = 0; change < 4 && bytes.length > 0; change++)
        bytes[random.below(bytes.length)] = random.below(256)
      // Throws where it is anything but a refusal.
      await refusalOf(bytes)
    }
  })
})
