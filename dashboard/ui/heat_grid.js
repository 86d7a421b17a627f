// What was drawn last is kept beside each part, so that new figures change the cells that differ and
// nothing else: drawing all 260 of them anew takes the browser longer than the server takes to count.

const text = new TextDecoder()

function made(kind, className) {
  const element = document.createElement(kind)
  if (className) element.className = className
  return element
}

function named(kind, scope, label) {
  const element = made(kind)
  element.scope = scope
  element.textContent = label
  return element
}

function head(table, corner, columns) {
  const drawn = JSON.stringify([corner, columns])
  if (table.drawnHead === drawn) return
  table.drawnHead = drawn
  const row = made("tr")
  const first = named("th", "col", corner)
  first.className = "corner"
  row.append(first)
  for (const [label, full, n] of columns) {
    const cell = named("th", "col", label)
    cell.title = full
    const count = made("span", "n")
    count.textContent = n
    cell.append(count)
    row.append(cell)
  }
  table.tHead.replaceChildren(row)
  table.style.setProperty("--columns", columns.length)
  table.classList.toggle("single", columns.length === 1)
}

// The place of a figure; one that can be opened is a button.
function place(box, opens) {
  const element = made(opens ? "button" : "div", "cell")
  element.append(made("span", "figure"), " ", made("span", "of"))
  if (opens) {
    element.type = "button"
    element.tabIndex = -1
  }
  box.replaceChildren(element)
  return element
}

function figure(box, cell) {
  const before = box.drawn
  if (before && before.every((part, at) => part === cell[at])) return
  const [id, says, of, step, name] = cell
  const kept = before && Boolean(before[0]) === Boolean(id)
  const element = kept ? box.firstChild : place(box, Boolean(id))
  element.classList.toggle("plain", step < 0)
  element.dataset.step = step
  element.title = name
  element.firstChild.textContent = says
  element.lastChild.textContent = of
  if (id) {
    element.dataset.cell = id
    element.setAttribute("aria-label", name)
  }
  box.drawn = cell
}

function fill(row, cells) {
  while (row.cells.length > cells.length + 1) row.lastChild.remove()
  while (row.cells.length < cells.length + 1) row.append(made("td"))
  cells.forEach((cell, at) => figure(row.cells[at + 1], cell))
}

function started(label) {
  const row = made("tr")
  row.append(named("th", "row", label))
  return row
}

// One body for each clinical group, so that groups stand a little apart. A line that was there
// before is moved where it stands elsewhere now.
function lines(table, rows) {
  const drawn = JSON.stringify(rows.map(([label, group]) => [label, group]))
  if (table.drawnLines !== drawn) {
    table.drawnLines = drawn
    const before = new Map([...table.querySelectorAll("tbody tr")].map((row) => [row.firstChild.textContent, row]))
    const bodies = []
    rows.forEach(([label, group], at) => {
      if (!at || group !== rows[at - 1][1]) bodies.push(made("tbody"))
      bodies[bodies.length - 1].append(before.get(label) || started(label))
      before.delete(label)
    })
    for (const body of [...table.tBodies]) body.remove()
    table.append(...bodies)
  }
  const places = [...table.querySelectorAll("tbody tr")]
  places.forEach((row, at) => fill(row, rows[at][2]))
  return places.map((row) => [...row.querySelectorAll("button")])
}

function target(key, row, column, rows) {
  const last = rows[row].length - 1
  switch (key) {
    case "ArrowRight": return [row, Math.min(column + 1, last)]
    case "ArrowLeft": return [row, Math.max(column - 1, 0)]
    case "ArrowDown": return [Math.min(row + 1, rows.length - 1), column]
    case "ArrowUp": return [Math.max(row - 1, 0), column]
    case "Home": return [row, 0]
    case "End": return [row, last]
    default: return null
  }
}

// Keys can still scroll a table in which nothing opens.
function scrolled(frame, caption) {
  frame.tabIndex = 0
  frame.setAttribute("role", "region")
  frame.setAttribute("aria-label", caption)
}

function listen(table, rows, stand, opened) {
  table.onclick = (event) => {
    const cell = event.target.closest("button")
    if (!cell) return
    stand(cell)
    cell.focus({ preventScroll: true })
    opened(cell.dataset.cell)
  }
  table.onkeydown = (event) => {
    const row = rows.findIndex((some) => some.includes(event.target))
    const to = row < 0 ? null : target(event.key, row, rows[row].indexOf(event.target), rows)
    if (!to) return
    event.preventDefault()
    const cell = rows[to[0]][to[1]]
    stand(cell)
    cell.focus()
  }
}

export default function (component) {
  const { parentElement, setTriggerValue } = component
  const data = JSON.parse(text.decode(component.data))
  const table = parentElement.querySelector("table")
  const active = table.getRootNode().activeElement
  const held = active && table.contains(active) ? active.dataset.cell : null
  table.caption.textContent = data.caption
  table.parentElement.classList.toggle("missing", data.missing)
  head(table, data.corner, data.columns)
  const rows = lines(table, data.rows)
  const cells = rows.flat()
  if (!cells.length) return scrolled(table.parentElement, data.caption)
  const stand = (cell) => {
    for (const other of cells) {
      const stop = other === cell ? 0 : -1
      if (other.tabIndex !== stop) other.tabIndex = stop
    }
  }
  for (const cell of cells) {
    const pressed = String(cell.dataset.cell === data.selected)
    if (cell.ariaPressed !== pressed) cell.ariaPressed = pressed
  }
  const called = (id) => id && cells.find((cell) => cell.dataset.cell === id)
  stand(called(held) || called(data.selected) || cells[0])
  const again = called(held)  // a line that moved has lost the focus
  if (again && table.getRootNode().activeElement !== again) again.focus({ preventScroll: true })
  listen(table, rows, stand, (id) => setTriggerValue("opened", id))
}
