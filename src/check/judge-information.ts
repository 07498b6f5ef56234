/** Information, standard errors and variances of estimates. Expectations are taken under the model, in numbers. */
import { type Env, evaluate } from '../term/evaluate.ts'
import { add, div, type Expr, expect, HALF, MINUS_ONE, mul, neg, num, pow, sqrt, sub, sym } from '../term/term.ts'
import { hasKind, mentions, substitute, symbolsOf } from '../term/walk.ts'
import { numericValue } from '../verify/calculus.ts'
import { anywhere, atMaximum, foreign, mentionsHat } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { mentionsData } from './judge-support.ts'
import { ofAnyObservation, varianceOf } from './moments.ts'
import { sideTerm } from './quantities.ts'
import { once, quantityTerm, type Reference, resolved } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import { type Quantity, unhatted, type What } from './statement.ts'
import { derivationOf } from './trail.ts'

type Relating = Extract<What, { kind: 'relation' }>

const second = (r: Reference, a: string, b: string): Expr =>
  once(r, `∂∂${a},${b}`, () => differentiate(differentiate(r.ell, sym(a)), sym(b)))

/** −E[∂²ℓ] as a term with an expectation; of one parameter, or of the pair told. */
const fisher = (r: Reference, by: readonly string[], perObservation: boolean): Expr | undefined => {
  const [a = r.unknowns[0], b = a] = by
  if (a === undefined || b === undefined) return undefined
  const whole = neg(expect(second(r, a, b)))
  return perObservation && r.size ? div(whole, r.size) : whole
}

const namesOf = (by: readonly Expr[] | undefined): readonly string[] => (by ?? []).flatMap(e => (e.kind === 'sym' ? [e.name] : []))

/** The parameter that a standard error is of. */
const parameterOf = (r: Reference, t: Expr): string | undefined => {
  const name = t.kind === 'sym' ? (unhatted(t.name) ?? t.name) : undefined
  return name !== undefined && r.unknowns.includes(name) ? name : undefined
}

export const unhattedTerm = (r: Reference, t: Expr): Expr => substitute(t, new Map(r.unknowns.map(u => [`${u}\u0302`, sym(u)])))

/** Whether two terms have the same value at the parameters of the settings, expectations included. */
export const agree = (
  r: Reference,
  a: Expr,
  b: Expr,
  envs: readonly Env[] = anywhere(r),
): { readonly verdict: 'true' | 'false' | 'unknown'; readonly env?: Env } => {
  let agreed = 0
  for (const env of envs.slice(0, 4)) {
    const [x, y] = [numericValue(a, env, r.model), numericValue(b, env, r.model)]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    if (Math.abs(x - y) > 2e-6 * Math.max(Math.abs(x), Math.abs(y))) return { verdict: 'false', env }
    agreed++
  }
  return { verdict: agreed > 0 ? 'true' : 'unknown' }
}

interface Known {
  readonly right: Expr
  readonly others: readonly (readonly [string, Expr])[]
  /** Other values may be meant: only what a mistake explains is wrong. */
  readonly loose?: true
}

/** The standard error or the variance of one of two estimates: from the inverse of the matrix of informations. */
const amongTwo = (r: Reference, name: string, isVariance: boolean): Known | undefined => {
  const other = r.unknowns.find(u => u !== name)
  const [own, mixed, theirs] =
    other === undefined ? [] : [fisher(r, [name], false), fisher(r, [name, other], false), fisher(r, [other], false)]
  if (!own || !mixed || !theirs || !r.size) return undefined
  const variance = mul(theirs, pow(sub(mul(own, theirs), pow(mixed, num(2))), MINUS_ONE))
  const [right, unrooted] = isVariance ? [variance, sqrt(variance)] : [sqrt(variance), variance]
  return {
    right,
    others: [
      ['info.var-not-root', unrooted],
      ['info.per-obs', isVariance ? mul(r.size, right) : mul(sqrt(r.size), right)],
    ],
    loose: true,
  }
}

