/** `thetahat models` and `thetahat rules`: what there is. */
import { builtInNames, builtInSource } from '../model/built-in.ts'
import { didYouMean } from '../read/error.ts'
import { exit, type Terminal, UsageError } from './terminal.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(...rows.map(r => (r[k] ?? '').length)))
  return rows.map(r => `${r.map((c, k) => (k === r.length - 1 ? c : c.padEnd(widths[k] ?? 0))).join('  ')}\n`).join('')
}

/** @returns the exit code */
export const modelsCommand = async (name: string | undefined, format: 'text' | 'json', io: Terminal): Promise<number> => {
  if (name !== undefined && builtInSource(name) === undefined)
    throw new UsageError(`there is no built-in model "${name}"${didYouMean(name, builtInNames)}`)
  const { modelSummary } = await import('../derive/model-summaries.ts')
  if (name === undefined && format === 'text') {
    io.out(columns(builtInNames.map(id => [id, builtInSource(id)?.name ?? '', builtInSource(id)?.density ?? ''])))
    return exit.answered
  }
  if (format === 'json') {
    io.out(json(name === undefined ? builtInNames.map(modelSummary) : modelSummary(name)))
    return exit.answered
  }
  const s = modelSummary(name ?? '')
  const parameters = Object.entries(s.parameters).map(([k, v]) => `${k}: ${v}`)
  const known = Object.entries(s.known).map(([k, v]) => `${k}: ${v}`)
  const rows = [
    ['title', s.title],
    ['density', s.density],
    ['support', s.support],
    ['unknown', parameters.join('; ')],
    ['known', known.join('; ')],
    ['assume', s.assume.join('; ')],
    ['maximum', s.outcome],
    ['estimate', s.estimator ?? ''],
  ].filter(r => r[1] !== '')
  io.out(columns(rows))
  return exit.answered
}

/** @returns the exit code */
export const rulesCommand = async (id: string | undefined, format: 'text' | 'json', io: Terminal): Promise<number> => {
  const { ruleSummaries } = await import('../derive/rule-summaries.ts')
  const all = ruleSummaries()
  const chosen = id === undefined ? all : all.filter(r => r.id === id || r.id.startsWith(`${id}.`))
  if (id !== undefined && chosen.length === 0)
    throw new UsageError(
      `there is no rule "${id}"${didYouMean(
        id,
        all.map(r => r.id),
      )}`,
    )
  if (format === 'json') io.out(json(id !== undefined && chosen[0]?.id === id ? chosen[0] : chosen))
  else if (id !== undefined && chosen[0]?.id === id) {
    const r = chosen[0]
    const examples = r.examples.map(e => ['example', `${e.before}  →  ${e.after}${e.given === undefined ? '' : `   given ${e.given}`}`])
    io.out(
      columns([
        ['rule', r.id],
        ['title', r.title],
        ['law', r.statement],
        ...examples,
        ...(r.source === undefined ? [] : [['source', r.source]]),
      ]),
    )
  } else io.out(columns(chosen.map(r => [r.id, r.title])))
  return exit.answered
}
