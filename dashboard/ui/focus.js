// Moves the keyboard's focus to a widget, by its key: when the page asks for it, when a link of the
// page such as #at-note_A1 is followed, and by Ctrl+Down to the next thing that is missing. What is
// typed while a move is under way waits for it, so that no word lands in the box that was left.

const PLACES = 'a[href^="#at-"], input, textarea, button'
const NEXT = ".st-key-next_missing button"
const STATE = "data-test-script-state"
const PATIENCE = 3000
const LATE = 400 // milliseconds after the end of a drawing that did not reach this script

const moving = {
  places: [], // where something is missing, in the order of the page
  last: "", // where the focus was last moved to
  underWay: 0, // how many moves have not arrived yet
  next: false, // the next missing thing was asked for while the page was being drawn
  act: 0, // the number of an act that the server may answer with a move
  until: 0, // until when either is waited for
  typed: [], // what was typed meanwhile
  move,
  expect,
  told,
}

function spot(key) {
  const plain = document.querySelector('[data-spot="' + CSS.escape(key) + '"]')
  if (plain) return plain.disabled ? null : plain
  const box = document.querySelector(".st-key-" + CSS.escape(key.replace(/[^a-zA-Z0-9_-]/g, "-")))
  if (!box) return null
  const found = [...box.querySelectorAll(PLACES)].filter((one) => !one.disabled)
  return found.find((one) => one.checked) || found[0] || message(box)
}

// A message without a way on from it is a place to go to as well.
function message(box) {
  const found = box.querySelector('[role="alert"]')
  if (found) found.tabIndex = -1
  return found
}

function go(key, until) {
  const place = spot(key)
  if (place) {
    for (let at = place.closest("details"); at; at = at.parentElement.closest("details")) at.open = true
    place.scrollIntoView({ block: "center", behavior: "instant" })
    place.focus({ preventScroll: true })
  } else if (Date.now() < until) {
    setTimeout(() => go(key, until), 40)
    return
  }
  moving.underWay -= 1
  typeOn(place)
}

function move(key) {
  moving.last = key
  moving.next = false
  moving.act = 0
  moving.underWay += 1
  go(key, Date.now() + PATIENCE)
}

function drawing() {
  const app = document.querySelector("[" + STATE + "]")
  return Boolean(app) && app.getAttribute(STATE) !== "notRunning"
}

// The server was told what it may answer with another place for the focus.
function expect(act) {
  moving.act = act
  moving.until = Date.now() + PATIENCE
}

// What is missing is known once the page was drawn with all that was told before.
function toNext() {
  const flushed = window.recordActs && window.recordActs.flush()
  moving.next = true
  moving.until = Date.now() + PATIENCE
  if (!flushed && !drawing()) goNext()
}

function goNext() {
  if (!moving.next || moving.act) return
  const { places, last } = moving
  const here = places.find((key) => spot(key) === document.activeElement)
  if (places.length) move(places[(places.indexOf(here || last) + 1) % places.length])
  else letGo()
}

// The page was drawn: with these places, after this act was heard, and with a move or without one.
function told(places, heard, target) {
  moving.places = places
  if (heard >= moving.act) moving.act = 0
  if (target) move(target)
  else if (moving.next) goNext()
  else if (!moving.underWay && !moving.act) letGo()
}

function drawn() {
  if (!drawing()) setTimeout(() => drawing() || goNext(), LATE)
}

function letGo() {
  moving.next = false
  moving.act = 0
  moving.typed = []
}

function waits() {
  if (Date.now() > moving.until && !moving.underWay) letGo()
  return moving.underWay > 0 || moving.next || moving.act > 0
}

// Only letters are typed on; a key that presses or sends something is not pressed a second time.
function typeOn(place) {
  if (waits()) return
  const typed = moving.typed.splice(0).join("")
  if (!place || !typed) return
  if (place.matches("textarea, input:not([type=checkbox], [type=radio])")) {
    document.execCommand("insertText", false, typed)
  } else if (place.matches("select")) {
    const named = (one) => one.text.toLowerCase().startsWith(typed.toLowerCase())
    const found = [...place.options].find(named)
    if (!found || found.selected) return
    place.value = found.value
    place.keyed = true
    place.dispatchEvent(new Event("change", { bubbles: true }))
  }
}

function hear(event) {
  const { key } = event
  if (event.ctrlKey && key === "ArrowDown" && document.querySelector(NEXT)) {
    stop(event)
    if (!event.repeat) toNext()
  } else if (!(event.ctrlKey || event.altKey || event.metaKey) && waits()) {
    stop(event)
    if (key === "Backspace") moving.typed.pop()
    else if (key.length === 1) moving.typed.push(key)
  }
}

function stop(event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}

function follow(event) {
  const pressed = event.target.closest && event.target.closest(NEXT)
  const link = event.target.closest && event.target.closest('a[href^="#at-"]')
  if (pressed) {
    stop(event)
    toNext()
  } else if (link) {
    event.preventDefault()
    move(decodeURIComponent(link.getAttribute("href").slice(4)))
  }
}

function install() {
  window.focusMoves = moving // once for each tab, whatever is drawn anew
  document.addEventListener("click", follow, true)
  window.addEventListener("keydown", hear, true)
  const changes = { attributes: true, attributeFilter: [STATE], subtree: true }
  new MutationObserver(drawn).observe(document.body, changes)
}

export default function (component) {
  const { tick, target, places, heard } = component.data
  if (!window.focusMoves) install()
  const held = window.focusMoves
  const asked = held.tick !== tick ? target : ""
  held.tick = tick
  held.told(places, heard, asked)
}
