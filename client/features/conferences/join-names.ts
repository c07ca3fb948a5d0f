/** Names in a row, as both languages write them here: `생연1동·무한돌봄팀·천사운동본부`. */
export function joinNames(names: readonly string[]): string {
  return names.join('·')
}
