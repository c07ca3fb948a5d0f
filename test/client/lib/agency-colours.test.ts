import { expect, test } from 'vitest'
import { AGENCY_COLOURS, agencyColour } from '../../../client/lib/agency-colours.ts'

type Triple = [number, number, number]

/** Linear light, 0–1, of `#rrggbb`. */
function linear(hex: string): Triple {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** WCAG 2 contrast. */
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(linear(a)), luminance(linear(b))]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const EYES: Record<string, Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

function seenBy(eye: Triple[], [r, g, b]: Triple): Triple {
  const row = (m: Triple | undefined) => Math.max(0, (m?.[0] ?? 0) * r + (m?.[1] ?? 0) * g + (m?.[2] ?? 0) * b)
  return [row(eye[0]), row(eye[1]), row(eye[2])]
}

function toOklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

test('there are twelve, and an unknown index gets a quiet grey', () => {
  expect(AGENCY_COLOURS).toHaveLength(12)
  expect(agencyColour(-1)).toEqual(agencyColour(12))
  expect(AGENCY_COLOURS).not.toContain(agencyColour(99))
})

test.each(AGENCY_COLOURS)('$solid carries readable text and stands out on white', ({ solid, ink }) => {
  expect(contrast(solid, ink)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(solid, '#ffffff')).toBeGreaterThanOrEqual(3)
})

test.each(Object.keys(EYES))('any two stay apart for %s eyes', name => {
  const eye = EYES[name] ?? []
  const seen = AGENCY_COLOURS.map(({ solid }) => toOklab(seenBy(eye, linear(solid))))
  const distances = seen.flatMap((a, i) =>
    seen.slice(i + 1).map(b => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
  )
  expect(distances).toHaveLength(66)
  expect(Math.min(...distances)).toBeGreaterThan(0.1)
})
