/**
 * A whole document to statements, line by line. A line that cannot be read is `unreadable` with its place; every other line
 * is read all the same. Reading never throws for bad input and spends a bounded effort.
 */

import type { Model } from '../../model/model.ts'
import { specialForms } from '../../read/cursor.ts'
import { greekNames } from '../../read/symbols.ts'
import type { Scope } from '../../read/syntax.ts'
import { canonicalName } from '../../term/functions.ts'
import { isOne, isZero } from '../../term/term.ts'
import type { Line, Reading, Statement } from '../statement.ts'
import { candidatesFor } from './candidates.ts'
import { clausesOf } from './clauses.ts'
import { definitionsOf } from './definitions.ts'
import { withIndexedLetters } from './indexed-letters.ts'
import { expandMacros } from './macros.ts'
import { notationOf, scopeOfModel } from './notation.ts'
import { withOwnNames } from './own-names.ts'
import { type Format, piecesOf } from './pieces.ts'
import { isBadInput } from './places.ts'
import { shortNames } from './short-names.ts'
import { readExpression } from './sides.ts'
import { spelled } from './spelled.ts'
import { statementsOf } from './statements.ts'
import { type Item, streamOf } from './stream.ts'
import { surveyOf } from './survey.ts'
import { tidied } from './tidy.ts'
import { inRuns } from './token-runs.ts'
import { appliedRoles, differentialWord, isEnglish, type Known, usualRoles } from './vocabulary.ts'

export interface ReadOptions {
  readonly format?: Format
}

const longestText = 400_000
const mostLines = 4000

/**
 * Reads somebody's derivation.
 * @param steps the text, or its lines
 * @param model the problem it is about: its names are the vocabulary
 */
export const readSteps = (steps: string | readonly string[], model: Model, options: ReadOptions = {}): Reading => {
  const whole = (typeof steps === 'string' ? steps : steps.map(s => s.replace(/\r?\n/g, ' ')).join('\n'))
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', ' ')
  const rows = whole.split('\n')
  const cutAt = rows.length > mostLines ? mostLines : undefined
  const clipped = cutAt === undefined ? whole : rows.slice(0, cutAt).join('\n')
  const original = clipped.length > longestText ? clipped.slice(0, longestText) : clipped
  const stopped = original.length < clipped.length ? original.split('\n').length : cutAt
  const { text, origin } = expandMacros(spelled(original))

  const scope = scopeOfModel(model)
  const introduced = introducedIn(text, scope)
  const cutShort = shortNames(text, scope)
  const known: Known = { names: new Set([...scope.symbols, ...cutShort.keys()]), arrays: scope.arrays, introduced }
  const isKnownWord = (w: string): boolean =>
    cutShort.has(w) ||
    scope.symbols.has(w) ||
    scope.arrays.has(w) ||
    canonicalName(w) !== undefined ||
    specialForms.has(w) ||
    (w.length > 2 && greekNames.has(w)) ||
    (w.length > 1 && usualRoles.has(w)) ||
    w === 'const' ||
    w === 'median' ||
    /^[Cc](?:ov|orr?)$/.test(w) ||
    introduced.has(w)
  let items: readonly Item[] = []
  try {
    const stream = streamOf(text, piecesOf(text, options.format), known, isKnownWord)
    items = withOwnNames(withIndexedLetters(stream, model, scope), model, scope)
  } catch (error) {
    if (!isBadInput(error)) throw error
    return unreadableWhole(original, error)
  }
  const survey = surveyOf(items, model, scope, known, cutShort)
  const isWord = (w: string): boolean =>
    isKnownWord(w) ||
    survey.roles.has(w) ||
    appliedRoles.has(w) ||
    survey.aliases.has(w) ||
    survey.capitals.has(w) ||
    differentialWord(w, known) !== undefined
  const counts = new Set((model.likelihood?.data ?? []).flatMap(d => (d.length === undefined ? [d.name] : [])))
  const { clauses, sentences } = clausesOf(
    inRuns(items, tokens => tidied(tokens, { scope, survey, known, isWord, counts, parameters: model.parameters.map(p => p.name) })),
  )
  const definitions = definitionsOf(
    clauses,
    scope,
    survey,
    new Set(model.parameters.map(p => p.name)),
    isBinary(model),
    model.samples.every(s => s.variables.every(v => v.support.kind === 'finite' || v.support.kind === 'range')),
    [...counts],
  )
  const notation = notationOf(model, survey, definitions, (n, d) => {
    try {
      n.position = d.start
      return readExpression(n, text, d.tokens, d.dialect)
    } catch (error) {
      if (isBadInput(error)) return undefined
      throw error
    }
  })

  // Offsets of the expanded text to places of the original.
  const starts: number[] = [0]
  for (let i = 0; i < original.length; i++) if (original[i] === '\n') starts.push(i + 1)
  const placeAt = (offset: number): { readonly line: number; readonly column: number } => {
    const at = origin ? (origin[Math.min(offset, origin.length - 1)] ?? original.length) : offset
    let lo = 0
    let hi = starts.length - 1
    while (lo < hi) {
      const mid = (lo + hi + 1) >> 1
      if ((starts[mid] as number) <= at) lo = mid
      else hi = mid - 1
    }
    return { line: lo + 1, column: at - (starts[lo] as number) + 1 }
  }
  const statements = statementsOf(clauses, sentences, notation, text, placeAt)
  const byLine = new Map<number, Statement[]>()
  for (const s of statements) {
    const list = byLine.get(s.line)
    if (list) list.push(s)
    else byLine.set(s.line, [s])
  }
  const lines: Line[] = rows.map((source, k) => ({ line: k + 1, source, statements: byLine.get(k + 1) ?? [] }))
  return {
    lines,
    definitions: [...definitions].flatMap(([name, list]) =>
      list.flatMap(d => {
        const term = notation.known.get(d)
        return term ? [{ name, term, line: placeAt(d.start).line }] : []
      }),
    ),
    undefinedNames: candidatesFor(statements, model, scope),
    aliases: Object.fromEntries([...survey.aliases].filter(([from, to]) => from !== to)),
    work: notation.work,
    ...(stopped === undefined ? {} : { stoppedAt: stopped }),
  }
}

