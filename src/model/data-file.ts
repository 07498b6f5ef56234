/** Data as people keep them: a list `1,0,1`, named lists `t=1,2; d=0,1`, CSV with a header, JSON. Text only, no file access. */
import { type Data, DataError } from './data.ts'
import type { Model } from './model.ts'

const numeral = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/

const numberIn = (cell: string, column: string, row: number): number => {
  const text = cell.trim()
  if (numeral.test(text)) return Number(text)
  throw new DataError(text === '' ? `row ${row} of "${column}" is empty` : `row ${row} of "${column}" is "${text}", no number`, {
    column,
    row,
    value: text,
  })
}

/** The name of the only observed part, for data that name no column. */
const onlyColumn = (model: Model): string => {
  const names = model.samples.flatMap(s => [...s.variables, ...s.covariates].map(v => v.name))
  if (names.length === 1 && names[0] !== undefined) return names[0]
  const all = [...names, ...(model.likelihood?.data ?? []).filter(d => d.value === undefined).map(d => d.name)]
  if (all.length === 1 && all[0] !== undefined) return all[0]
  throw new DataError(`the data name no column, and the model has ${all.join(', ')}`)
}

/** `1, 0, 1` or `1 0 1`. */
const listOf = (text: string, column: string): readonly number[] => {
  const cells = text.includes(',') || text.includes(';') ? text.replace(/[,;]\s*$/, '').split(/[,;]/) : text.trim().split(/\s+/)
  if (text.trim() === '') throw new DataError(`the sample "${column}" is empty`, { column })
  return cells.map((c, i) => numberIn(c, column, i + 1))
}

/** The cells of one line; quotes may hold the separator. */
const cellsOf = (line: string, separator: string): readonly string[] => {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const c = line[i]
    if (c === '"') {
      if (quoted && line[i + 1] === '"') {
        cell += '"'
        i++
      } else quoted = !quoted
    } else if (c === separator && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += c
  }
  return [...cells, cell]
}

