import type { PaperView } from '../../../shared/protocol/papers.ts'
import type { AgendaLine } from '../conferences/agenda-lines.ts'

export interface NumberedPaper {
  /** `3-2`: the second paper of the third item. */
  number: string
  paper: PaperView
}

export interface PackItem {
  line: AgendaLine
  papers: readonly NumberedPaper[]
}

/**
 * Items with papers in the order of the agenda. An item keeps the number that it has for everybody, so that people who may open different
 * items speak of the same paper by the same number.
 */
export function numberedPack(lines: readonly AgendaLine[], papers: readonly PaperView[]): PackItem[] {
  return lines.flatMap(line => {
    const own = papers.filter(paper => paper.itemId === line.itemId)
    if (own.length === 0) return []
    return [{ line, papers: own.map((paper, at) => ({ number: `${line.number}-${at + 1}`, paper })) }]
  })
}
