/**
 * Korean as older programs write it: CP949 (Unified Hangul Code), which is EUC-KR (KS X 1001) and, in the places that EUC-KR leaves free, the 8,822
 * syllables that it lacks (똠, 펲, 쀍), in the order of Unicode. The platform's own decoder knows EUC-KR alone and reads those syllables wrongly
 * without a word, so the places beside it are reckoned here.
 */

const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
/** EUC-KR proper: both bytes from here on. */
const EUC = 0xa1
const LAST_LEAD = 0xfe
/** Where the syllables beside EUC-KR end (힣 is C6 52). */
const LAST_EXTENDED_LEAD = 0xc6

export interface Cp949Decoder {
  /** The text of some bytes. Half a character at the end is kept for the next piece. Undefined when it is not CP949. */
  decode(piece: Uint8Array): string | undefined
  /** False when half a character is left over. */
  isWhole(): boolean
}

export function createCp949Decoder(): Cp949Decoder {
  const pairs = pairTable()
  let lead = 0
  return {
    decode(piece) {
      const codes: number[] = []
      let text = ''
      for (const byte of piece) {
        if (lead !== 0) {
          const code = pairs[(lead << 8) | byte] ?? 0
          lead = 0
          if (code === 0) return undefined
          codes.push(code)
        } else if (byte < 0x80) codes.push(byte)
        else if (byte === 0x80 || byte === 0xff) return undefined
        else lead = byte
        if (codes.length >= PIECE) text += String.fromCharCode(...codes.splice(0))
      }
      return text + String.fromCharCode(...codes)
    },
    isWhole: () => lead === 0,
  }
}

/** As many arguments as every engine takes. */
const PIECE = 8_192

/** For each pair of bytes its character; 0 where there is none. */
function pairTable(): Uint16Array {
  const table = new Uint16Array(0x1_0000)
  const euc = new TextDecoder('euc-kr', { fatal: true })
  const known = new Set<number>()
  for (let lead = EUC; lead <= LAST_LEAD; lead++) {
    for (let trail = EUC; trail <= LAST_LEAD; trail++) {
      const code = codeOf(euc, lead, trail)
      table[(lead << 8) | trail] = code
      known.add(code)
    }
  }
  const places = extendedPlaces()
  for (let code = FIRST_SYLLABLE; code <= LAST_SYLLABLE; code++) {
    if (known.has(code)) continue
    const place = places.next()
    if (place.done) break
    table[place.value] = code
  }
  return table
}

function codeOf(euc: InstanceType<typeof TextDecoder>, lead: number, trail: number): number {
  try {
    const text = euc.decode(Uint8Array.of(lead, trail))
    return text.length === 1 ? text.charCodeAt(0) : 0
  } catch {
    return 0 // A place that the standard leaves free.
  }
}

/** The pairs beside EUC-KR, in their order: letters' places first, then those above 0x80; before A1 all of them, from A1 on those below it. */
function* extendedPlaces(): Generator<number, void> {
  for (let lead = 0x81; lead <= LAST_EXTENDED_LEAD; lead++) {
    const last = lead < EUC ? 0xfe : 0xa0
    for (let trail = 0x41; trail <= last; trail++) {
      if ((trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81)) continue
      yield (lead << 8) | trail
    }
  }
}
