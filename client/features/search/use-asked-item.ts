/** An address that names an item of a conference (a hit of a search, a line of the start page) opens that item, once, for this person alone. */
import { useEffect } from 'react'
import { useSearchParams } from 'react-router'
import { type ItemId, parseId } from '../../../shared/ids.ts'
import { ITEM_PARAM } from './place-of.ts'

/** @param open opens an item of the conference that is on the screen; undefined while the items are not there yet */
export function useAskedItem(open: ((itemId: ItemId) => void) | undefined): void {
  const [params, setParams] = useSearchParams()
  const asked = parseId<ItemId>(params.get(ITEM_PARAM))
  useEffect(() => {
    if (asked === undefined || open === undefined) return
    // The address is the conference's again: going back to it later means the conference.
    setParams(
      rest => {
        rest.delete(ITEM_PARAM)
        return rest
      },
      { replace: true },
    )
    open(asked)
  }, [asked, open, setParams])
}
