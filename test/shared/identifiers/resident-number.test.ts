/** Resident registration numbers in free text (`shared/identifiers/RESIDENT-NUMBER.md`). All numbers are made up. */
import { expect, test } from 'vitest'
import {
  findResidentNumbers,
  hasResidentNumber,
  maskResidentNumbers,
  residentNumberIn,
} from '../../../shared/identifiers/resident-number.ts'

const masked = (text: string) => maskResidentNumbers(text).text

test('[RN1] written apart a number is found whatever its last digit is', () => {
  expect(masked('김○○ 900101-1234567 통화')).toBe('김○○ 900101-1****** 통화')
  expect(masked('900101 - 1234568')).toBe('900101-1******')
  expect(masked('900101 1234567 그리고 850505/2123456')).toBe('900101-1****** 그리고 850505-2******')
})

test('[RN1] six digits that are no birthday, or no birthday yet, are not one', () => {
  expect(hasResidentNumber('901301-1234567')).toBe(false)
  expect(hasResidentNumber('900230-1234567')).toBe(false)
  expect(hasResidentNumber('010229-3234567')).toBe(false)
  expect(hasResidentNumber('000229-3234567')).toBe(true)
  expect(hasResidentNumber('550101-3234567')).toBe(false)
  expect(hasResidentNumber('900101-0234567')).toBe(false)
  expect(hasResidentNumber('900101-9234567')).toBe(false)
})

test('[RN2] written together it is found by its check digit, its late birthday, or the word before it', () => {
  // 2·9 + 3·0 + 4·0 + 5·1 + 6·0 + 7·1 + 8·1 + 9·2 + 2·3 + 3·4 + 4·5 + 5·6 = 124; 11 − 124 mod 11 = 8
  expect(masked('9001011234568')).toBe('900101-1******')
  expect(hasResidentNumber('9001011234567')).toBe(false)
  expect(masked('2101013123456')).toBe('210101-3******')
  expect(masked('주민등록번호: 9001011234567')).toBe('주민등록번호: 900101-1******')
  expect(masked('외국인 등록번호 9001015234567')).toBe('외국인 등록번호 900101-5******')
})

test('[RN3] full-width digits, dashes, spaces and hidden characters make no difference', () => {
  for (const written of [
    '９００１０１－１２３４５６７',
    '900101–1234567',
    '900101ㅡ1234567',
    '900101\u200b-\u200b1234567',
    '9 0 0 1 0 1 - 1 2 3 4 5 6 7',
    '90.01.01-1234567',
    '900101-1 234567',
    '900101-123 4567',
    '900101\u00a01234567',
  ]) {
    expect(masked(`가 ${written} 나`)).toBe('가 900101-1****** 나')
  }
})

test('[RN4] what is masked is not found again, and the places are those of the text', () => {
  const text = '첫째 900101-1234567, 둘째 ９１０２０２-２２３４５６７.'
  const once = maskResidentNumbers(text)
  expect(once).toEqual({ text: '첫째 900101-1******, 둘째 910202-2******.', masked: 2 })
  expect(maskResidentNumbers(once.text)).toEqual({ text: once.text, masked: 0 })
  expect(findResidentNumbers(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    '900101-1234567',
    '９１０２０２-２２３４５６７',
  ])
  expect(findResidentNumbers('900101-5234567')[0]?.kind).toBe('foreigner')
})

test('[RN5] telephone, account, card, business and corporate numbers, days and amounts are left alone', () => {
  for (const other of [
    '010-1234-5678',
    '02-123-4567',
    '농협 301-0123-4567-81',
    '국민 900101-12-345678',
    '신한 110-123-456789',
    '5310-1234-5678-9012',
    '사업자 123-45-67890',
    '법인등록번호 110111-1234567',
    '2026-11-22 1234567',
    '261122 3,500,000원',
    '261122 3500000원',
    '계좌 1-900101-1234567-2',
    '12900101-1234567',
    '900101-12345678',
    '900101\t1234567',
    '900101\n1234567',
    '관리번호 2026-031',
  ]) {
    expect([other, masked(other)]).toEqual([other, other])
  }
})

test('[RN6] a cell that lost its zeros is one when its check digit fits', () => {
  // 2·0 + 3·1 + 4·0 + 5·1 + 6·0 + 7·1 + 8·3 + 9·1 + 2·2 + 3·3 + 4·4 + 5·5 = 102; 11 − 102 mod 11 = 8
  expect(residentNumberIn('101013123458')).toEqual({ text: '010101-3******', masked: 1 })
  expect(residentNumberIn('101013123457')).toEqual({ text: '101013123457', masked: 0 })
  expect(residentNumberIn('01012345678').masked).toBe(0)
  expect(residentNumberIn('900101-1234567').text).toBe('900101-1******')
})
