import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { roomEn } from './en.ts'
import { roomKo } from './ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    room: typeof roomKo
  }
}

/** The room's texts, which come with the room's code and not before, and the language on screen. */
export const useRoomTexts = createFeatureTexts('room', { ko: roomKo, en: roomEn })