/** Words with an equation of their own: names in capitals (SS, SSE), short ones that are sums. */
const introducedIn = (text: string, scope: Scope): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const m of text.matchAll(
    /(?<![A-Za-z\\_^{]|\\(?:[dt]?frac|[dt]?binom|sqrt|hat|bar|tilde)\s*)([A-Z]{2,6}|[a-z]{2,5})(?:\([A-Za-z_, ]{1,12}\))?\s*:?=\s*(sum\b|Sum\b|Σ|∑|\(1\/n\)|1\/n|\\sum)?/g,
  )) {
    const [, name = '', gathers] = m
    // n a = Σ log x_i is a product
    if ([...name].every(c => scope.symbols.has(c) || scope.arrays.has(c))) continue
    if (
      /^[A-Z]/.test(name)
        ? !usualRoles.has(name) && !/^(?:MLE|ML|PDF|PMF|CDF|LL|NLL|FOC|SOC|LHS|RHS|HS)$/.test(name)
        : gathers !== undefined &&
          !text.includes('\\') &&
          !usualRoles.has(name) &&
          !isEnglish(name) &&
          !/bar$|^d|hat$/.test(name) &&
          !greekNames.has(name)
    )
      found.add(name)
  }
  return found
}

/** Whether the observations are zeros and ones. */
const isBinary = (model: Model): boolean =>
  model.samples.length === 1 &&
  model.samples.every(
    s =>
      s.variables.length === 1 &&
      s.variables.every(
        v => v.support.kind === 'finite' && v.support.elements.length === 2 && v.support.elements.every(e => isZero(e) || isOne(e)),
      ),
  )

const unreadableWhole = (text: string, error: Error): Reading => ({
  lines: text.split('\n').map((source, k) => ({
    line: k + 1,
    source,
    statements: k === 0 ? [{ source, line: 1, column: 1, length: 1, what: { kind: 'unreadable', message: error.message } }] : [],
  })),
  definitions: [],
  undefinedNames: [],
  aliases: {},
  work: 0,
})
