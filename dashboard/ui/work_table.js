const MARKS = { same_day: "! ", within_2_weeks: "\u25F7 ", routine: "" }
const BANDS = { overdue: "\u25B2 ", due_soon: "\u25D4 ", within: "\u25CB ", unknown: "? ", signed: "\u2713 " }

function cell(row, text, kind) {
  const made = document.createElement("td")
  made.textContent = text
  if (kind) made.className = kind
  row.appendChild(made)
  return made
}

function small(parent, text) {
  if (!text) return null
  const made = document.createElement("span")
  made.className = "small"
  made.textContent = text
  parent.appendChild(made)
  return made
}

function tag(parent, kind, text) {
  const made = document.createElement("span")
  made.className = "tag " + kind
  made.textContent = text
  parent.appendChild(made)
}

function line(item) {
  const row = document.createElement("tr")
  row.dataset.record = item.record
  tag(cell(row, ""), item.urgency, MARKS[item.urgency] + item.urgency_label)
  const opener = document.createElement("button")
  opener.type = "button"
  opener.textContent = item.record
  opener.tabIndex = -1
  opener.setAttribute("aria-label", "Open record " + item.record)
  const named = cell(row, "")
  named.appendChild(opener)
  small(named, item.who)
  small(cell(row, item.leading), item.level)
  small(cell(row, item.why), item.state)
  small(cell(row, item.waiting, "number"), item.since)
  const due = cell(row, "", "due")
  tag(due, "band " + item.band, BANDS[item.band] + item.band_label)
  const day = small(due, item.due)
  if (day && item.past) {
    const past = document.createElement("span")
    past.className = "past"
    past.textContent = item.past
    day.appendChild(past)
  }
  cell(row, item.tests, "number")
  return row
}

// Where the list was scrolled to, for the reader who comes back to it from a record.
function restore(list, page) {
  const kept = window.worklistScroll
  const main = document.querySelector('[data-testid="stMain"]')
  if (kept && kept.page === page) {
    list.scrollTop = kept.list
    if (main) main.scrollTop = kept.main
  }
  const note = () => {
    window.worklistScroll = { page, list: list.scrollTop, main: main ? main.scrollTop : 0 }
  }
  list.onscroll = note
  return note
}

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component
  const list = parentElement.querySelector("#list")
  const body = parentElement.querySelector("tbody")
  const held = body.contains(body.getRootNode().activeElement)
  parentElement.querySelector("caption").textContent = data.caption
  const drawn = JSON.stringify(data.items)
  if (body.dataset.drawn !== drawn) {
    body.replaceChildren(...data.items.map(line))
    body.dataset.drawn = drawn
  }
  const rows = [...body.rows]
  const choose = (row, focus) => {
    for (const other of rows) {
      other.tabIndex = other === row ? 0 : -1
      other.setAttribute("aria-selected", other === row ? "true" : "false")
    }
    if (focus) row.focus({ preventScroll: true })
    row.scrollIntoView({ block: "nearest" })
  }
  const back = data.visits > 0 && body.dataset.visits !== String(data.visits)
  const page = data.caption
  const turned = body.dataset.page && body.dataset.page !== page
  if (turned) list.scrollTop = 0
  const note = body.dataset.page === page && !back ? list.onscroll : restore(list, page)
  body.dataset.page = page
  body.dataset.visits = data.visits
  const chosen = rows.find((row) => row.dataset.record === data.selected) || rows[0]
  const mine = body.pending && performance.now() - body.pending < 400
  if (chosen && !mine) choose(chosen, held || back)
  const tell = (row) => {
    clearTimeout(body.waiting)
    body.pending = performance.now()
    const moved = { record: row.dataset.record, at: Math.round(body.pending) }
    body.waiting = setTimeout(() => {
      body.pending = 0
      setStateValue("selected", moved)
    }, 120)
  }
  const open = (row) => {
    clearTimeout(body.waiting)
    note()
    setTriggerValue("opened", row.dataset.record)
  }
  body.onclick = (event) => {
    const row = event.target.closest("tr")
    if (!row) return
    if (event.target.closest("button")) return open(row)
    choose(row, true)
    tell(row)
  }
  body.ondblclick = (event) => {
    const row = event.target.closest("tr")
    if (row) open(row)
  }
  body.onkeydown = (event) => {
    const row = event.target.closest("tr")
    const place = rows.indexOf(row)
    const moves = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1 }
    if (event.key === "Enter") {
      event.preventDefault()
      open(row)
    } else if (event.key in moves && rows[moves[event.key]]) {
      event.preventDefault()
      choose(rows[moves[event.key]], true)
      tell(rows[moves[event.key]])
    }
  }
}
