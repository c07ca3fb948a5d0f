/** Words of what happened while one was away. */
export const sinceKo = {
  title: '{{time}} 이후 달라진 것',
  first: '오기 전에 다룬 안건',
  close: '달라진 것 닫기',
  decisions: { added: '결정 {{count}}건 새로', changed: '결정 {{count}}건 바뀜', removed: '결정 {{count}}건 삭제' },
  actions: {
    added: '조치사항 {{count}}건 새로',
    changed: '조치사항 {{count}}건 바뀜',
    removed: '조치사항 {{count}}건 삭제',
  },
  opinions: '의견 {{agencies}}',
  discussion: '논의 이어짐',
  presentation: '사례 개요 바뀜',
}
