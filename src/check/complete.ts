/** What a full answer still needs, as the contract names it. */
import { flat } from './judge-maximum.ts'
import { omitted, tiedNames } from './omitted.ts'
import type { Missing } from './report.ts'
import type { Memory } from './ruling.ts'

/** @param require only these are asked for; all of them unless told */
export const completeness = (m: Memory, require?: readonly Missing[]): readonly Missing[] => {
  const r = m.reference
  const found = new Set<Missing>(m.missing)
  const stated = new Set(m.estimates.map(e => e.parameter))
  if (stated.size === 0 && !implicit(m) && !everyOne(m) && !m.claims.some(c => c.claim === 'no-maximum' || c.claim === 'boundary'))
    found.add('estimate')
  else if (!implicit(m) && r.unknowns.length > 1 && r.unknowns.some(u => !stated.has(u) && !leftOver(m, u, stated) && !inWords(m, u)))
    found.add('other-parameter')
  if (stated.size > 0 && !argued(m)) found.add('second-order')
  if (m.cut.uncovered && !m.cut.cases && !(m.relaxed && m.cases.length > 0)) found.add('boundary')
  for (const k of omitted(m)) found.add(k)
  return [...found].filter(k => !require || require.includes(k))
}

/** The estimate is said to be the root of an equation that was found and that nobody can solve in closed form. */
const implicit = (m: Memory): boolean =>
  /numerical|no closed[- ]form|no explicit|(?:root|solution) (?:of|to)\b|\bsolves\b|exactly one (?:root|solution|zero)|iterat|newton|digamma|inverse function/i.test(
    m.text,
  ) &&
  (m.equations.some(e => e.right) || m.said.some(s => s.role === 'score' && s.right))

/** "Every t between … is an MLE", where the top of the likelihood is flat. */
const everyOne = (m: Memory): boolean => /\b(?:any|every|all|each)\b[^.]*(?:estimat|mle|maximi)/i.test(m.text) && flat(m.reference)

/** "At a median ĉ": an estimate that is said in words. */
const inWords = (m: Memory, u: string): boolean =>
  /median/i.test(m.text) &&
  m.statements.some(s => 'kind' in s.what && new RegExp(`hat\\s*\\{?\\s*\\\\?${u}\\b|${u}(?:_hat|hat\\b|\u0302)`).test(m.text))

/** A parameter that a constraint determines when the others are known. */
const leftOver = (m: Memory, u: string, stated: ReadonlySet<string>): boolean =>
  tiedNames(m.reference).some(names => names.length > 1 && names.includes(u) && names.every(n => n === u || stated.has(n)))

/** An argument in words that was not read as a claim. */
const words =
  /second[- ](order )?(deriv|diff|condition)|concav|convex|positive\b[^.;]{0,80}\bnegative|(?:just|only) one (?:\w+ )?(?:zero|root|solution)|maximum is (?:shown|proved|verified|checked)|goes? (?:up|down)|drops|as (?:large|small|big|far|short|narrow|close|low|high|long|wide) as (?:possible|allowed|(?:it|they|we) can)|gets? (?:bigger|larger|smaller)|shortest|narrowest|(?:largest|smallest|biggest|least|greatest) (?:possible|allowed|admissible)|sign change|changes? (its )?sign|decreas|increas|monoton|unimodal|definite|hessian|only (stationary|critical) point|global maxim|(?:is|are) (?:\w+ )?(?:minimi[sz]ed|maximi[sz]ed|smallest|least|largest)\b|minimi[sz]\w*[^.;]*(?:sum|Σ|squares|deviation|distance)|am[-–]+gm|jensen|gibbs|cauchy|inequality|with equality|\bat (?:both|the) (?:ends|boundar\w+|endpoints)|>\s*0\$?\s[^.]{0,90}<\s*0|(?:>|\\gt)\s*0\s*\$?\s*(?:\\iff|\\Leftrightarrow|⇔|<=>|<->|iff\b|if and only if)|\\ell''|ℓ''|l''|d\^2|\\partial\^2|∂²/i

const argued = (m: Memory): boolean => {
  if (m.arguments.size > 0 || words.test(m.text)) return true
  // the same height wherever the data are possible, and 0 elsewhere: that is the argument
  if (m.said.some(s => s.role === 'likelihood' && s.right) && flat(m.reference)) return true
  // a likelihood that is constant where it is not 0
  if (flat(m.reference) && /constant|not unique|\bequals?\b|elsewhere|otherwise/i.test(m.text)) return true
  // integers and finite spaces are compared, and every relation between two of them is an argument
  if (
    m.reference.model.parameters.every(p => p.domain.kind !== 'interval') &&
    m.statements.some(s => s.what.kind === 'relation' && /L|ratio|compare/.test(s.source))
  )
    return true
  // an end of the support is no zero of the derivative: what has to be argued is that L is monotone
  return (
    m.claims.some(c => ['increasing', 'decreasing', 'boundary', 'sign-change', 'concave', 'unique', 'global-maximum'].includes(c.claim)) ||
    m.said.some(s => s.role === 'second-derivative')
  )
}
