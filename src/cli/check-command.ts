/** `thetahat check`: somebody else's derivation, judged line by line. */
import type { CheckReport, Missing } from '../check/report.ts'
import { dataFrom } from './derive-command.ts'
import { modelFrom } from './model-argument.ts'
import type { CheckOptions } from './program.ts'
import { exit, type Terminal, UsageError } from './terminal.ts'

const parts: readonly Missing[] = ['estimate', 'second-order', 'boundary', 'support', 'root-choice', 'other-parameter', 'constraint']

/** `--require estimate,second-order`, or `none`. @throws UsageError */
const required = (list: readonly string[] | undefined): readonly Missing[] | undefined => {
  if (list === undefined) return undefined
  const words = list.flatMap(l => l.split(',').map(w => w.trim())).filter(w => w !== '' && w !== 'none')
  const unknown = words.find(w => !parts.includes(w as Missing))
  if (unknown !== undefined) throw new UsageError(`--require: "${unknown}" is none of ${parts.join(', ')}, none`)
  return words as readonly Missing[]
}

const rendered = async (report: CheckReport, o: CheckOptions): Promise<string> => {
  const how = o.hint ? { hint: true } : {}
  if (o.format === 'html') return (await import('../render/check-html.ts')).renderCheckHtml(report, how)
  return (await import('../render/check.ts')).renderCheck(report, o.format, how)
}

/** @returns the exit code: 1 if a line is wrong, 2 if nothing could be read */
export const checkCommand = async (
  argument: string | undefined,
  steps: string | undefined,
  options: CheckOptions,
  io: Terminal,
): Promise<number> => {
  const require = required(options.require)
  const onlySteps = argument !== undefined && steps === undefined && options.density !== undefined
  const model = await modelFrom(onlySteps ? undefined : argument, options, io)
  for (const w of model.warnings) io.err(`warning: ${w}\n`)
  if (options.stages) {
    const { stagesOf } = await import('../check/stages.ts')
    const { renderStages } = await import('../render/check-stages.ts')
    io.out(renderStages(stagesOf(model), options.format === 'html' ? 'markdown' : options.format))
    return exit.answered
  }
  const file = onlySteps ? argument : steps
  if (file === undefined) throw new UsageError('no derivation to check: give a file, or - for standard input')
  if (file === '-' && argument === '-') throw new UsageError('the model and the steps cannot both be standard input')
  const text = file === '-' ? io.input() : io.read(file)
  if (text === undefined) throw new UsageError(`there is no file "${file}"`)
  const { check } = await import('../check/check.ts')
  const data = await dataFrom(model, options.data, io)
  const report = check(model, text, { ...(require === undefined ? {} : { require }), ...(data === undefined ? {} : { data }) })
  const out = await rendered(report, options)
  const ended = out.endsWith('\n') ? out : `${out}\n`
  if (options.output === undefined) io.out(ended)
  else io.write(options.output, ended)
  const silent = report.lines.every(l => l.status === 'prose' || l.status === 'unreadable')
  return silent ? exit.usage : report.verdict === 'wrong' ? exit.wrong : report.verdict === 'unreadable' ? exit.usage : exit.answered
}