const known = (r: Reference, q: Quantity): Known | undefined => {
  switch (q.kind) {
    case 'observed-information': {
      const right = quantityTerm(r, q)
      return right && { right, others: [['info.sign', neg(right)]] }
    }
    case 'fisher-information': {
      const right = fisher(r, namesOf(q.by), q.perObservation === true)
      const one = fisher(r, namesOf(q.by), true)
      const whole = fisher(r, namesOf(q.by), false)
      return right && one && whole
        ? {
            right,
            others: [
              ['info.sign', neg(right)],
              ['info.per-obs', q.perObservation ? whole : one],
              ['info.sign', neg(one)],
            ],
          }
        : undefined
    }
    case 'standard-error':
    case 'variance': {
      const name = parameterOf(r, q.of)
      const ofData = name === undefined && q.kind === 'variance' ? varianceOf(r, q.of) : undefined
      if (ofData) return { right: ofAnyObservation(r, ofData), others: [] }
      if (name !== undefined && r.unknowns.length === 2) return amongTwo(r, name, q.kind === 'variance')
      if (name === undefined || r.unknowns.length > 1) return viaDelta(r, q)
      const info = fisher(r, [name], false)
      const one = fisher(r, [name], true)
      if (!info || !one) return undefined
      const power = q.kind === 'variance' ? MINUS_ONE : neg(HALF)
      const other = q.kind === 'variance' ? neg(HALF) : MINUS_ONE
      return {
        right: pow(info, power),
        others: [
          ['info.var-not-root', pow(info, other)],
          ['info.per-obs', pow(one, power)],
          ['info.sign', pow(neg(info), power)],
        ],
      }
    }
    default:
      return undefined
  }
}

/** I(η) = I(θ)/(dη/dθ)², where the argument is a function η of the one parameter. */
const reparametrised = (r: Reference, k: ReturnType<typeof known>, at: Readonly<Record<string, Expr>> | undefined): typeof k => {
  const [u, ...more] = r.unknowns
  const eta = u === undefined ? undefined : at?.[u]
  if (!k || !eta || u === undefined || more.length > 0 || eta.kind === 'sym' || !symbolsOf(eta).has(u) || symbolsOf(eta).size > 1) return k
  const scale = pow(differentiate(eta, sym(u)), num(-2))
  return { ...k, right: mul(k.right, scale), others: k.others.map(([id, t]) => [id, mul(t, scale)] as const) }
}

/** se(g(θ̂)) = |g′(θ)|/√I(θ) for one parameter. */
const viaDelta = (r: Reference, q: Extract<Quantity, { kind: 'standard-error' | 'variance' | 'bias' }>): ReturnType<typeof known> => {
  const [u, ...more] = r.unknowns
  if (u === undefined || more.length > 0) return undefined
  const g = unhattedTerm(r, q.of)
  if (!symbolsOf(g).has(u)) return undefined
  const info = fisher(r, [u], false)
  if (!info) return undefined
  const slope = differentiate(g, sym(u))
  const variance = mul(pow(slope, num(2)), pow(info, MINUS_ONE))
  const plain = pow(info, MINUS_ONE)
  return q.kind === 'variance'
    ? { right: variance, others: [['info.delta', plain]] }
    : {
        right: sqrt(variance),
        others: [
          ['info.delta', sqrt(plain)],
          ['info.var-not-root', variance],
        ],
      }
}

/** A standard error or variance from the observed information at the estimate, where the data have not gone. */
const isObserved = (r: Reference, q: Quantity, value: Expr): boolean => {
  if ((q.kind !== 'standard-error' && q.kind !== 'variance') || r.unknowns.length > 1 || parameterOf(r, q.of) === undefined) return false
  const information = quantityTerm(r, { kind: 'observed-information' })
  return (
    information !== undefined &&
    agree(r, pow(information, q.kind === 'variance' ? MINUS_ONE : neg(HALF)), value, atMaximum(r)).verdict === 'true'
  )
}

/** What the derivation finds, in the parameter, where it is the same in numbers; undefined where it finds nothing. */
const inClosedForm = (r: Reference, q: Quantity, wanted: Expr): Expr | undefined => {
  const [u, ...more] = r.unknowns
  const found = derivationOf(r)?.answer.information
  if (u === undefined || more.length > 0 || !found || 'refused' in found) return undefined
  const fisher = found.fisher?.[0]?.[0]
  const form =
    q.kind === 'fisher-information'
      ? fisher && (q.perObservation && r.size ? div(fisher, r.size) : fisher)
      : q.kind === 'standard-error' && parameterOf(r, q.of) === u
        ? found.standardError[u]
        : undefined
  const plain = form && unhattedTerm(r, form)
  return plain && agree(r, wanted, plain).verdict === 'true' ? plain : undefined
}

