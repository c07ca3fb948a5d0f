/*
 * A browser that can't run Dure gets words instead of an empty page. Plain ES5 on purpose: it must run where the rest does not. `Error.cause`,
 * `Object.hasOwn` and `at` came with ES2022, together with the syntax that we use; trying that syntax itself would need `eval`.
 */
// biome-ignore lint/complexity/useArrowFunction: an arrow function is what the old browsers cannot read
;(function () {
  var hasErrorCause = false
  try {
    hasErrorCause = 'cause' in new Error('', { cause: 1 })
  } catch (_error) {
    hasErrorCause = false
  }
  var modern =
    'noModule' in document.createElement('script') &&
    typeof WebSocket === 'function' &&
    typeof Object.hasOwn === 'function' &&
    typeof Array.prototype.at === 'function' &&
    hasErrorCause
  if (modern) return
  document.body.innerHTML =
    '<div id="root" hidden></div><main class="page page-narrow stack">' +
    '<h1 class="page-title">이 브라우저에서는 두레를 열 수 없습니다</h1>' +
    '<p>브라우저가 오래되어 함께 쓰는 화면이 동작하지 않습니다. 저장된 회의 내용은 그대로 있습니다.</p>' +
    '<p><strong>마이크로소프트 엣지, 크롬, 네이버 웨일의 최신 버전</strong>으로 같은 주소를 열어 주세요. 기관 PC라 설치할 수 없으면 전산 담당자에게 문의해 주세요.</p>' +
    '<hr><h2 lang="en">This browser is too old for Dure</h2>' +
    '<p lang="en">What was saved is safe. Please open the same address in a current Microsoft Edge, Chrome or Naver Whale.</p></main>'
})()
