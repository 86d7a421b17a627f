// Moves the keyboard's focus to a widget, by its key: when the page asks for it, and when a link
// of the page such as #at-note_A1 is followed.

const PLACES = 'a[href^="#at-"], input, textarea, button'
const PATIENCE = 3000

function spot(key) {
  const plain = document.querySelector('[data-spot="' + CSS.escape(key) + '"]')
  if (plain) return plain.disabled ? null : plain
  const box = document.querySelector(".st-key-" + CSS.escape(key.replace(/[^a-zA-Z0-9_-]/g, "-")))
  if (!box) return null
  const found = [...box.querySelectorAll(PLACES)].filter((one) => !one.disabled)
  return found.find((one) => one.checked) || found[0] || null
}

function go(key, until) {
  const place = spot(key)
  if (place) {
    for (let at = place.closest("details"); at; at = at.parentElement.closest("details")) at.open = true
    place.scrollIntoView({ block: "center", behavior: "instant" })
    place.focus({ preventScroll: true })
  } else if (Date.now() < until) {
    setTimeout(() => go(key, until), 40)
  }
}

function follow(event) {
  const link = event.target.closest && event.target.closest('a[href^="#at-"]')
  if (!link) return
  event.preventDefault()
  go(decodeURIComponent(link.getAttribute("href").slice(4)), Date.now() + PATIENCE)
}

export default function (component) {
  const { tick, target } = component.data
  if (!window.focusLinks) {
    window.focusLinks = true
    document.addEventListener("click", follow, true)
  }
  if (target && window.focusTick !== tick) {
    window.focusTick = tick
    setTimeout(() => go(target, Date.now() + PATIENCE), 30)
  }
}
