/** `thetahat derive`: derive, proofread, render. Nothing is printed that failed proofreading. */
import type { Derivation } from '../document/document.ts'
import type { Data } from '../model/data.ts'
import type { Model } from '../model/model.ts'
import { modelFrom } from './model-argument.ts'
import { notationFrom } from './notation-argument.ts'
import type { DeriveOptions } from './program.ts'
import { exit, type Terminal, UsageError } from './terminal.ts'

/** The data of `--data`, several of them joined; undefined if there are none. Values of `--set` stand in the model. */
export const dataFrom = async (model: Model, data: readonly string[] | undefined, io: Terminal): Promise<Data | undefined> => {
  if (data === undefined) return undefined
  const { readData } = await import('../model/data-file.ts')
  return Object.assign({}, ...data.map(given => readData(textOf(given, io), model))) as Data
}

/** A list such as `1,0,1`, `t=1,2;d=0,1` or `[1, 0]` is its own text; anything else is a file. */
const textOf = (given: string, io: Terminal): string => {
  if (given === '-') return io.input()
  const text = io.read(given)
  if (text !== undefined) return text
  if (/^\s*$|^\s*[-+.\d[{]|^\s*[A-Za-z]\w*\s*=/.test(given)) return given
  throw new UsageError(`there is no data file "${given}", and it is no list of numbers`)
}

/** The letters asked for may have a meaning already: that is for the user to hear. */
const rendered = async (d: Derivation, options: DeriveOptions): Promise<string> => {
  try {
    return await written(d, options)
  } catch (e) {
    if (e instanceof RangeError && options.notation !== undefined) throw new UsageError(e.message)
    throw e
  }
}

const written = async (d: Derivation, options: DeriveOptions): Promise<string> => {
  const more = {
    ...(options.fragment ? { fragment: true } : {}),
    ...(options.detail ? { detail: options.detail } : {}),
    ...(options.notation === undefined ? {} : { notation: notationFrom(options.notation) }),
  }
  if (options.format === 'html') return (await import('../render/html.ts')).renderHtml(d, more)
  return (await import('../render/render.ts')).render(d, options.format, more)
}

/** The lines that failed proofreading, as a message; undefined if all passed. */
const failures = (d: Derivation): string | undefined => {
  const c = d.certificate
  if (c === null || (c.unverified.length === 0 && c.maximum !== 'differs')) return undefined
  const lines = c.unverified.map(u => `  ${u.line}: ${u.reason}`)
  return [
    'thetahat: this is a bug: the derivation failed proofreading',
    ...lines,
    ...(c.maximum === 'differs' ? ['  brute-force maximisation found a larger likelihood'] : []),
  ].join('\n')
}

/** @returns the exit code */
export const deriveCommand = async (argument: string | undefined, options: DeriveOptions, io: Terminal): Promise<number> => {
  const model = await modelFrom(argument, options, io)
  for (const w of model.warnings) io.err(`warning: ${w}\n`)
  const data = await dataFrom(model, options.data, io)
  const { derive } = await import('../derive/derive.ts')
  const derivation = derive(model)
  const checked = options.verify
    ? await (await import('../verify/certify.ts')).certify(derivation)
    : (await import('../verify/proofread.ts')).proofread(derivation)
  const failed = failures(checked)
  if (failed !== undefined) {
    io.err(`${failed}\n`)
    return exit.bug
  }
  const whole =
    options.data === undefined || data === undefined ? checked : (await import('../estimate/numbers-section.ts')).withNumbers(checked, data)
  const text = await rendered(whole, options)
  const ended = text.endsWith('\n') ? text : `${text}\n`
  if (options.output === undefined) io.out(ended)
  else io.write(options.output, ended)
  return checked.answer.outcome === 'undecided' ? exit.undecided : exit.answered
}
