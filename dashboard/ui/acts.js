// Hears what the reader does in the parts of the page that are plain HTML: a button or a link with
// data-act, a box with data-act. Each act goes to the server with a number that only grows; it is
// sent again with the next one until the server says that it was heard, so that none is lost.

const TYPING = 700 // milliseconds after an arrow key in a box until its choice counts as made
const PATIENCE = 3000
const MOVES = ["edit", "done", "not_needed"] // what is answered with another place for the focus

function start() {
  const held = { pending: [], last: 0, at: "", until: 0, send: () => {} }
  const opened = new Set()
  let waiting = null

  const tell = (place, value) => {
    held.last = Math.max(held.last + 1, Date.now())
    const box = place.closest("[data-record]")
    const { act, about } = place.dataset
    const record = box ? box.dataset.record : ""
    held.pending.push({ number: held.last, record, do: act, about, value })
    held.at = place.id
    held.until = Date.now() + PATIENCE
    if (MOVES.includes(value || act) && window.focusMoves) window.focusMoves.expect(held.last)
    held.send()
  }
  const flush = () => {
    if (!waiting) return false
    const { place, timer } = waiting
    clearTimeout(timer)
    waiting = null
    if (place.isConnected) tell(place, place.value)
    return place.isConnected
  }
  held.flush = flush

  document.addEventListener("click", (event) => {
    const place = event.target.closest && event.target.closest("button[data-act], a[data-act]")
    if (!place) return
    event.preventDefault()
    tell(place, "")
  }, true)
  document.addEventListener("keydown", (event) => {
    const place = event.target
    const ends = event.ctrlKey || event.key === "Enter" || event.key === "Tab"
    if (ends && flush() && event.key === "Enter") event.preventDefault() // would open the list again
    if (place.matches && place.matches("select[data-act]")) {
      place.keyed = event.key.startsWith("Arrow") || event.key.length === 1
    }
  }, true)
  document.addEventListener("pointerdown", (event) => {
    flush()
    const place = event.target
    if (place.matches && place.matches("select[data-act]")) place.keyed = false
  }, true)
  document.addEventListener("change", (event) => {
    const place = event.target
    if (!(place.matches && place.matches("select[data-act]"))) return
    if (waiting && waiting.place !== place) flush()
    if (waiting) clearTimeout(waiting.timer)
    waiting = { place, timer: setTimeout(flush, place.keyed ? TYPING : 0) }
  }, true)
  document.addEventListener("toggle", (event) => {
    const place = event.target
    if (!place.id || !place.closest(".sheet")) return
    if (place.open) opened.add(place.id)
    else opened.delete(place.id)
  }, true)
  // What is drawn anew is as it was before it is seen: laid open where it was, and with its focus.
  new MutationObserver((changes) => {
    const anew = (node) =>
      node.nodeType === 1 && (node.classList.contains("sheet") || node.querySelector(".sheet"))
    if (!changes.some((change) => [...change.addedNodes].some(anew))) return
    for (const id of opened) {
      const place = document.getElementById(id)
      if (place) place.open = true
    }
    refocus(held)
  }).observe(document.body, { childList: true, subtree: true })
  return held
}

// What a box shows is what stands: a choice that was refused goes back.
function settle() {
  for (const box of document.querySelectorAll("select[data-act]")) {
    for (const option of box.options) if (option.defaultSelected) box.value = option.value
  }
}

// A line that was drawn anew has its focus again, unless the reader has gone on.
function refocus(held) {
  if (!held.at || Date.now() > held.until) return
  const lost = !document.activeElement || document.activeElement === document.body
  const place = lost && document.getElementById(held.at)
  if (place) place.focus({ preventScroll: true })
}

export default function (component) {
  const { data, setTriggerValue } = component
  const held = window.recordActs || (window.recordActs = start())
  held.pending = held.pending.filter((one) => one.number > data.heard)
  held.send = () => setTriggerValue("act", held.pending.slice(-20))
  if (held.tick !== data.heard) {
    held.tick = data.heard
    if (!held.pending.length) settle()
  }
}
