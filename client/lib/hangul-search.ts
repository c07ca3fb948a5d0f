/**
 * Search as Koreans type it: spaces do not matter, initial consonants find their words (`ㅅㅇㅈ` finds 생연1동 주민), case does not matter.
 */
import { getChoseong } from 'es-hangul'

const squash = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/g, '')

/** Whether every word of the query is found in the text, each as it stands or by its initial consonants. */
export function matchesSearch(query: string, text: string): boolean {
  const words = query.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const plain = squash(text)
  if (plain.includes(squash(query))) return true
  const initials = initialsOf(plain)
  return words.every(word => plain.includes(word) || (isInitials(word) && initials.includes(word)))
}

const isInitials = (word: string) => /[ㄱ-ㅎ]/.test(word) && !/[가-힣]/.test(word)

/** The text with each syllable as its initial consonant; digits and letters stay, so that `ㅅㅇ1ㄷ` works. */
function initialsOf(text: string): string {
  return [...text].map(character => (/[가-힣]/.test(character) ? getChoseong(character) : character)).join('')
}