/** "The information of one observation", −E[∂² log f(X; θ)], √n(θ̂ − θ): the information in one observation is meant. */
const speaksOfOne = (m: Memory): boolean => {
  const near = m.lines.slice(Math.max(0, (m.line?.line ?? 1) - 3), (m.line?.line ?? 1) + 2).map(l => l.source)
  return (
    /\b(?:one|single|each|individual|per|unit)[ -](?:single )?(?:observation|data ?point|sample point|information)|\b(?:observation|unit)['’]?s? (?:fisher )?information/i.test(
      near.join(' '),
    ) ||
    near.some(t => /(?:log|ln)\s*(?:\\[,;! ])*(?:f|p)\s*(?:_\S+\s*)?(?:\\[Bb]igl?)?\(\s*[XxYyZzTt]\s*[;|,\\]/.test(t)) ||
    // E[(1/λ − X)²], Var(X): of one observation, which has no index
    m.reference.observed.some(name =>
      new RegExp(
        `(?:E|Var|\\\\mathbb\\s*\\{?E\\}?|\\})\\s*(?:\\\\left|\\\\[Bb]igl?)?\\s*[\\[({][^=]*(?<![A-Za-z\\\\])${name.toUpperCase()}(?![A-Za-z_0-9])`,
      ).test(m.line?.source ?? ''),
    ) ||
    // i(θ) beside the I(θ) of the sample
    /(?<![A-Za-z\\])i\s*\(\s*(?:\\[a-z]+|[a-zα-ω])\s*\)/.test(m.line?.source ?? '') ||
    /(?:\\sqrt\s*\{?\s*n\s*\}?|√n)\s*(?:\\[,;! ])*\s*(?:\\left|\\[Bb]igl?)?\s*[([{]/.test(m.text)
  )
}

/** Whether the value is what −E[ℓ″] or the square of the score would give, which do not apply where the support moves. */
const fromCurvature = (r: Reference, q: Quantity, stated: Expr): boolean => {
  const [u, ...more] = r.unknowns
  const said = resolved(r, stated) as Expr | undefined
  if (u === undefined || more.length > 0 || !said || q.kind === 'bias') return true
  const value = unhattedTerm(r, said)
  const power = q.kind === 'variance' ? MINUS_ONE : neg(HALF)
  const slope = differentiate(r.ell, sym(u))
  const informations = [second(r, u, u), neg(second(r, u, u)), pow(slope, num(2))]
  return informations
    .flatMap(t => (r.size ? [t, div(t, r.size), div(t, pow(r.size, num(2)))] : [t]))
    .some(t => agree(r, pow(t, power), value).verdict === 'true')
}

/** n·I(θ), written somewhere: the number of observations is brought in afterwards. */
const countsLater = (m: Memory): boolean => /\bn\s*(?:\\,|\\cdot|\*|·)?\s*\\?(?:mathcal\s*\{?)?\s*[Ii]\s*\}?(?:_1)?\s*[({^]/.test(m.text)

/** Whether a standard error or a variance that is stated somewhere is right: then the number of observations entered after all. */
const rightlyUsed = (m: Memory): boolean =>
  m.statements.some(({ what }) => {
    if (what.kind !== 'relation' || what.left.kind !== 'quantity' || what.right.kind !== 'term') return false
    const q = what.left.quantity
    const wanted = q.kind === 'standard-error' || q.kind === 'variance' ? known(m.reference, q) : undefined
    const said = wanted && (resolved(m.reference, what.right.term) as Expr | undefined)
    if (!wanted || !said) return false
    const value = unhattedTerm(m.reference, said)
    if (foreign(m.reference, value).length > 0) return false
    return agree(m.reference, wanted.right, value, mentionsData(m.reference, value) ? atMaximum(m.reference) : undefined).verdict === 'true'
  })

/** Whether two quantities free of the data are as good as equal once n is large: the exact variance and the asymptotic one. */
const agreesForLarge = (r: Reference, a: Expr, b: Expr): boolean => {
  const n = r.size
  if (n?.kind !== 'sym' || mentionsData(r, b) || !symbolsOf(b).has(n.name)) return false
  const at = (k: number): boolean | undefined => {
    const ratios = r.settings.slice(0, 2).map(({ env }) => {
      const here = numericValue(a, env, r.model) * (env.symbols.get(n.name) ?? Number.NaN)
      const there = evaluate(b, { ...env, symbols: new Map(env.symbols).set(n.name, k) }) * k
      return there / here
    })
    return ratios.every(x => Math.abs(x - 1) < 20 / k)
  }
  return at(1e4) === true && at(1e6) === true
}

/** An observation, or a function of observations. */
const speaksOfData = (r: Reference, t: Expr): boolean =>
  !mentionsHat(t) && (mentionsData(r, t) || r.observed.some(name => mentions(t, name)))

/** The variance or the standard deviation of a function of the observations, where the moments are found in numbers. */
const ofData = (r: Reference, q: { readonly kind: Quantity['kind']; readonly of: Expr }, stated: Expr): Ruling => {
  const base = { role: 'information' as const, relation: '=' as const }
  const said = resolved(r, stated) as Expr | undefined
  const variance = add(expect(pow(q.of, num(2))), neg(pow(expect(q.of), num(2))))
  const value = said && unhattedTerm(r, said)
  if (value && foreign(r, value).length === 0 && agree(r, q.kind === 'variance' ? variance : sqrt(variance), value).verdict === 'true')
    return { ...base, status: 'ok', message: 'The moments under the model.' }
  return { ...base, status: 'unknown', message: 'A moment of the observations: this was not decided.' }
}

export const judgeInformation = (m: Memory, w: Relating): Ruling => {
  const r = m.reference
  const base = { role: 'information' as const, relation: '=' as const }
  const stated = w.right.kind === 'matrix' ? undefined : sideTerm(r, w.right)
  if (w.left.kind !== 'quantity' || !stated || (w.relation !== '=' && w.relation !== '≈'))
    return { ...base, status: 'unknown', message: 'This was not decided.' }
  const { quantity } = w.left
  // Var X is no matter of the estimate
  if ((quantity.kind === 'standard-error' || quantity.kind === 'variance') && speaksOfData(r, quantity.of))
    return ofData(r, quantity, stated)
  if (r.moving && ['fisher-information', 'standard-error', 'variance'].includes(quantity.kind)) {
    // the variance itself may well be stated; wrong is what curvature would give
    if (quantity.kind !== 'fisher-information' && !fromCurvature(r, quantity, stated))
      return { ...base, status: 'unknown', message: 'This was not decided.' }
    return {
      ...base,
      status: 'wrong',
      message: 'The support moves with the parameter, so this formula does not apply.',
      mistake: 'info.irregular',
    }
  }
  const wanted = reparametrised(r, known(r, quantity), w.left.at)
  const said = resolved(r, stated) as Expr | undefined
  if (!wanted || !said || foreign(r, unhattedTerm(r, said)).length > 0)
    return { ...base, status: 'unknown', message: 'This was not decided.' }
  const value = unhattedTerm(r, ofAnyObservation(r, said))
  // with data in it, or at the estimate, it is about the parameters at the maximum
  const atEstimate =
    (quantity.kind === 'observed-information' && (w.left.at !== undefined || mentionsHat(said))) ||
    (['standard-error', 'variance'].includes(quantity.kind) && mentionsData(r, value))
  const where = atEstimate ? atMaximum(r) : undefined
  const d = agree(r, wanted.right, value, where)
  if (d.verdict === 'true') return { ...base, status: 'ok', message: '' }
  if (d.verdict === 'unknown') return { ...base, status: 'unknown', message: 'No value to compare was found.' }
  // moments of the data are found by quadrature, which may fail where they are infinite
  if (quantity.kind === 'variance' && varianceOf(r, quantity.of)) return { ...base, status: 'unknown', message: 'This was not decided.' }
  if (
    quantity.kind === 'fisher-information' &&
    hasKind(value, 'at') &&
    agree(r, value, quantityTerm(r, { kind: 'observed-information' }) ?? value).verdict === 'true'
  )
    return {
      ...base,
      status: 'wrong',
      message: 'This is the observed information: no expectation was taken.',
      mistake: 'info.observed-as-expected',
    }
  if (isObserved(r, quantity, value)) return { ...base, status: 'ok', message: 'From the observed information.' }
  // counts of which nobody says how they are distributed have no expectation
  if (r.model.likelihood !== undefined && hasKind(wanted.right, 'expect'))
    return isObserved(r, quantity, value)
      ? { ...base, status: 'ok', message: 'From the observed information.' }
      : { ...base, status: 'unknown', message: 'The task does not say how the data are distributed.' }
  // the limit of √n(θ̂ − θ) has the information of one observation in it, by whatever letter
  if (quantity.kind === 'fisher-information' && !quantity.perObservation && speaksOfOne(m)) {
    const one = known(r, { ...quantity, perObservation: true })
    if (one && agree(r, one.right, value, where).verdict === 'true') return { ...base, status: 'ok', message: 'Of one observation.' }
  }
  const mistake = wanted.others.find(([, t]) => agree(r, t, value, where).verdict === 'true')?.[0]
  if (
    quantity.kind === 'fisher-information' &&
    mistake === 'info.per-obs' &&
    !quantity.perObservation &&
    (countsLater(m) || rightlyUsed(m))
  )
    return { ...base, status: 'ok', message: 'The information of one observation.' }
  if (!mistake && wanted.loose) return { ...base, status: 'unknown', message: 'This was not decided.' }
  if (!mistake && agreesForLarge(r, wanted.right, value)) return { ...base, status: 'unknown', message: 'Equal for large samples.' }
  const closed = hasKind(wanted.right, 'expect') ? inClosedForm(r, quantity, wanted.right) : wanted.right
  return {
    ...base,
    status: 'wrong',
    message: 'This is not what the model gives.',
    ...(mistake ? { mistake } : {}),
    ...(closed ? { expected: closed } : {}),
    ...(d.env && closed ? { counter: { env: d.env, left: closed, right: value } } : {}),
  }
}