const readCsv = (text: string, model: Model): Data => {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(l => l.line.trim() !== '')
  const first = lines[0]?.line ?? ''
  if (!/^\s*["\p{L}]/u.test(first)) {
    const one = onlyColumn(model)
    if (lines.length > 1 && lines.some(l => /[,;\t]/.test(l.line.trim().replace(/[,;]$/, ''))))
      throw new DataError('the data have several columns and no header with their names', { row: 1, value: first })
    return { [one]: lines.length > 1 ? lines.map((l, i) => numberIn(l.line.replace(/[,;]\s*$/, ''), one, i + 1)) : listOf(first, one) }
  }
  const separator = [',', ';', '\t'].find(s => first.includes(s)) ?? ','
  const names = cellsOf(first, separator).map(c => c.trim())
  const ragged = model.samples.length > 1
  if (lines.length === 1) throw new DataError('the data have a header and no rows', { value: first })
  const columns = names.map((): number[] => [])
  const twice = names.find((c, i) => names.indexOf(c) !== i)
  if (twice !== undefined) throw new DataError(`two columns are called "${twice}"`, { column: twice })
  lines.slice(1).forEach((l, i) => {
    const cells = cellsOf(l.line, separator)
    if (cells.length !== names.length)
      throw new DataError(`row ${i + 1} (line ${l.number}) has ${cells.length} cells, and the header has ${names.length}`, {
        row: i + 1,
        value: l.line.trim().slice(0, 60),
      })
    for (const [k, c] of cells.entries()) {
      const values = columns[k] as number[]
      // a sample that is shorter than the others leaves its last cells empty
      if (ragged && c.trim() === '') continue
      if (ragged && values.length < i)
        throw new DataError(`row ${values.length + 1} of "${names[k]}" is empty`, { column: names[k] ?? '', row: values.length + 1 })
      values.push(numberIn(c, names[k] ?? '', i + 1))
    }
  })
  return joined(Object.fromEntries(names.map((name, k) => [name, columns[k] ?? []])), model)
}

/** Columns x1, x2, … (or x[1], x_1) of a vector put together: one list per row; of a vector of counts, the only row. */
const joined = (data: Readonly<Record<string, readonly number[]>>, model: Model): Data => {
  const observed = model.samples.flatMap(s => [...s.variables, ...s.covariates]).filter(v => v.length)
  const counts = [...(model.likelihood?.data ?? []), ...model.known].filter(v => v.length)
  const out: Record<string, Data[string]> = { ...data }
  for (const v of [...observed, ...counts]) {
    if (Object.hasOwn(data, v.name)) continue
    const parts = Object.keys(data).flatMap(name => {
      const m = /^(.*?)_?\[?([1-9]\d*)\]?$/.exec(name)
      return m?.[1] === v.name ? [{ name, j: Number(m[2]) }] : []
    })
    if (parts.length === 0) continue
    parts.sort((a, b) => a.j - b.j)
    const gap = parts.findIndex((p, k) => p.j !== k + 1)
    if (gap >= 0) throw new DataError(`the data have no column "${v.name}${gap + 1}"`, { column: `${v.name}${gap + 1}` })
    const rows = (data[parts[0]?.name ?? ''] ?? []).map((_, i) => parts.map(p => data[p.name]?.[i] as number))
    for (const p of parts) delete out[p.name]
    out[v.name] = counts.includes(v as (typeof counts)[number]) && rows.length === 1 ? (rows[0] as readonly number[]) : rows
  }
  return out
}

const readJson = (text: string, model: Model): Data => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (e) {
    throw new DataError(`the data are no JSON: ${(e as Error).message.replace(/\s+/g, ' ').slice(0, 120)}`)
  }
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(v => typeof v === 'object' && v !== null && !Array.isArray(v)))
      return fromRows(value as Record<string, unknown>[])
    return { [onlyColumn(model)]: value as number[] }
  }
  if (typeof value !== 'object' || value === null) return { [onlyColumn(model)]: [value as number] }
  return value as Data
}

/** A list of records, one per observation. */
const fromRows = (rows: readonly Record<string, unknown>[]): Data => {
  const names = Object.keys(rows[0] ?? {})
  for (const [i, r] of rows.entries())
    for (const name of new Set([...names, ...Object.keys(r)]))
      if (!Object.hasOwn(r, name) || !names.includes(name))
        throw new DataError(`row ${i + 1} has ${Object.hasOwn(r, name) ? 'a further' : 'no'} "${name}"`, { column: name, row: i + 1 })
  return Object.fromEntries(names.map(name => [name, rows.map(r => r[name] as number)]))
}

/**
 * Reads data from the text of a file or of an option.
 * @throws DataError for cells that are no numbers, ragged rows, unnamed columns of a model with several
 */
export const readData = (text: string, model: Model): Data => {
  const start = text.trimStart()[0]
  if (start === undefined) throw new DataError('the data are empty')
  if (start === '{' || start === '[') return readJson(text, model)
  if (/^\s*[A-Za-z]\w*\s*=/.test(text))
    return Object.fromEntries(
      text
        .split(/;|\n/)
        .filter(part => part.trim() !== '')
        .map(part => {
          const m = /^\s*([A-Za-z]\w*)\s*=(.*)$/.exec(part)
          if (!m) throw new DataError(`"${part.trim().slice(0, 60)}" is no named list such as x=1,2,3`, { value: part.trim() })
          const list = listOf(m[2] ?? '', m[1] ?? '')
          const scalars = [...(model.likelihood?.data ?? []), ...model.known].filter(d => d.length === undefined)
          const count = scalars.some(d => d.name === m[1])
          return [m[1], count && list.length === 1 ? (list[0] as number) : list]
        }),
    )
  return readCsv(text, model)
}
