/** What whole sentences say that is wrong, with no formula in them to be judged. It reads words alone. */
import type { Memory, Ruling } from './ruling.ts'
import { strangeWord } from './understood.ts'

/** ∫ L(θ) dθ = 1, in signs or words. */
export const normalises = (text: string): boolean =>
  /(\\int|∫|\bint(?:egral)?\b).*L.*=\s*1\s*\$*\.?$/.test(text) ||
  (/(likelihood|L\s*\().*\bintegrates? to (1|one)\b/i.test(text) && !/\b(not|need|never)\b|n't/.test(text))
export const wrongPrior: Ruling = {
  role: 'claim',
  status: 'wrong',
  message: 'The likelihood is no density of the parameter.',
  mistake: 'lik.prior-confusion',
}

/** "We differentiate log L with respect to N and set the derivative to zero", and nobody calls N real. */
const differentiates =
  /\b(?:differentiat(?:e|es|ing)|tak(?:e|es|ing) the (?:first )?(?:partial )?derivative|set(?:s|ting)? (?:the|its) (?:first )?derivative)\b/i
const hesitates =
  /\b(?:nothing|no|without|cannot|can't|not|don't|doesn't|instead|rather than|no sense|meaningless|if|were|would|real|continuous|neither|by the way)\b/i

const withoutFormulas = (text: string): string => text.replace(/\$[^$]*\$|\\\(.*?\\\)|\\[A-Za-z]+/g, ' ')

/** "The invariance property does not hold here", of maximum-likelihood estimates. */
const deniesInvariance =
  /\binvariance(?: property| principle)?(?: of (?:the )?(?:mles?|maximum[- ]likelihood(?: estimat\w+)?))? (?:does not|doesn[’']t|do not|cannot|can[’']t|fails to) (?:hold|apply|be (?:used|applied))\b/i

/** The verdict on a line for its words; undefined where they say nothing wrong. */
export const saidInWords = (m: Memory): Ruling | undefined => {
  const source = m.line?.source ?? ''
  const integers = m.reference.model.parameters.every(p => p.domain.kind === 'range' || p.domain.kind === 'finite')
  const sentence = integers && !m.relaxed ? source.split(/[.;!?](?:\s|$)/).find(t => differentiates.test(t)) : undefined
  if (sentence !== undefined && !hesitates.test(source) && strangeWord(withoutFormulas(sentence)) === undefined)
    return {
      role: 'claim',
      status: 'wrong',
      always: true,
      message: 'The parameter is no real number.',
      mistake: 'max.integer-derivative',
    }
  const denied = source.split(/[.;!?](?:\s|$)/).find(t => deniesInvariance.test(t))
  if (denied !== undefined && !/\b(?:unbiased\w*|bias|variance|moments?|bayes\w*|posterior)\b/i.test(source))
    return {
      role: 'claim',
      status: 'wrong',
      always: true,
      message: 'Maximum-likelihood estimates are invariant.',
      mistake: 'est.invariance-mean',
    }
  return undefined
}

/** The verdict on "the product is largest when every factor is"; undefined for other words. */
export const maximisedApart = (m: Memory): Ruling | undefined => {
  const source = m.line?.source ?? ''
  if (!/factors?\b/.test(source) || m.reference.moving || m.reference.unknowns.length > 1) return undefined
  return factorwise.some(p => p.test(source)) && !/\b(?:not|no|never|only if|wrong)\b|n['’]t\b/i.test(source)
    ? { role: 'claim', status: 'wrong', always: true, message: 'All observations share one parameter.', mistake: 'lik.max-each-factor' }
    : undefined
}

const top = '(?:largest|biggest|greatest|maximal|maximi[sz]ed|as (?:large|big) as possible)'
/** "The product is largest when every factor is": the factors have their maxima at different values. */
const factorwise: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:product|likelihood|L)\b[^.;]{0,25}\b${top}\b[^.;]{0,12}\b(?:when|if|once|where)\b[^.;]{0,12}\b(?:every|each|all)\b[^.;]{0,12}\bfactors?\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:when|if|once|where)\b[^.;]{0,12}\b(?:every|each|all)\b[^.;]{0,12}\bfactors?\b[^.;]{0,20}\b${top}\b[^.;]{0,30}\b(?:product|likelihood)\b[^.;]{0,12}\b${top}`,
    'i',
  ),
]

const second = String.raw`(?:the |its |our )?second(?: order|-order)? (?:derivative|differential)(?: there| at it| at this point)?`
const sign = String.raw`(?:strictly )?(?:positive|negative|greater than (?:zero|0)|less than (?:zero|0)|above zero|below zero)`
/** The rule of the second derivative, with its two halves in the order in which they stand. */
const rulesOfSecond: readonly RegExp[] = [
  new RegExp(
    String.raw`\bfor (?:it to be |this to be |there to be )?(?:a |the )?(?:local )?(maximum|minimum),? (?:(?:we|one|you) (?:needs?|wants?|requires?) )?${second} (?:has to be|have to be|must be|should be|needs to be|to be|ought to be|is) (${sign})\b`,
    'i',
  ),
  new RegExp(
    String.raw`\ba (${sign}) second(?: order|-order)? derivative (?:always )?(?:means|indicates|implies|shows|signals|gives|tells us|says|belongs to|is the sign of)(?: that)?(?: (?:we have|there is|it is|this is|of))? (?:a |the )?(?:local |global )?(maximum|minimum)\b`,
    'i',
  ),
]
const ofOtherSide = /\bminus\b|\bnegative (?:of the )?log|\bnll\b|\bloss\b|\bdeviance\b|\bminimi[sz]|[−-]\s*\\?(?:ell|ℓ|l\b|log)/i
const onlySupposes = /\b(?:not|never|no|wrong\w*|mistak\w+|confus\w+|tempt\w+|if|would|were|think|might|may|some|student\w*)\b|n['’]t\b|\?/i

/** "For a maximum the second derivative has to be positive": the rule turned round, whatever it is applied to. */
export const rulesTurned = (m: Memory): Ruling | undefined => {
  const source = m.line?.source ?? ''
  if (!/second/i.test(source) || ofOtherSide.test(source) || m.said.some(t => t.key.startsWith('nll'))) return undefined
  const turned = source.split(/[.;!](?:\s|$)/).some(part =>
    rulesOfSecond.some(p => {
      const [whole, ...halves] = p.exec(part) ?? []
      if (whole === undefined || onlySupposes.test(part.slice(0, part.indexOf(whole) + whole.length))) return false
      const both = halves.join(' ').toLowerCase()
      return /maximum/.test(both) === /positive|greater|above/.test(both)
    }),
  )
  return turned
    ? {
        role: 'second-derivative',
        status: 'wrong',
        always: true,
        message: 'At a maximum the second derivative is negative, at a minimum it is positive.',
        mistake: 'max.wrong-sign',
      }
    : undefined
}
