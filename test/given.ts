/**
 * The `given` of a rule's example as a context, and random instances of it: values for its symbols and arrays that lie
 * in their domains and satisfy its facts. Ends of closed domains, zeros and whole numbers are drawn often: that is where
 * an unsound law shows.
 */

import { parseDomain, parseProposition, parseTerm, type Scope } from '../src/read/parser.ts'
import { type Context, context, type Fact } from '../src/rewrite/facts.ts'
import { contains, type Env, evaluate, holds, type NestedNumbers } from '../src/term/evaluate.ts'
import { canonicalName, functions } from '../src/term/functions.ts'
import { all, ONE, type Prop, type SetTerm, sym, type Term } from '../src/term/term.ts'
import { abstract, mentions, some, subterms } from '../src/term/walk.ts'

export interface Given {
  readonly cx: Context
  readonly scope: Scope
}

/** Splits at commas outside of brackets, but keeps `…, i in 1..n` with what it belongs to. */
const parts = (text: string): readonly string[] => {
  const out: string[] = []
  let level = 0
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    const c = text[i]
    if (c === '(' || c === '[' || c === '{') level++
    else if (c === ')' || c === ']' || c === '}') level--
    if (c === undefined || (c === ',' && level === 0 && !/^,\s*\w+ in \w+\s*\.\./.test(text.slice(i)))) {
      out.push(text.slice(start, i).trim())
      start = i + 1
    }
  }
  return out.filter(p => p !== '')
}

const words = new Set([
  'and',
  'or',
  'not',
  'in',
  'inf',
  'sum',
  'prod',
  'max',
  'min',
  'order',
  'diff',
  'indicator',
  'limit',
  'sqrt',
  'E',
  'R',
  'Z',
  'pi',
  'assume',
  'unknown',
  'true',
  'false',
])

