/** Information, standard errors and variances of estimates. Expectations are taken under the model, in numbers. */
import { evaluate } from '../term/evaluate.ts'
import { div, type Expr, HALF, MINUS_ONE, neg, num, pow, sym } from '../term/term.ts'
import { hasKind, symbolsOf } from '../term/walk.ts'
import { numericValue } from '../verify/calculus.ts'
import { atMaximum, foreign, mentionsHat, unknownsIn } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { informationWritten, mentionsInformation } from './information-terms.ts'
import { ofSpread, speaksOfData } from './judge-expectation.ts'
import { mentionsData } from './judge-support.ts'
import { ofAnyObservation } from './moments.ts'
import { agree, fisher, namesOf, parameterOf, precisionOf, reparametrised, second, unhattedTerm } from './precision.ts'
import { sideTerm } from './quantities.ts'
import { quantityTerm, type Reference, resolved } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Quantity, Statement, What } from './statement.ts'
import { derivationOf } from './trail.ts'

type Relating = Extract<What, { kind: 'relation' }>

/** A standard error or variance from the observed information at the estimate, where the data have not gone. */
const isObserved = (r: Reference, q: Quantity, value: Expr): boolean => {
  if ((q.kind !== 'standard-error' && q.kind !== 'variance') || r.unknowns.length > 1 || parameterOf(r, q.of) === undefined) return false
  const information = quantityTerm(r, { kind: 'observed-information' })
  return (
    information !== undefined &&
    agree(r, pow(information, q.kind === 'variance' ? MINUS_ONE : neg(HALF)), value, atMaximum(r)).verdict === 'true'
  )
}

