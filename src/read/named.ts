/**
 * What a name is where it stands, and what it takes as arguments: declared names come first; a word that is neither
 * declared nor a function in front of a parenthesis is an error, never a guess.
 */
import { canonicalName, functions } from '../term/functions.ts'
import { rational } from '../term/rational.ts'
import { startsAtom } from './atoms.ts'
import { lineDerivative } from './calculus.ts'
import {
  accept,
  at,
  type Cursor,
  callable,
  close,
  closers,
  cursorOver,
  deeper,
  expectOp,
  fail,
  fenced,
  isOp,
  meaning,
  peek,
  specialForms,
  take,
  unexpected,
} from './cursor.ts'
import { didYouMean, ModelError } from './error.ts'
import { special } from './forms.ts'
import { expression, power } from './grammar.ts'
import type { Token } from './scanner.ts'
import { single, superscript } from './scripts.ts'
import type { Syntax } from './syntax.ts'
import { shared } from './usage.ts'

/** f(x | θ): a bar without a partner separates what is given. */
const hasLoneBar = (c: Cursor): boolean => {
  let bars = 0
  for (let k = 0, depth = 0; peek(c, k).kind !== 'end'; k++) {
    const t = peek(c, k)
    if (t.kind !== 'op') continue
    if (depth === 0 && t.text === '|') bars++
    if (t.text in closers && t.text !== 'lvert') depth++
    if ([')', ']', '}', '\\}', 'rfloor', 'rceil'].includes(t.text) && --depth < 0) break
  }
  return bars % 2 === 1
}

/** Arguments in any kind of parentheses. */
export const callArguments = (c: Cursor, given = false): readonly Syntax[] => {
  const open = take(c)
  return fenced(c, given && hasLoneBar(c), () => {
    const args: Syntax[] = []
    const closer = closers[open.text] ?? ')'
    if (!isOp(c, closer)) {
      do args.push(expression(c))
      while (accept(c, ',') ?? accept(c, ';') ?? accept(c, 'mid') ?? (c.bars ? accept(c, '|') : undefined))
    }
    close(c, open, closer, 'a comma')
    return args
  })
}

const opensArguments = (c: Cursor): boolean =>
  isOp(c, '(') || isOp(c, '[') || ((c.dialect === 'latex' || c.scope?.loose !== undefined) && (isOp(c, '\\{') || isOp(c, '{')))

const primes = (c: Cursor): number => {
  let k = 0
  for (;;) {
    if (accept(c, "'")) k++
    else if (isOp(c, '^') && isOp(c, "'", 1)) {
      c.at += 2
      k++
    } else if (isOp(c, '^') && isOp(c, '{', 1) && isOp(c, "'", 2)) {
      c.at += 2
      while (accept(c, "'")) k++
      expectOp(c, '}')
    } else return k
  }
}

/** ψ'', ψ^{(2)} */
const derivatives = (c: Cursor): number => {
  const k = primes(c)
  if (
    k > 0 ||
    !isOp(c, '^') ||
    !isOp(c, '{', 1) ||
    !isOp(c, '(', 2) ||
    peek(c, 3).kind !== 'number' ||
    !isOp(c, ')', 4) ||
    !isOp(c, '}', 5)
  )
    return k
  const order = Number(peek(c, 3).text)
  c.at += 6
  return order
}

export const named = (c: Cursor): Syntax => {
  const t = take(c)
  const kind = meaning(c, t)
  const fn = functions.get(canonicalName(t.text) ?? '')
  if (kind === 'call') return call(c, t)
  if (kind === 'symbol' || kind === 'array') {
    const calls = isOp(c, '(') && ((fn && fn.arity > 0 && !t.symbol) || (specialForms.has(t.text) && !t.symbol))
    if (calls && !c.letters.includes(t.text) && !c.scope?.loose)
      fail(
        c,
        t,
        `${t.text} is declared as a ${kind === 'symbol' ? 'symbol' : 'list'}, and a function has the same name`,
        `${t.text}*(…) for the product, or another name for the parameter`,
      )
    return { kind: 'name', span: at(c, t.start), name: t.text }
  }
  const form = special(c, t) ?? (t.text === 'd' ? lineDerivative(c, t.start) : undefined)
  if (form) return form
  if (kind === 'function' && fn) {
    if (fn.arity === 0 && c.scope?.loose && isOp(c, '_')) return { kind: 'name', span: at(c, t.start), name: t.text }
    if (fn.arity === 0) return { kind: 'apply', span: at(c, t.start), name: fn.name, args: [], fence: false }
    return application(c, t, derivativeOf(c, fn.name))
  }
  if (isOp(c, '(') && !(peek(c).space && c.scope === undefined && c.dialect === 'latex') && !c.scope?.loose?.isFactor(t.text))
    return unknownCall(c, t)
  return { kind: 'name', span: at(c, t.start), name: t.text }
}

