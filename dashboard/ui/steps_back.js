// One act of the reader is at most one step of the browser's way back. Streamlit writes the address
// of a page that is left before it names the next one, and again for widgets that come and go; each
// of these would be a step to a page that nobody has seen.

function install() {
  let acted = false
  const push = window.history.pushState
  const replace = window.history.replaceState
  const hear = () => { acted = true }
  const rest = () => { acted = false }
  window.addEventListener("click", hear, true)
  window.addEventListener("keydown", hear, true)
  window.addEventListener("popstate", rest, true)
  window.history.replaceState = (...parts) => {
    rest()
    replace.apply(window.history, parts)
  }
  window.history.pushState = (...parts) => {
    const step = acted ? push : replace
    rest()
    step.apply(window.history, parts)
  }
}

export default function () {
  if (window.stepsBack) return // once for each tab
  window.stepsBack = true
  install()
}
