/** `thetahat estimate`: numbers from data, by evaluating what was derived. */
import { dataFrom } from './derive-command.ts'
import { modelFrom } from './model-argument.ts'
import type { EstimateOptions } from './program.ts'
import { exit, type Terminal, UsageError } from './terminal.ts'

type Value = number | string | null | readonly Value[]
const shown = (v: Value | undefined): string =>
  v === null || v === undefined
    ? 'unknown'
    : typeof v === 'number'
      ? String(Number(v.toPrecision(10)))
      : typeof v === 'string'
        ? v
        : `(${v.map(shown).join(', ')})`

const values = (o: Readonly<Record<string, unknown>>): string =>
  Object.entries(o)
    .map(([k, v]) => `${k} = ${shown(v as Value)}`)
    .join(', ')

const sentence: Readonly<Record<string, string>> = {
  maximum: 'One maximiser, off the boundary of the parameter space.',
  boundary: 'One maximiser, on the boundary of the parameter space.',
  nonunique: 'The maximiser is not unique.',
  none: 'No maximum exists.',
  undecided: 'Undecided.',
}

/** The fields of the contract's `Estimate` that are printed. */
interface Printed {
  readonly status: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly logLikelihood?: number | string | null
  readonly set?: Readonly<Record<string, unknown>> | null
  readonly points?: readonly Readonly<Record<string, unknown>>[] | null
  readonly identified?: Readonly<Record<string, unknown>> | null
  readonly supremum?: { readonly value: unknown; readonly towards: Readonly<Record<string, unknown>> } | null
  readonly standardErrors?: Readonly<Record<string, unknown>>
  readonly method?: string
  readonly case?: string | null
  readonly reason?: string | null
}

const asText = (e: Printed): string => {
  const lines = [sentence[e.status] ?? e.status]
  for (const [name, v] of Object.entries(e.parameters)) {
    const se = e.standardErrors?.[name]
    lines.push(`  ${name} = ${shown(v as Value)}${typeof se === 'number' ? `   (standard error ${shown(Number(se.toPrecision(6)))})` : ''}`)
  }
  for (const [name, v] of Object.entries(e.set ?? {}))
    lines.push(`  every ${name} in ${Array.isArray(v) ? `[${v.map(x => shown(x as Value)).join(', ')}]` : shown(v as Value)}`)
  for (const p of e.points ?? []) lines.push(`  ${values(p)}`)
  for (const [name, v] of Object.entries(e.identified ?? {})) lines.push(`  ${name} = ${shown(v as Value)}`)
  if (e.supremum) lines.push(`  supremum of the log-likelihood ${shown(e.supremum.value as Value)}, towards ${values(e.supremum.towards)}`)
  if (e.logLikelihood !== undefined && e.logLikelihood !== null) lines.push(`  log-likelihood ${shown(e.logLikelihood)}`)
  if (e.method && e.status !== 'undecided') lines.push(`  by ${e.method}${e.case ? `, case: ${e.case}` : ''}`)
  if (e.reason) lines.push(`  ${e.reason}`)
  return `${lines.join('\n')}\n`
}

/** @returns the exit code */
export const estimateCommand = async (argument: string | undefined, options: EstimateOptions, io: Terminal): Promise<number> => {
  const model = await modelFrom(argument, options, io)
  if (options.data === undefined) throw new UsageError('estimate needs data: --data FILE, or --data 1,0,1')
  const data = (await dataFrom(model, options.data, io)) ?? {}
  const { estimate } = await import('../estimate/estimate.ts')
  const result = estimate(model, data)
  io.out(options.format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : asText(result as Printed))
  return result.status === 'undecided' ? exit.undecided : exit.answered
}