/** ζ′ and ζ″ have names of their own. */
const derivativeOf = (c: Cursor, name: string): string => {
  const k = name === 'zeta' ? primes(c) : 0
  return ['', 'zetaprime', 'zetasecond'][k] || name
}

const unknownCall = (c: Cursor, t: Token): never => {
  const known = c.scope === undefined ? '' : ' and is not declared'
  const near = didYouMean(t.text, callable(c))
  return fail(
    c,
    t,
    near || t.text.length > 1 ? `unknown function ${t.text}${near}` : `${t.text} is no function${known}`,
    `a function, or ${t.text}*(…) for a product`,
  )
}

const call = (c: Cursor, t: Token): Syntax => {
  if (c.scope?.loose) return namedQuantity(c, t)
  const k = primes(c)
  if (!isOp(c, '(') && !(isOp(c, '[') && c.dialect === 'latex')) return unexpected(c, `the argument of ${t.text} in parentheses`)
  const args = callArguments(c, true)
  return { kind: 'call', span: at(c, t.start), name: t.text, args, prime: args.map((_, i) => (i === 0 ? k : 0)) }
}

/** ℓ, ℓ′, ℓ(θ), L(θ; x_1, …, x_n), ℓ_n(θ | x): the arguments that are no formula are data. */
const namedQuantity = (c: Cursor, t: Token): Syntax => {
  let k = derivatives(c)
  const below: string[] = []
  while (isOp(c, '_')) {
    take(c)
    const from = c.at
    single(c)
    below.push(...c.tokens.slice(from, c.at).flatMap(u => (u.kind === 'op' ? [] : [u.text])))
  }
  k += derivatives(c)
  const args: Syntax[] = []
  if (isOp(c, '(') || isOp(c, '[') || (isOp(c, '\\{') && !peek(c).space)) {
    const open = take(c)
    const closer = closers[open.text] ?? ')'
    let depth = 0
    let from = c.at
    for (;;) {
      const u = peek(c)
      if (u.kind === 'end') return fail(c, open, `this ${c.text.slice(open.start, open.end)} is never closed`, closer)
      const opens = u.kind === 'op' && ['(', '[', '{', '\\{', 'lvert'].includes(u.text)
      const shuts = u.kind === 'op' && [')', ']', '}', '\\}', 'rvert'].includes(u.text)
      if (depth === 0 && (shuts || (u.kind === 'op' && [',', ';', '|', 'mid'].includes(u.text)))) {
        const arg = argument(c, from)
        if (arg) args.push(arg)
        take(c)
        if (shuts) break
        from = c.at
        continue
      }
      if (opens) depth++
      if (shuts) depth--
      take(c)
    }
  }
  return { kind: 'call', span: at(c, t.start), name: t.text, args, prime: [k], ...(below.length > 0 ? { below } : {}) }
}
/** One argument of a named quantity; undefined if it is no formula but a list of data. */
const argument = (c: Cursor, from: number): Syntax | undefined => {
  const tokens = c.tokens.slice(from, c.at)
  if (tokens.length === 0 || !c.scope) return undefined
  const inner = { ...cursorOver(c.text, tokens, c.dialect, c.scope, c.origin), letters: [...c.letters], depth: c.depth }
  try {
    const s = expression(inner)
    return peek(inner).kind === 'end' ? s : undefined
  } catch (error) {
    if (error instanceof ModelError) return undefined
    throw error
  }
}

