/**
 * The density as its author wrote it, with its support: what the model section and the first line of a likelihood
 * show. Decides only which names stand in f(x | θ) and how a support is said.
 */
import type { Derivation } from '../document/document.ts'
import type { Sample, Variable } from '../model/model.ts'
import { notation } from '../print/build.ts'
import { atLeast, type Notation, PRODUCT } from '../print/notation.ts'
import { respell } from '../print/respell.ts'
import type { Style } from '../print/style.ts'
import { asWritten, type Writing, writtenSyntax } from '../read/as-written.ts'
import { ModelError } from '../read/error.ts'
import { surfaceOf } from '../read/parser.ts'
import type { Scope, Syntax } from '../read/syntax.ts'
import { type Expr, isIn, type SetTerm, sym, type Term } from '../term/term.ts'
import { arraysOf, symbolsOf } from '../term/walk.ts'
import { type Pen, styleAt } from './pen.ts'

/** name(of | given) = value, with what is said of the support. */
export interface Density {
  readonly name: 'f' | 'L'
  readonly of: readonly Notation[]
  readonly given: readonly Notation[]
  readonly value: Notation
  readonly support: readonly Notation[]
}

/** The names that the author's text may use: those of its term, and every declared one. */
const scopeOf = (pen: Pen, t: Term): Scope => {
  const { model } = pen.derivation
  const declared = [
    ...model.parameters,
    ...model.known,
    ...(model.likelihood?.data ?? []),
    ...model.samples.flatMap(s => [...s.variables, ...s.covariates]),
  ]
  const vectors = declared.filter(d => 'length' in d && d.length !== undefined).map(d => d.name)
  return {
    symbols: new Set([...symbolsOf(t), ...declared.map(d => d.name), ...model.samples.flatMap(s => [...symbolsOf(s.size)])]),
    arrays: new Set([...arraysOf(t), ...vectors]),
  }
}

/** An author's text with the names it may use; `syntax`: absent for one that cannot be read (in a document from elsewhere). */
interface Text {
  readonly derivation: Derivation
  readonly source: string
  readonly term: Expr
  readonly scope: Scope
  readonly syntax: Syntax | undefined
}
/** The text read last: the model section and the first line of the likelihood show the same. */
let lastRead: Text | undefined

const readText = (pen: Pen, source: string, term: Expr): Text => {
  const { derivation } = pen
  if (lastRead?.derivation === derivation && lastRead.source === source && lastRead.term === term) return lastRead
  const scope = scopeOf(pen, term)
  const syntax = (): Syntax | undefined => {
    try {
      return surfaceOf(term, source) ?? writtenSyntax(source, scope)
    } catch (error) {
      if (error instanceof ModelError) return undefined
      throw error
    }
  }
  lastRead = { derivation, source, term, scope, syntax: syntax() }
  return lastRead
}

/** The author's text as notation, where it can be read. */
const written = ({ syntax, scope }: Text, style: Style, index?: NonNullable<Writing['index']>): Notation | undefined => {
  if (!syntax) return undefined
  const t = asWritten(syntax, index ? { scope, index } : { scope })
  return style.switches ? respell(t, style.switches, style.size ?? 'n') : t
}

/** The density of every sample, or the likelihood given directly. */
export const densitiesOf = (pen: Pen): readonly Density[] => {
  const { model } = pen.derivation
  const style = styleAt(pen, { plainNames: true })
  const symbol = (v: { readonly name: string }): Notation => notation(sym(v.name), style)
  const parameters = model.parameters.map(symbol)
  const value = (source: string, t: Expr): Notation => written(readText(pen, source, t), style) ?? notation(t, style)
  const lies = (v: Variable): Notation => membership(sym(v.name), v.support, t => notation(t, style))
  const one = (s: Sample): Density => ({
    name: 'f',
    of: s.variables.map(symbol),
    given: parameters,
    value: value(s.densityText, s.density),
    support: s.variables.map(lies),
  })
  const direct = model.likelihood
  return [
    ...(direct ? [{ name: 'L' as const, of: parameters, given: [], value: value(direct.text, direct.term), support: [] }] : []),
    ...model.samples.map(one),
  ]
}

/** Where a value lies as a book says it: x > 0, 0 < x < 1, but x ∈ ℝ and x ∈ {0, 1}. */
const membership = (x: Expr, set: SetTerm, show: (t: Term) => Notation): Notation => {
  if (set.kind !== 'interval') return show(isIn(x, set))
  const { lo, hi, closed } = set
  const [from, to] = [lo.kind !== 'infinity', hi.kind !== 'infinity']
  if (!from && !to) return show(isIn(x, set))
  const above = { op: closed[1] ? '<=' : '<', body: show(hi) } as const
  if (!from) return { n: 'relation', first: show(x), rest: [above] }
  if (!to) return { n: 'relation', first: show(x), rest: [{ op: closed[0] ? '>=' : '>', body: show(lo) }] }
  return { n: 'relation', first: show(lo), rest: [{ op: closed[0] ? '<=' : '<', body: show(x) }, above] }
}

const factorsOf = (t: Notation): readonly Notation[] => (t.n === 'product' ? t.factors : [t])

/**
 * Π over the sample of the density as written, given the notation of the product as computed, from which the range,
 * the letter of the index and the indicator of a moving support are taken.
 */
export const writtenProduct = (pen: Pen, computed: Notation): Notation | undefined => {
  const [sample, ...more] = pen.derivation.model.samples
  if (!sample || more.length > 0 || computed.n !== 'big' || computed.op !== 'prod' || computed.letter.n !== 'name') return undefined
  const names = new Set([...sample.variables, ...sample.covariates].map(v => v.name))
  const value = written(readText(pen, sample.densityText, sample.density), pen.base, { names, letter: computed.letter.name })
  if (!value) return undefined
  const indicators = factorsOf(computed.body).filter(f => f.n === 'indicator')
  const body = atLeast(value, PRODUCT)
  return { ...computed, body: indicators.length === 0 ? body : { n: 'product', factors: [...factorsOf(body), ...indicators] } }
}