const isExpected = (r: Reference, q: { readonly by?: readonly Expr[] }, value: Expr): boolean =>
  [false, true].some(perObservation => {
    const expected = fisher(r, namesOf(q.by), perObservation)
    return expected !== undefined && agree(r, expected, value).verdict === 'true'
  })

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
    /(?:\\(?:mathcal|mathrm)\s*\{?\s*N\s*\}?|\bN)\s*(?:\\!|\\left|\\[Bb]igl?)*\s*\([^$]*\/\s*\(?\s*n\b/.test(m.text) ||
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

/** Whether every parameter that is spoken of stands in the ends of the support. */
const movesSupport = (r: Reference, q: Quantity): boolean => {
  const ends = new Set(r.model.samples.flatMap(s => s.variables.flatMap(v => [...symbolsOf(v.support)])))
  if (q.kind === 'standard-error' || q.kind === 'variance' || q.kind === 'bias') {
    const name = parameterOf(r, q.of)
    // its variance may be known exactly
    return name !== undefined && ends.has(name) && q.kind === 'standard-error'
  }
  const by = q.kind === 'fisher-information' ? namesOf(q.by) : []
  return by.length > 0 && by.every(name => ends.has(name))
}

/** n·I(θ), written somewhere: the number of observations is brought in afterwards. */
const countsLater = (m: Memory): boolean => /\bn\s*(?:\\,|\\cdot|\*|·)?\s*\\?(?:mathcal\s*\{?)?\s*[Ii]\s*\}?(?:_1)?\s*[({^]/.test(m.text)

/** Whether a standard error or a variance that is stated somewhere is right: then the number of observations entered after all. */
const rightlyUsed = (m: Memory): boolean =>
  m.statements.some(({ what }) => {
    if (what.kind !== 'relation' || what.left.kind !== 'quantity' || what.right.kind !== 'term') return false
    const q = what.left.quantity
    const wanted = q.kind === 'standard-error' || q.kind === 'variance' ? precisionOf(m.reference, q) : undefined
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

type Precise = Extract<Quantity, { readonly of: Expr }>
const precise = (q: Quantity): q is Precise => q.kind === 'standard-error' || q.kind === 'variance'
const isValueOf = (r: Reference, q: Quantity, value: Expr): boolean => {
  const wanted = precisionOf(r, q)
  return wanted !== undefined && agree(r, wanted.right, value, mentionsData(r, value) ? atMaximum(r) : undefined).verdict === 'true'
}
/** Functions of the parameters alone on a side of an earlier relation: P(X ≤ 1) = e^{−a}, whose standard error may be given next. */
const functionsSpokenOf = (m: Memory): readonly Expr[] =>
  m.statements.flatMap(({ what, line }) => {
    if (what.kind !== 'relation' || line > (m.line?.line ?? 0)) return []
    return [what.left, what.right].flatMap(side =>
      side.kind === 'term' &&
      side.term.kind !== 'sym' &&
      unknownsIn(m.reference, side.term).length > 0 &&
      !mentionsData(m.reference, side.term)
        ? [side.term]
        : [],
    )
  })

/** SE(g(θ̂)) = SE(θ̂): the value of the quantity on the right. */
const preciseValue = (r: Reference, side: Relating['right']): Expr | undefined =>
  side.kind === 'quantity' && precise(side.quantity) && !speaksOfData(r, side.quantity.of)
    ? precisionOf(r, side.quantity)?.right
    : undefined

/** SE(θ̂) = 1/√I(θ̂): right for the information of the sample or for that of one observation; I_1 is always the latter. */
const byInformation = (r: Reference, q: Quantity, value: Expr): Ruling => {
  const base = { role: 'information' as const, relation: '=' as const }
  const wanted = precisionOf(r, q)
  const written = informationWritten(r, value)
  const undecided: Ruling = { ...base, status: 'unknown', message: 'This was not decided.' }
  if (!wanted || written.length === 0 || r.moving) return undecided
  if (written.some(t => agree(r, wanted.right, t).verdict === 'true')) return { ...base, status: 'ok', message: '' }
  const mistake = wanted.others.find(([, t]) => written.every(v => agree(r, t, v).verdict === 'true'))?.[0]
  return mistake ? { ...base, status: 'wrong', message: 'This is not what the model gives.', mistake } : undecided
}

export const judgeInformation = (m: Memory, s: Statement, w: Relating): Ruling => {
  const r = m.reference
  const base = { role: 'information' as const, relation: '=' as const }
  if (w.left.kind === 'quantity' && w.right.kind === 'term' && mentionsInformation(w.right.term) && w.relation === '=')
    return byInformation(r, w.left.quantity, w.right.term)
  const stated = w.right.kind === 'matrix' ? undefined : (sideTerm(r, w.right) ?? preciseValue(r, w.right))
  if (w.left.kind !== 'quantity' || !stated || (w.relation !== '=' && w.relation !== '≈'))
    return { ...base, status: 'unknown', message: 'This was not decided.' }
  const { quantity } = w.left
  // Var X is no matter of the estimate
  if ((quantity.kind === 'standard-error' || quantity.kind === 'variance') && speaksOfData(r, quantity.of)) {
    // se(e^{−x̄}), where e^{−x̄} was the estimate of e^{−λ}
    const meant = functionsSpokenOf(m).find(g => agree(r, g, quantity.of, atMaximum(r)).verdict === 'true')
    return meant
      ? judgeInformation(m, s, { ...w, left: { kind: 'quantity', quantity: { ...quantity, of: meant } } })
      : ofSpread(r, quantity, stated)
  }
  if (r.moving && ['fisher-information', 'standard-error', 'variance'].includes(quantity.kind)) {
    // of several parameters, one that does not move the support has an ordinary information
    if (r.unknowns.length > 1 && !movesSupport(r, quantity))
      return { ...base, status: 'unknown', message: 'The support moves with another parameter: this was not decided.' }
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
  const wanted = reparametrised(r, precisionOf(r, quantity), w.left.at)
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
  if (d.verdict === 'unknown')
    return isObserved(r, quantity, value)
      ? { ...base, status: 'ok', message: 'From the observed information.' }
      : { ...base, status: 'unknown', message: 'No value to compare was found.' }
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
  // "the observed information is n": without a parameter in it, at the estimate
  if (
    quantity.kind === 'observed-information' &&
    unknownsIn(r, value).length === 0 &&
    agree(r, wanted.right, value, atMaximum(r)).verdict === 'true'
  )
    return { ...base, status: 'ok', message: 'At the estimate.' }
  // "its standard error", of a function that is spoken of
  if (precise(quantity) && !s.source.includes('=') && functionsSpokenOf(m).some(of => isValueOf(r, { ...quantity, of }, value)))
    return { ...base, status: 'ok', message: 'Of the function that is spoken of.' }
  // J(θ) is the expected information in some books
  if (
    quantity.kind === 'observed-information' &&
    !/observed/i.test(`${m.line?.source ?? ''} ${s.said ?? ''}`) &&
    isExpected(r, quantity, value)
  )
    return { ...base, status: 'ok', message: 'The expected information.' }
  if (isObserved(r, quantity, value)) return { ...base, status: 'ok', message: 'From the observed information.' }
  // counts of which nobody says how they are distributed have no expectation
  if (r.model.likelihood !== undefined && hasKind(wanted.right, 'expect'))
    return isObserved(r, quantity, value)
      ? { ...base, status: 'ok', message: 'From the observed information.' }
      : { ...base, status: 'unknown', message: 'The task does not say how the data are distributed.' }
  // the limit of √n(θ̂ − θ) has the information of one observation in it, by whatever letter
  if (quantity.kind === 'fisher-information' && !quantity.perObservation && speaksOfOne(m)) {
    const one = precisionOf(r, { ...quantity, perObservation: true })
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
  // N(0, σ), with the standard deviation behind the comma, is written too
  if (mistake === 'info.var-not-root' && /N\s*\}?\s*(?:\\left|\\[Bb]igl?)?\s*\(/.test(s.source))
    return { ...base, status: 'unknown', message: 'A variance or a standard deviation may be meant.' }
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
