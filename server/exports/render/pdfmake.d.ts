/** As much of pdfmake 0.3 as we use. Its own types come as further packages and know its whole language. */
declare module 'pdfmake' {
  export type PdfContent =
    | string
    | {
        text?: string | readonly PdfContent[]
        stack?: readonly PdfContent[]
        columns?: readonly PdfContent[]
        table?: {
          widths: readonly (number | string)[]
          headerRows?: number
          keepWithHeaderRows?: number
          dontBreakRows?: boolean
          heights?: (row: number) => number | 'auto'
          body: readonly (readonly PdfContent[])[]
        }
        layout?: PdfTableLayout
        margin?: readonly [number, number, number, number]
        alignment?: 'left' | 'center' | 'right'
        font?: string
        fontSize?: number
        bold?: boolean
        color?: string
        fillColor?: string
        decoration?: readonly ('underline' | 'lineThrough')[]
        lineHeight?: number
        width?: number | string
        colSpan?: number
        rowSpan?: number
        headlineLevel?: number
        style?: string
        preserveLeadingSpaces?: boolean
        preserveTrailingSpaces?: boolean
      }

  export interface PdfTableLayout {
    hLineWidth(): number
    vLineWidth(): number
    hLineColor(): string
    vLineColor(): string
    paddingLeft(): number
    paddingRight(): number
    paddingTop(): number
    paddingBottom(): number
  }

  export interface PdfDefinition {
    content: readonly PdfContent[]
    pageSize: 'A4'
    pageMargins: readonly [number, number, number, number]
    footer(page: number, pages: number): PdfContent
    defaultStyle: { font: string; fontSize: number; lineHeight: number }
    pageBreakBefore?(
      node: { headlineLevel?: number },
      following: {
        getFollowingNodesOnPage(): readonly { text?: unknown; headlineLevel?: number; style?: unknown }[]
      },
    ): boolean
    info: { title: string; creator: string; producer: string; creationDate: Date }
    language: string
    version: string
    subset?: string
    tagged?: boolean
    displayTitle: boolean
    compress: boolean
  }

  interface PdfMaker {
    setFonts(
      fonts: Readonly<Record<string, Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>>>,
    ): void
    setUrlAccessPolicy(mayOpen: (url: string) => boolean): void
    setLocalAccessPolicy(mayOpen: (path: string) => boolean): void
    setProgressCallback(onProgress: ((share: number) => void) | undefined): void
    createPdf(definition: PdfDefinition): { getBuffer(): Promise<Buffer> }
  }
  const pdfmake: PdfMaker
  export default pdfmake
}
