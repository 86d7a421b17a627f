const DARK = "#12181C"
const LIGHT = "#FFFFFF"

function luminance(colour) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
  const [r, g, b] = parts.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function readable(background) {
  const light = luminance(background)
  return 1.05 / (light + 0.05) > (light + 0.05) / (luminance(DARK) + 0.05) ? LIGHT : DARK
}

// The theme's ten blues from few to many, without the one on which no text is readable.
function steps(place) {
  const said = getComputedStyle(place).getPropertyValue("--st-chart-sequential-colors")
  return said.split(",").map((one) => one.trim()).filter((one) => one.toUpperCase() !== "#4583BE")
}

function made(kind, text, className) {
  const element = document.createElement(kind)
  if (text) element.textContent = text
  if (className) element.className = className
  return element
}

function head(data) {
  const row = made("tr")
  const corner = made("th", data.corner, "corner")
  corner.scope = "col"
  row.appendChild(corner)
  for (const column of data.columns) {
    const cell = made("th", column.label)
    cell.scope = "col"
    cell.title = column.full
    cell.appendChild(made("span", column.n, "n"))
    row.appendChild(cell)
  }
  return row
}

// A figure; one that can be opened is a button.
function figure(cell) {
  const place = made(cell.id ? "button" : "div", "", cell.plain ? "cell plain" : "cell")
  place.dataset.step = cell.step
  place.title = cell.name
  place.appendChild(made("span", cell.text, "figure"))
  if (cell.of) place.appendChild(made("span", cell.of, "of"))
  if (!cell.id) return place
  place.type = "button"
  place.tabIndex = -1
  place.dataset.cell = cell.id
  place.setAttribute("aria-label", cell.name)
  return place
}

function line(item) {
  const row = made("tr")
  const name = made("th", item.label)
  name.scope = "row"
  row.appendChild(name)
  for (const cell of item.cells) row.appendChild(made("td")).appendChild(figure(cell))
  return row
}

// One body for each clinical group, so that groups stand a little apart.
function bodies(rows) {
  const parts = []
  let group = null
  for (const item of rows) {
    if (item.group !== group) parts.push(made("tbody"))
    group = item.group
    parts[parts.length - 1].appendChild(line(item))
  }
  return parts
}

function paint(table, colours) {
  const shades = colours.length ? colours : steps(table)
  for (const cell of table.querySelectorAll(".cell")) {
    const shade = shades[cell.dataset.step]
    cell.style.backgroundColor = shade || ""
    cell.style.color = shade ? readable(shade) : ""
  }
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

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const table = parentElement.querySelector("table")
  const active = table.getRootNode().activeElement
  const held = active && table.contains(active) ? active.dataset.cell : null
  const drawn = JSON.stringify([data.columns, data.rows])
  table.querySelector("caption").textContent = data.caption
  table.style.setProperty("--columns", data.columns.length)
  if (table.dataset.drawn !== drawn) {
    table.querySelector("thead").replaceChildren(head(data))
    for (const body of [...table.tBodies]) body.remove()
    table.append(...bodies(data.rows))
    table.dataset.drawn = drawn
  }
  paint(table, data.colours)
  const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("button")])
  const cells = rows.flat()
  const frame = table.parentElement
  if (!cells.length) {  // keys can still scroll it
    frame.tabIndex = 0
    frame.setAttribute("role", "region")
    frame.setAttribute("aria-label", data.caption)
    return
  }
  const stand = (cell) => {
    for (const other of cells) other.tabIndex = other === cell ? 0 : -1
  }
  for (const cell of cells) {
    cell.setAttribute("aria-pressed", cell.dataset.cell === data.selected ? "true" : "false")
  }
  const named = (id) => cells.find((cell) => cell.dataset.cell === id)
  stand(named(held) || named(data.selected) || cells[0])
  if (held && named(held)) named(held).focus({ preventScroll: true })
  table.onclick = (event) => {
    const cell = event.target.closest("button")
    if (!cell) return
    stand(cell)
    cell.focus({ preventScroll: true })
    setTriggerValue("opened", cell.dataset.cell)
  }
  table.onkeydown = (event) => {
    const row = rows.findIndex((some) => some.includes(event.target))
    const place = row < 0 ? null : target(event.key, row, rows[row].indexOf(event.target), rows)
    if (!place) return
    event.preventDefault()
    const cell = rows[place[0]][place[1]]
    stand(cell)
    cell.focus()
  }
}