/** Every name that occurs in the texts, by how it is used. Letters of binders are left out. */
export const scopeOf = (...texts: readonly string[]): Scope => {
  const symbols = new Set<string>()
  const arrays = new Set<string>()
  const calls = new Set<string>()
  const letters = new Set(texts.flatMap(t => [...t.matchAll(/,\s*([ij])\s*(?:,|in\s+\w+\s*\.\.)/g)].map(m => m[1] as string)))
  for (const t of texts)
    for (const m of t.matchAll(/([A-Za-z]\w*)('*)(\s*[([])?/g)) {
      const name = m[1] as string
      if (words.has(name)) continue
      if (m[3]?.trim() === '[') arrays.add(name)
      else if (m[2] || (m[3]?.trim() === '(' && !canonicalName(name) && !functions.has(name))) calls.add(name)
      else if (!(m[3] && canonicalName(name)) && !letters.has(name)) symbols.add(name)
    }
  return { symbols, arrays, calls }
}

const everyIndex = (prop: Prop, scope: Scope): Prop => {
  const letter = ['i', 'j'].find(l => !scope.symbols.has(l) && some(prop, u => u.kind === 'at' && u.index.some(e => mentions(e, l))))
  return letter && prop.kind !== 'all' ? all(ONE, sym('n'), abstract(prop, sym(letter))) : prop
}

/** Reads 'a > 0, n in {1..}, x[i] in {0, 1}, assume sum(x[i], i, 1, n) = 0, unknown p in R'. */
export const readGiven = (text: string, ...further: readonly string[]): Given => {
  const names = scopeOf(text, ...further)
  // in what is given, x[i] speaks of every i, unless i is given itself
  const letters = [...text.matchAll(/\[([ij])\]/g)].map(m => m[1] as string).filter(l => !new RegExp(`(^|, *)${l} in`).test(text))
  const scope: Scope = { ...names, symbols: new Set([...names.symbols].filter(s => !letters.includes(s))) }
  const withLetters: Scope = { ...scope, symbols: new Set([...scope.symbols, 'i', 'j']) }
  const domains = new Map<string, SetTerm>()
  const facts: Fact[] = []
  const unknowns: string[] = []
  for (const part of parts(text)) {
    const [, prefix, body = ''] = /^(assume |unknown )?(.*)$/.exec(part) ?? []
    if (prefix !== 'assume ') {
      try {
        // the domain of an entry is that of every entry
        const ranged =
          /^\w+\[([a-z])\]/.exec(body) && !/ in \w+\s*\.\./.test(body) ? `${body}, ${body[body.indexOf('[') + 1]} in 1..9` : body
        const { name, set } = parseDomain(ranged, scope)
        if (!domains.has(name)) {
          domains.set(name, set)
          if (prefix) unknowns.push(name)
          continue
        }
      } catch {
        // no domain of one name: a fact
      }
    }
    facts.push({ kind: prefix ? 'assume' : 'given', prop: everyIndex(parseProposition(body, withLetters), scope) })
  }
  return { cx: context({ domains, facts, unknowns, data: [...scope.arrays] }), scope }
}

/** A term in the scope of the given; letters of indices that nothing binds are symbols. */
export const readTerm = (text: string, scope: Scope): Term => parseTerm(text, scope)

// --- random instances --------------------------------------------------------------------------

/** mulberry32. */
export const generator = (seed: number): (() => number) => {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const longest = 5

const drawFrom = (set: SetTerm | undefined, env: Env, random: () => number): number => {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const end = (t: Term): number =>
    t.kind === 'infinity' ? (t.negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : evaluate(t as never, env)
  if (!set) return pick([-2, -1, 0, 1, 2, random() * 6 - 3, random() * 6 - 3, random() * 6 - 3])
  if (set.kind === 'finite') return end(pick(set.elements))
  const lo = end(set.lo)
  const hi = end(set.hi)
  if (Number.isNaN(lo) || Number.isNaN(hi)) return Number.NaN
  if (set.kind === 'range') {
    const from = Number.isFinite(lo) ? lo : Number.isFinite(hi) ? hi - 6 : -3
    const to = Math.min(hi, Math.max(from, Number.isFinite(lo) ? longest : 3))
    return from + Math.floor(random() * (to - from + 1))
  }
  if (set.closed[0] && random() < 0.15) return lo
  if (set.closed[1] && random() < 0.15) return hi
  if (Number.isFinite(lo) && Number.isFinite(hi)) return lo + (hi - lo) * (0.02 + 0.96 * random())
  const size = pick([1, 2, 0.1 + 3 * random(), 0.1 + 3 * random(), 0.1 + 3 * random()])
  if (Number.isFinite(lo)) return lo + size
  if (Number.isFinite(hi)) return hi - size
  return drawFrom(undefined, env, random)
}

const isInside = (set: SetTerm | undefined, values: readonly number[], env: Env): boolean =>
  !set || values.every(v => contains(set, v, env, 1e-9))

/** One random instance, or undefined if none was found in a hundred tries. Every array has `longest` + 1 entries. */
export const draw = ({ cx, scope }: Given, random: () => number): Env | undefined => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const symbols = new Map<string, number>()
    const arrays = new Map<string, NestedNumbers>()
    const env: Env = { symbols, arrays }
    const names = [...new Set([...scope.symbols, ...cx.domains.keys()])].filter(name => !scope.arrays.has(name))
    // ends may mention other names: those first
    for (let round = 0; round < 5 && names.some(n => !symbols.has(n)); round++)
      for (const name of names) {
        if (symbols.has(name)) continue
        const value = drawFrom(cx.domains.get(name), env, random)
        if (!Number.isNaN(value)) symbols.set(name, value)
      }
    for (const name of scope.arrays) {
      const entry = (): number => drawFrom(cx.domains.get(name), env, random)
      const values = Array.from({ length: longest + 1 }, entry)
      // assumed equations: all entries equal, to one of the scalars or to one value
      const common = [...symbols.values(), 0, entry()][attempt % (symbols.size + 2)] as number
      arrays.set(name, attempt > 20 ? values.map(() => common) : values)
    }
    const admissible =
      cx.facts.every(f => holds(f.prop, env, 1e-9)) &&
      [...symbols].every(([name, v]) => isInside(cx.domains.get(name), [v], env)) &&
      [...arrays].every(([name, v]) => isInside(cx.domains.get(name), v as readonly number[], env))
    if (admissible) return env
  }
  return undefined
}

/** Names of the scalars of a term. */
export const scalarsOf = (t: Term): readonly string[] => [...new Set([...subterms(t)].flatMap(u => (u.kind === 'sym' ? [u.name] : [])))]
