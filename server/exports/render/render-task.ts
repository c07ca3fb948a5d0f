/** One thing to write, as plain data that crosses to the thread that writes it, and the writing. */
import { strToU8 } from 'fflate'
import type { Paper } from '../../../shared/exports/paper.ts'
import { type CalendarDay, renderCalendar } from './calendar.ts'
import { renderDocx } from './docx.ts'
import { renderHwpx } from './hwpx.ts'
import type { PaperFonts } from './paper-fonts.ts'
import { renderPdf } from './pdf.ts'
import { renderText } from './plain-text.ts'
import { renderCsv, renderXlsx, type Sheet } from './sheets.ts'

export type RenderTask =
  | { kind: 'paper'; format: 'pdf' | 'hwpx' | 'docx' | 'text' | 'print'; paper: Paper; madeAt: Date }
  | { kind: 'sheet'; format: 'csv' | 'xlsx'; sheet: Sheet }
  | { kind: 'calendar'; name: string; days: readonly CalendarDay[]; madeAt: Date }

export interface RenderTools {
  /** Opened when a PDF first needs them. */
  fonts(): PaperFonts
  onProgress(share: number): void
}

export async function renderTask(task: RenderTask, { fonts, onProgress }: RenderTools): Promise<Uint8Array> {
  switch (task.kind) {
    case 'sheet':
      return task.format === 'csv' ? renderCsv(task.sheet) : renderXlsx(task.sheet)
    case 'calendar':
      return strToU8(renderCalendar(task.days, task))
    case 'paper': {
      const { paper, madeAt } = task
      switch (task.format) {
        case 'pdf':
          return renderPdf(paper, { fonts: fonts(), madeAt, onProgress })
        case 'hwpx':
          return renderHwpx(paper)
        case 'docx':
          return renderDocx(paper)
        case 'text':
          return strToU8(`\ufeff${renderText(paper)}`)
        case 'print':
          return strToU8(JSON.stringify(paper))
      }
    }
  }
}
