const MARKS = { same_day: "! ", within_2_weeks: "\u25F7 ", routine: "" }

function cell(row, text, kind) {
  const made = document.createElement("td")
  made.textContent = text
  if (kind) made.className = kind
  row.appendChild(made)
  return made
}

function small(parent, text) {
  const made = document.createElement("span")
  made.className = "small"
  made.textContent = text
  parent.appendChild(made)
}

function line(item, selected) {
  const row = document.createElement("tr")
  row.dataset.record = item.record
  row.tabIndex = selected ? 0 : -1
  row.setAttribute("aria-selected", selected ? "true" : "false")
  const tag = document.createElement("span")
  tag.className = "tag " + item.urgency
  tag.textContent = MARKS[item.urgency] + item.urgency_label
  cell(row, "").appendChild(tag)
  const opener = document.createElement("button")
  opener.type = "button"
  opener.textContent = item.record
  opener.tabIndex = -1
  opener.setAttribute("aria-label", "Open record " + item.record)
  const named = cell(row, "")
  named.appendChild(opener)
  small(named, item.who)
  small(cell(row, item.leading), item.level)
  cell(row, item.why)
  small(cell(row, item.waiting, "number"), item.received)
  cell(row, item.tests, "number")
  return row
}

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component
  const body = parentElement.querySelector("tbody")
  const root = body.getRootNode()
  const held = root.activeElement && body.contains(root.activeElement)
  parentElement.querySelector("caption").textContent = data.caption
  const drawn = JSON.stringify(data.items)
  if (body.dataset.drawn !== drawn) {
    body.replaceChildren(...data.items.map((item) => line(item, false)))
    body.dataset.drawn = drawn
  }
  const rows = [...body.rows]
  const choose = (row, focus) => {
    for (const other of rows) {
      other.tabIndex = other === row ? 0 : -1
      other.setAttribute("aria-selected", other === row ? "true" : "false")
    }
    if (focus) row.focus({ preventScroll: false })
  }
  const chosen = rows.find((row) => row.dataset.record === data.selected) || rows[0]
  if (chosen) choose(chosen, held)
  const tell = (row) => {
    clearTimeout(body.waiting)
    body.waiting = setTimeout(() => setStateValue("selected", row.dataset.record), 120)
  }
  body.onclick = (event) => {
    const row = event.target.closest("tr")
    if (!row) return
    if (event.target.closest("button")) return setTriggerValue("opened", row.dataset.record)
    choose(row, true)
    tell(row)
  }
  body.ondblclick = (event) => {
    const row = event.target.closest("tr")
    if (row) setTriggerValue("opened", row.dataset.record)
  }
  body.onkeydown = (event) => {
    const row = event.target.closest("tr")
    const place = rows.indexOf(row)
    const moves = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1 }
    if (event.key === "Enter") {
      event.preventDefault()
      setTriggerValue("opened", row.dataset.record)
    } else if (event.key in moves && rows[moves[event.key]]) {
      event.preventDefault()
      choose(rows[moves[event.key]], true)
      tell(rows[moves[event.key]])
    }
  }
}
