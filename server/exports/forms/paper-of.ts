/** Each form by its name. */
import { must } from '../../../shared/assert.ts'
import type { ExportForm } from '../../../shared/exports/export-forms.ts'
import type { Paper } from '../../../shared/exports/paper.ts'
import type { ItemId } from '../../../shared/ids.ts'
import { copySheetForm } from './copy-sheet-form.ts'
import type { FormSource } from './form-source.ts'
import { householdForm } from './household-form.ts'
import { letterForm } from './letter-form.ts'
import { minutesForm } from './minutes-form.ts'
import type { OpenItem } from './minutes-parts.ts'
import { reportForm } from './report-form.ts'
import { signSheetForm } from './sign-sheet-form.ts'

/** @throws when the form is no paper, or its item is not in the edition: whoever asks has seen to both */
export function paperOf(form: ExportForm, source: FormSource, itemId?: ItemId): Paper {
  const item = (): OpenItem => {
    const found = source.edition.items.find(one => one.itemId === itemId)
    const open = must(found, 'the item in the edition')
    if (open.restricted) throw new Error('A form about an item that is not for its reader')
    return open
  }
  switch (form) {
    case 'minutes':
      return minutesForm(source)
    case 'report':
      return reportForm(source)
    case 'sign_sheet':
      return signSheetForm(source)
    case 'household':
      return householdForm(source, item())
    case 'letter':
      return letterForm(source)
    case 'copy_sheet':
      return copySheetForm(source, item())
    case 'actions':
    case 'dates':
    case 'bundle':
      throw new Error(`${form} is no paper`)
  }
}
