// Streamlit's own shortcuts lose what is pressed while a page is being drawn, and for a moment after.
// Here such keys wait in their order until the drawing has ended; then the button that shows the key
// is pressed.

const LATEST = 4000 // milliseconds until a key whose run is not seen to start lets the next through
const GRACE = 1500 // milliseconds of rest in which the page that a key is meant for may still come
const STATE = "data-test-script-state"
const HERE = ".st-key-held_keys" // this component itself: a page that has shortcuts

function drawing() {
  const app = document.querySelector("[" + STATE + "]")
  return Boolean(app) && app.getAttribute(STATE) !== "notRunning"
}

function typing(event) {
  const at = event.composedPath()[0]
  return at.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName)
}

function button(key) {
  const hint = document.querySelector('[aria-label="Shortcut ' + key + '"]')
  const found = hint && hint.closest("button")
  return found && !found.disabled ? found : null
}

function install(keys) {
  const waiting = []
  let since = -LATEST // when a key went through whose run has not been seen to start
  const busy = () => drawing() || performance.now() - since < LATEST
  let rested = performance.now() // when the last drawing was seen to begin or to end
  const coming = () => performance.now() - rested < GRACE
  const next = () => {
    if (!waiting.length || busy()) return
    const found = button(keys[waiting[0]])
    if (!found && coming()) return
    waiting.shift()
    if (!found) return
    since = performance.now()
    found.click()
  }
  const hear = (event) => {
    const plain = !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey)
    if (event.key === "Enter" && event.composedPath()[0].dataset.record) since = performance.now()
    if (!plain || !(event.key in keys) || typing(event)) return
    const late = coming() && document.querySelector(HERE)
    if (!(busy() || late || waiting.length || button(keys[event.key]))) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.repeat) return
    waiting.push(event.key)
    next()
  }
  const seen = () => {
    since = -LATEST
    rested = performance.now()
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
