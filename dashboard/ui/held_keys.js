// Streamlit's own shortcuts lose what is pressed while a page is being drawn. Here such keys wait in
// their order until the drawing has ended; then the button that shows the key is pressed.

const LATEST = 600 // milliseconds until a key that started no run lets the next one through
const STATE = "data-test-script-state"

function drawing() {
  const app = document.querySelector("[" + STATE + "]")
  return Boolean(app) && app.getAttribute(STATE) !== "notRunning"
}

function typing(event) {
  const at = event.composedPath()[0]
  return at.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName)
}

function press(key) {
  const hint = document.querySelector('[aria-label="Shortcut ' + key + '"]')
  const button = hint && hint.closest("button")
  if (button) button.click()
}

function install(keys) {
  const waiting = []
  let since = -LATEST // when a key went through whose run has not been seen to start
  const busy = () => drawing() || performance.now() - since < LATEST
  const next = () => {
    if (!waiting.length || busy()) return
    since = performance.now()
    press(keys[waiting.shift()])
  }
  const hear = (event) => {
    const plain = !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey)
    if (!plain || !(event.key in keys) || typing(event)) return
    if (busy() || waiting.length) {
      event.preventDefault()
      event.stopImmediatePropagation()
      if (!event.repeat) waiting.push(event.key)
    } else if (document.querySelector('[aria-label="Shortcut ' + keys[event.key] + '"]')) {
      since = performance.now()
    }
  }
  const seen = () => {
    since = -LATEST
    setTimeout(next, 0)
  }
  const changes = { attributes: true, attributeFilter: [STATE], subtree: true }
  new MutationObserver(seen).observe(document.body, changes)
  window.addEventListener("keydown", hear, true)
  setInterval(next, 100)
}

export default function (component) {
  if (window.heldKeys) return // once for each tab
  window.heldKeys = true
  install(component.data)
}
