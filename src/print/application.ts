/**
 * Functions and named quantities in notation: log p or log(1 − p), e^{−βx} or exp(…), ψ''(α), ℓ'(p), ∂ℓ/∂μ.
 */
import { functions } from '../term/functions.ts'
import type { Call, Expr, Fn } from '../term/term.ts'
import { type Build, expr, inScript, partsOf, unhatted } from './build.ts'
import { canFollowBare, width } from './fit.ts'
import { callParts } from './names.ts'
import { type Apply, type Exponential, type Notation, paren, text } from './notation.ts'

/** log[…] where the argument has parentheses of its own, log(…) else. */
const bracketed = (t: Notation): Notation => {
  const inner = (u: Notation): boolean => {
    switch (u.n) {
      case 'paren':
        return true
      case 'product':
        return u.factors.some(inner)
      case 'power':
        return inner(u.base)
      case 'apply':
        return !u.bare || u.args.some(inner)
      case 'sum':
        return u.terms.some(s => inner(s.body))
      default:
        return false
    }
  }
  return paren(t, inner(t) ? '[' : '(')
}
const application = (head: Notation, args: readonly Notation[], prefix: boolean): Apply => {
  const only = args[0]
  const bare = prefix && args.length === 1 && only !== undefined && canFollowBare(only)
  return { n: 'apply', head, args: prefix && only && args.length === 1 && !bare ? [bracketed(only)] : args, bare, prefix }
}

export const applied = (t: Fn, b: Build): Notation => {
  const info = functions.get(t.name)
  const args = (): readonly Notation[] => t.args.map(a => expr(a, b))
  const first = t.args[0]
  const second = t.args[1]
  if (t.name === 'exp' && first) return exponential(first, b)
  if (!info) return application(text(`\\operatorname{${t.name.replace(/[^A-Za-z0-9]/g, '')}}`, t.name), args(), false)
  const head = text(info.latex, info.unicode, t.name)
  switch (info.form) {
    case 'constant':
      return head
    case 'prefix':
      return application(head, args(), true)
    case 'postfix': {
      if (!first) return head
      const body = expr(first, b)
      return {
        n: 'factorial',
        body:
          (body.n === 'name' && body.parts.sup === undefined) || (body.n === 'text' && first.kind !== 'infinity') || body.n === 'paren'
            ? body
            : paren(body),
      }
    }
    case 'fence':
      return { n: 'fence', name: t.name as 'abs', body: first ? expr(first, b) : text('') }
    case 'binomial':
      return first && second ? { n: 'binomial', over: expr(first, b), under: expr(second, b) } : application(head, args(), false)
    case 'call': {
      if (t.name === 'polygamma' && first?.kind === 'num' && second) {
        const psi = functions.get('digamma')
        const raised = text(`${psi?.latex}^{(${first.value.num})}`, `${psi?.unicode}⁽${superscriptDigits(first.value.num)}⁾`, 'polygamma')
        return { ...application(raised, [expr(second, b)], false), plainArgs: args() }
      }
      return application(head, args(), false)
    }
    default:
      return info.form satisfies never
  }
}
const superscriptDigits = (k: bigint): string => [...String(k)].map(d => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)] ?? '⁻').join('')

/** e^{−βx} for short exponents, exp(…) for tall or long ones. */
const exponential = (u: Expr, b: Build): Exponential => {
  const short = expr(u, inScript(b))
  if (isShort(short) && !b.isUsed('e')) return { n: 'exp', exponent: short, raised: true }
  return { n: 'exp', exponent: b.script ? short : expr(u, b), raised: false }
}
const isShort = (t: Notation): boolean => {
  let fraction = false
  let wide = false
  const plainEnough = (u: Notation): boolean => {
    switch (u.n) {
      case 'text':
        return true
      case 'name':
        return u.index.every(plainEnough)
      case 'product':
        return u.factors.every(plainEnough)
      case 'sum':
        wide ||= u.terms.length > 1
        return u.terms.every(s => plainEnough(s.body))
      case 'frac':
        fraction = true
        return plainEnough(u.over) && plainEnough(u.under)
      case 'power':
        return plainEnough(u.base) && plainEnough(u.exponent)
      case 'paren':
      case 'fence':
        return plainEnough(u.body)
      case 'exp':
        return plainEnough(u.exponent)
      case 'big':
        wide = true
        return plainEnough(u.body)
      default:
        return false
    }
  }
  return plainEnough(t) && width(t) <= (fraction ? (wide ? 0 : 5) : 6)
}

export const called = (t: Call, b: Build): Notation => {
  const base: Notation = { n: 'name', name: t.name, parts: callParts(t.name), index: [] }
  const args = t.args.map(a => expr(a, b))
  const order = t.prime.reduce((s, k) => s + k, 0)
  if (order === 0) return application(base, args, false)
  const primed: Apply = application({ n: 'primed', base, order, each: t.prime }, args, false)
  if (t.args.length === 1) return primed
  const declared = b.style.parameters
  const known = declared?.length === t.args.length
  if (!known && t.args.some(a => a.kind !== 'sym' && a.kind !== 'at')) return primed
  const bare = unhatted(b)
  const wrt = t.args.map(
    (a, k): Notation =>
      known ? { n: 'name', name: declared[k] as string, parts: partsOf(declared[k] as string, bare), index: [] } : expr(a, bare),
  )
  const moved = t.args.some((a, k) => a.kind !== 'sym' || b.style.hats?.has(a.name) || (known && a.name !== declared[k]))
  return {
    n: 'partial',
    base,
    by: wrt.flatMap((w, k) => ((t.prime[k] ?? 0) > 0 ? [{ wrt: w, order: t.prime[k] as number }] : [])),
    call: primed,
    args: moved,
  }
}