/** A function of the table: log(x), and where no parenthesis is needed \log x, \log p^k, \log^2 x. */
const application = (c: Cursor, t: Token, name: string): Syntax => {
  const info = functions.get(name)
  const prefix = info?.form === 'prefix'
  if (c.scope?.loose && name === 'gamma' && isOp(c, "'") && isOp(c, '(', 1)) {
    // Γ′(α) = Γ(α)ψ(α)
    take(c)
    const args = callArguments(c)
    const span = at(c, t.start)
    const part = (of: string): Syntax => ({ kind: 'apply', span, name: of, args, fence: true })
    return {
      kind: 'product',
      span,
      factors: [
        { join: '*', factor: part('gamma') },
        { join: ' ', factor: part('digamma') },
      ],
    }
  }
  const k = name === 'digamma' ? derivatives(c) : 0
  let exponent: Syntax | undefined
  if (isOp(c, '_')) {
    if (name === 'digamma') return subscripted(c, t)
    fail(c, peek(c), `${t.text} with an index`, name === 'log' ? 'log, which is natural: log(x)/log(2) for another base' : `${t.text}(…)`)
  }
  if (isOp(c, '^')) {
    take(c)
    exponent = superscript(c)
    if (exponent.kind === 'neg' || exponent.kind === 'sum')
      fail(c, exponent.span, `it is not clear whether ${t.text}⁻¹ is the inverse function`, `1/${t.text}(x)`)
  }
  const wrap = (s: Syntax): Syntax => (exponent ? { kind: 'power', span: at(c, t.start), base: s, exponent } : s)
  const takesPower = prefix && name !== 'exp' && c.dialect === 'latex'
  if (opensArguments(c) && !takesPower) {
    const args = callArguments(c)
    if (k > 0) return derivedDigamma(c, t, k, args)
    if (args.length !== info?.arity)
      fail(
        c,
        at(c, t.start),
        `${t.text} takes ${info?.arity} argument${info?.arity === 1 ? '' : 's'}, here are ${args.length}`,
        `${t.text}(${info?.arity === 1 ? 'u' : 'u, v'})`,
      )
    return wrap({ kind: 'apply', span: at(c, t.start), name, args, fence: true })
  }
  const bare = (c.dialect !== 'plain' || c.scope?.loose !== undefined) && prefix && startsAtom(c)
  if (!bare) {
    // In formulas without declarations a Greek-named function stands for the letter: gamma*x.
    if (c.scope === undefined && ['gamma', 'beta', 'psi', 'zeta', 'Gamma', 'Beta', 'Phi'].includes(t.text) && !isOp(c, '^'))
      return wrap({ kind: 'name', span: t, name: t.text })
    fail(c, t, `the function ${t.text} needs its argument in parentheses`, `${t.text}(…)`)
  }
  const argument = deeper(c, () => power(c))
  const next = peek(c)
  const stops =
    next.kind === 'name'
      ? meaning(c, next) === 'function' && !(c.scope?.loose && functions.get(canonicalName(next.text) ?? '')?.arity === 0)
      : next.kind === 'op' && ['Sum', 'Prod', 'max', 'min', 'frac', 'indicator'].includes(next.text)
  const visible =
    argument.kind === 'group' ||
    (argument.kind === 'power' && argument.base.kind === 'group') ||
    argument.kind === 'frac' ||
    argument.kind === 'apply' ||
    argument.kind === 'root'
  if (c.scope?.loose) {
    const apart = isOp(c, '(') || isOp(c, '[') || isOp(c, '\\{')
    if (startsAtom(c) && !stops && argument.kind !== 'group' && !(visible && apart) && shared(c, argument.span, !apart && !visible)) {
      const factors: { join: '*' | '/' | ' '; factor: Syntax }[] = [{ join: '*', factor: argument }]
      while (startsAtom(c) && !stopsHere(c)) factors.push({ join: ' ', factor: power(c) })
      const whole: Syntax = { kind: 'product', span: at(c, argument.span.start), factors }
      return wrap({ kind: 'apply', span: at(c, t.start), name, args: [whole], fence: false })
    }
  } else if (startsAtom(c) && !stops && !visible)
    fail(
      c,
      { start: t.start, end: next.end },
      `it is not clear how far the argument of ${t.text} goes`,
      `parentheses: ${t.text}(a*b) or ${t.text}(a)*b`,
    )
  return wrap({ kind: 'apply', span: at(c, t.start), name, args: [argument], fence: false })
}

const stopsHere = (c: Cursor): boolean => {
  const next = peek(c)
  return next.kind === 'name'
    ? meaning(c, next) === 'function' && functions.get(canonicalName(next.text) ?? '')?.arity !== 0
    : next.kind === 'op' && ['Sum', 'Prod', 'max', 'min', 'indicator', '(', '[', '\\{'].includes(next.text)
}

/** ψ'(a) and ψ''(a) are trigamma and polygamma(2, a). */
const derivedDigamma = (c: Cursor, t: Token, k: number, args: readonly Syntax[]): Syntax => {
  if (args.length !== 1) fail(c, at(c, t.start), `${t.text} takes 1 argument, here are ${args.length}`)
  if (k === 1) return { kind: 'apply', span: at(c, t.start), name: 'trigamma', args, fence: true }
  const order: Syntax = { kind: 'number', span: t, text: String(k), value: rational(k) }
  return { kind: 'apply', span: at(c, t.start), name: 'polygamma', args: [order, ...args], fence: true }
}
/** ψ_1(a) */
const subscripted = (c: Cursor, t: Token): Syntax => {
  take(c)
  const order = single(c)
  if (order.kind !== 'number' || !isOp(c, '(')) return unexpected(c, 'a number as the order of ψ, and its argument')
  return derivedDigamma(c, t, Number(order.value.num), callArguments(c))
}
