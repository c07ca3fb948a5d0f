import { useMemo } from 'react'
import { qrCodeOf } from '../../lib/qr-code.ts'

/** ISO/IEC 18004 §9.1: four modules of light around it, or readers do not find it. */
const QUIET = 4

/** Black on white whatever the screen's colours are. Nothing when the text does not fit: the same must stand beside it in words. */
export function QrPicture({ text, label }: { text: string; label: string }) {
  const code = useMemo(() => qrCodeOf(text), [text])
  if (code === undefined) return null
  const size = code.length + 2 * QUIET
  const path = code
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
    .join('')
  return (
    <svg
      className="qr-picture"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
