/**
 * What sentences claim: "so it is a maximum", "strictly decreasing in θ", "the only root". Formulas in the sentence are
 * marks ⟨k⟩; which quantity a claim is about is the nearest one named before it. It decides nothing about truth.
 */

import type { Claim } from '../statement.ts'
import { subjunctive } from './conditional-words.ts'

export interface FoundClaim {
  readonly claim: Claim
  /** Offset in the sentence. */
  readonly index: number
  readonly length: number
  readonly negated: boolean
  readonly where: 'everywhere' | 'at the root' | 'in part' | undefined
  /** The clause it speaks of, or the words. */
  readonly about: number | string | undefined
}

const adverbs =
  '(?:always |strictly |clearly |everywhere |monotonically |monotone |globally |jointly |also |then |indeed |therefore |thus |hence |obviously |definitely |necessarily |a |an |the )*'
const patterns: readonly (readonly [Claim, RegExp])[] = [
  [
    'sign-change',
    /\b(?:changes? (?:its )?sign|sign change|(?:from|goes)\s+(?:\+|positive|plus|increasing)(?: sign)?,?\s+(?:to|then|through (?:0|zero) to)\s+(?:-|−|negative|minus|decreasing)|(?:from|goes)\s+(?:negative|minus)(?: sign)?\s+(?:to|through (?:0|zero) to)\s+(?:positive|plus)|(?:positive|increas\w+|> ?0)(?: in [⟨⟪]\d+[⟩⟫])? (?:for|before|when|if|to the left|below|up to)[^.]*?(?:negative|decreas\w+|< ?0) (?:for|after|when|if|to the right|above|beyond|thereafter))/g,
  ],
  [
    'sign-change',
    /(?:\+|\bplus) (?:before|to the left|left of|on the left|for)[^.]*?(?:−|\bminus) (?:after|behind|to the right|right of|on the right|beyond|for)/g,
  ],
  [
    'sign-change',
    /\b(?:ris(?:es|ing)|increas(?:es|ing)|grow(?:s|ing)|positive)\b[^.;]{0,60}?(?:\band then\b|,? then|before|and then) (?:it )?(?:is |strictly |monotonically )*(?:fall(?:s|ing)|decreas(?:es|ing)|declin(?:es|ing)|negative)\b/g,
  ],
  ['decreasing', /\bincreas\w+ (?:as|when|if|with) [^.,]*?(?:decreas|gets? small|shrink|falls?)/g],
  ['increasing', /\bincreas\w+ (?:as|when|with) [^.,]*?(?:increas|grow|gets? larg)/g],
  ['increasing', /\bdecreas\w+ (?:as|when|with) [^.,]*?(?:decreas|gets? small|shrink)/g],
  ['decreasing', /\b(?:decreasing|decreases|falls|declines|monotonically falling)\b/g],
  ['increasing', /\b(?:increasing|increases|rises|grows)\b/g],
  ['concave', /\b(?:concave|concavity)\b/g],
  ['convex', /\b(?:convex)\b/g],
  [
    'negative',
    new RegExp(
      `\\b(?:is|are|be|being|remains?|stays?|which is|as) ${adverbs}(?:negative(?! ?log| ?binomial)|less than (?:zero|0)|below zero)\\b|\\bnegative definite\\b|^${adverbs}negative\\b(?! ?log| ?likelihood| ?binomial)|^< ?0`,
      'g',
    ),
  ],
  [
    'positive',
    new RegExp(`\\b(?:is|are|be|being|remains?|stays?|which is) ${adverbs}(?:positive|greater than (?:zero|0)|above zero)\\b`, 'g'),
  ],
  [
    'no-maximum',
    /\b(?:(?:no|not an?) (?:mle|maximum|maximi[sz]er|ml estimate|maximum[- ]likelihood estimat\w+)\b[^.]{0,30}|(?:mle|maximum|estimat\w+|maximi[sz]er)[^.]{0,30}(?:does not|doesn't|do not|fails? to|need not) exist|not attained|unbounded above|is unbounded)/g,
  ],
  [
    'no-solution',
    /\b(?:(?:has|have|is|there is|admits?) no (?:real )?(?:solution|root|stationary point|critical point|interior)|no (?:solution|root|stationary point|critical point)s?\b|never (?:zero|0|vanish\w*|equals? (?:0|zero))|can(?:not|'t| never) (?:be (?:zero|0|set)|equal (?:zero|0)|vanish)|does(?: not|n't) vanish)/g,
  ],
  ['global-maximum', /\b(?:global(?:ly)?|absolute|overall) max(?:imum|ima|imi[sz]\w+)?\b/g],
  [
    'maximum',
    new RegExp(
      `\\b(?:is|are|be|it's|gives?|yields?|attains?|reaches|have|has|confirm\\w*|indicat\\w+|mean\\w*|indeed|so|thus|hence|therefore|a|the|this|,) ${adverbs}(?:local |unique |in fact |indeed |interior |required |desired |relative )*max(?:imum|imi[sz]er|imi[sz]ed|imi[sz]es|ima)?\\b(?! ?[- ]?likelihood)(?! of the obs)`,
      'g',
    ),
  ],
  [
    'minimum',
    /\b(?:is|are|be|it's|gives?|yields?|attains?|has|have|reaches|takes|a|the|this) (?:a |an |the |its |their |indeed |local |global |unique |in fact )*minim(?:um|ises?|izes?)\b(?! (?:of (?:the |our |all |these |those )?(?:sample|data|observ\w*|observations|values?|measure\w*|[xyt]\b)|(?:value|observation|order|sample|time|lifetime)\b))/g,
  ],
  [
    'unique',
    /\b(?:unique(?:ly)?|the only (?:solution|root|critical point|stationary point|candidate|zero|value)|exactly one (?:solution|root|zero|point|value|maximum|maximi[sz]er)|one and only one)\b/g,
  ],
  [
    'boundary',
    /\b(?:on the boundary|at (?:one of )?the (?:kinks?|observations?|data points?|sample points?|knots?)|at an? (?:observation|data point|kink)|at the (?:boundary|end ?point|left end|right end|edge|end of)|as (?:small|large|big) as possible|the (?:smallest|largest|least|greatest) (?:possible |allowed |admissible |feasible |permitted )?(?:value|⟨\d+⟩|theta|one)|smallest possible|largest possible)/g,
  ],
  ['unbiased', /\bunbiased\b/g],
  ['biased', /\bbiased\b/g],
  ['consistent', /\bconsistent\b/g],
  [
    'normalised',
    /\b(?:integrates? to (?:1|one)|sums? to (?:1|one) over ⟨|is (?:a|the) (?:probability )?(?:density|distribution) (?:of|for|in|over) ⟨|posterior)/g,
  ],
  ['defined', /\b(?:only defined|well[- ]defined|is defined|undefined)\b/g],
]

const quantityWords =
  /\b(?:(?:negative|minus the) log[- ]?likelihood|log[- ]?likelihood|(?:second|2nd) (?:partial )?deriv(?:ative|\.)?|(?:first )?derivative|score(?: function)?|hessian|likelihood(?! (?:estimat|equation))(?: function)?|fisher information|information|estimator|mle|estimate|density|function)\b/g

/** Words behind a claim that say where it holds. */
const partly =
  /^(?: strictly| monotonically| there)?,? ?(?:from (?:⟨|the|one|its)|where(?:ver|as)?\b|when\b|if\b|as long as|as soon as|as ⟨\d+⟩ (?:→|⇒|tends|approaches|goes|gets)|as ⟨\d+⟩$|while\b|until\b|up to|to the (?:left|right)|before\b|after\b|between\b|below\b|above\b|past\b|beyond\b|on (?:the|each|either|both|this|that)\b|inside\b|outside\b|in (?:the|this|that|each) (?:region|range|case|interval)|there\b)/

/** The claims of one sentence, in lower case. */
export const claimsOf = (sentence: string): readonly FoundClaim[] => {
  const text = sentence.toLowerCase().replace(/\s+/g, ' ')
  const found: FoundClaim[] = []
  for (const [claim, pattern] of patterns) {
    pattern.lastIndex = 0
    for (const m of text.matchAll(pattern)) {
      const index = m.index ?? 0
      const overlaps = found.some(f => index < f.index + f.length && f.index < index + m[0].length)
      if (overlaps) continue
      const before = text.slice(Math.max(0, index - 60), index)
      const clause = before.slice(Math.max(before.lastIndexOf(','), before.lastIndexOf(';')) + 1)
      // "to maximise L", "the maximum of ℓ is found by", "check that it is a maximum": no claim.
      if (
        (claim === 'maximum' || claim === 'minimum') &&
        /\b(?:to (?:find|check|verify|see|show|confirm|decide|get|determine)|whether|check that|verify that|if|find the|locate)\b[^,]*$/.test(
          `${clause}${m[0]}`.replace(/max\w*$/, ''),
        )
      )
        continue
      if (
        claim === 'maximum' &&
        /^\s*(?:over ⟨\d+⟩ |value |point )?(?:is|lies|occurs|is (?:attained|reached|achieved)|of|over)\b(?! a\b)/.test(
          text.slice(index + m[0].length),
        )
      )
        continue
      // "for a maximum we need more than that"
      if ((claim === 'maximum' || claim === 'minimum') && /^an?\b/.test(m[0]) && /\bfor (?:(?:it|this|there) to be )?$/.test(before))
        continue
      // "the minimum of the x_i has rate nλ"
      if (
        claim === 'minimum' &&
        /^the\b/.test(m[0]) &&
        /^ of (?:the |all )?(?:⟨|⟪|observ|data|sample|values|times)/.test(text.slice(index + m[0].length))
      )
        continue
      // "if ⟪2⟫ there is no maximum": the condition is complete
      const complete =
        claim === 'no-maximum' &&
        /\b(?:if|when|whenever|for) (?:[^,;⟪]{0,12}⟪\d+⟫|(?:all|every|each) ⟨\d+⟩)(?: (?:then|there|the|it|no|we|an?|is|has|have|exists)\b)*\s*$/.test(
          before,
        )
      // "if ⟨2⟩ this is the global maximum", without a comma
      const following =
        claim === 'global-maximum' && /\bif [⟨⟪]\d+[⟩⟫],? (?:then )?(?:this|that|it|⟨\d+⟩) is (?:a |the |its )?$/.test(before)
      if (/\b(?:if|whether|unless|when|suppose|assume)\b[^,;]*$/.test(clause) && claim !== 'sign-change' && !complete && !following)
        continue
      if (subjunctive.test(clause) || /\b(?:would|could|might)\b/.test(m[0])) continue
      // "it has no maximum inside": of a part of the parameter space
      if (
        claim === 'no-maximum' &&
        /\b(?:inside|interior|there|between|in it|here)\b/.test(`${m[0]}${text.slice(index + m[0].length, index + m[0].length + 12)}`)
      )
        continue
      // "The other root is positive" says nothing of a derivative.
      if ((claim === 'positive' || claim === 'negative') && !speaksOfFunction(text.slice(0, index), m[0])) continue
      if (claim === 'increasing' && /\blog(?:arithm)?\b[^,]*$/.test(clause) && !/likelihood[^,]*$/.test(clause)) continue
      if ((claim === 'increasing' || claim === 'decreasing') && /\blog(?:arithm)? (?:is|function is)\b/.test(before)) continue
      if (
        /^(?:increasing|decreasing|concave|convex|positive|negative|minimum|maximum)$/.test(claim) &&
        speaksOfPart(text.slice(0, index), text.slice(index + m[0].length))
      )
        continue
      const around = text.slice(Math.max(0, index - 25), index + m[0].length)
      const negated =
        (/^[^,;]*\bno (?:\w+ ){1,3}$/.test(clause) && /^is|^are/.test(m[0])) ||
        (/\b(?:not|isn't|never|neither|doesn't)\b[^,]*$/.test(around) && claim !== 'no-solution' && claim !== 'no-maximum')
      const behind = text.slice(index, index + m[0].length + 60).replace(/;.*$/, '')
      // "as N grows": what varies, and no claim
      if (
        (claim === 'increasing' || claim === 'decreasing') &&
        /\b(?:as|when|if|while|with) (?:⟨\d+⟩|⟪\d+⟫|it|the \w+|\w+)\s*$/.test(before)
      )
        continue
      const behindClaim = text.slice(index + m[0].length)
      // "it has its minimum there": at the point that was found
      const rest = claim === 'minimum' ? behindClaim.replace(/^,? there\b/, '') : behindClaim
      const inPart =
        partly.test(rest.replace(/^ (?:in|of) [⟨⟪]\d+[⟩⟫]/, '')) ||
        (claim !== 'sign-change' &&
          /\b(?:between|below|above|beyond|outside|inside|before|after|left of|right of) (?:⟨|⟪|the (?:smallest|largest|first|last|root|kinks?|point|ends?|median|estimate|mle)|all|both|two|an? |any|each|every|neighbou?ring|consecutive|adjacent|its|this|that)[^;]*$/.test(
            before,
          ))
      const where =
        /\b(?:for (?:all|every|any)|everywhere|always|throughout|whatever|(?:on|over) (?:all of|the (?:whole|entire) (?:of|parameter|real|positive|line|half|range|interval|space)))\b/.test(
          behind + before.slice(-15),
        )
          ? 'everywhere'
          : /\bat (?:the|this|that) (?:root|point|solution|estimat\w+|mle|stationary|critical|value)|\bat ⟨/.test(behind)
            ? 'at the root'
            : inPart
              ? 'in part'
              : undefined
      found.push({ claim, index, length: m[0].length, negated, where, about: subject(text.slice(0, index)) })
    }
  }
  return found.sort((a, b) => a.index - b.index)
}

/** Whether what is said to have a sign can be a function of the parameter. */
const speaksOfFunction = (before: string, claim: string): boolean =>
  /^(?:which|negative definite)/.test(claim) ||
  /(?:⟨\d+⟩|⟪\d+⟫|derivative|score|hessian|information|curvature|matrix|this|it|that|both|expression|which|function|term|slope|quantity|these)[\s,]*(?:of ⟨\d+⟩|at ⟨\d+⟩|there|is|function)?[\s,]*$/.test(
    before,
  )

/** "The sum of squares is convex", "the minimum of the residual sum of squares": said of a part of the likelihood, not of it. */
const speaksOfPart = (before: string, behind: string): boolean => {
  const part =
    /\b(?:(?:residual )?sums? of (?:the )?(?:squares?|squared \w+|absolute \w+)|cumulant function|summands?|left[- ](?:hand )?side|right[- ](?:hand )?side|numerator|denominator|bracket)\b/g
  if (/^ (?:of|for) (?:the |this )?(?:residual )?(?:sums? of|rss|sse)\b/.test(behind)) return true
  const last = [...before.matchAll(part)].at(-1)
  const rest = last ? before.slice((last.index ?? 0) + last[0].length) : ''
  return (
    last !== undefined &&
    !/⟨|⟪|likelihood|score|derivative|\bso\b|hence|therefore/.test(rest.replace(/^ (?:in|of|on the left|on the right) [⟨⟪]\d+[⟩⟫]/, ''))
  )
}

/** The last formula or quantity named before the claim. */
const subject = (before: string): number | string | undefined => {
  let best: { readonly at: number; readonly what: number | string } | undefined
  for (const m of before.matchAll(/⟨(\d+)⟩/g)) best = { at: m.index ?? 0, what: Number(m[1]) }
  for (const m of before.matchAll(quantityWords)) if (!best || (m.index ?? 0) > best.at) best = { at: m.index ?? 0, what: m[0] }
  return best?.what
}

/** The derivative of the log-likelihood is a derivative. */
const derivativesOf: readonly (readonly [RegExp, string, number])[] = (
  [
    [1, ''],
    [2, '(?:second|2nd) (?:partial )?'],
  ] as const
).flatMap(([order, before]) =>
  (
    [
      ['likelihood', 'L'],
      ['log[- ]?lik(?:elihood)?', 'ell'],
      ['(?:(?:negative|minus the) log[- ]?likelihood|nll)', 'nll'],
    ] as const
  ).map(
    ([words, name]) =>
      [
        new RegExp(`${before}(?:deriv(?:ative|\\.)|slope|gradient) of (?:the |this |our |its |that )?${words}(?: function)?`, 'g'),
        name,
        order,
      ] as const,
  ),
)

/** Which quantity words name, as the last one in them: the role, and the order of its derivative. */
export const quantityInWords = (words: string): { readonly name: string; readonly order: number } | undefined => {
  const w = words.toLowerCase()
  let found: { readonly at: number; readonly size: number; readonly name: string; readonly order: number } | undefined
  const see = (pattern: RegExp, name: string, order: number): void => {
    for (const m of w.matchAll(pattern)) {
      const end = (m.index ?? 0) + m[0].trimEnd().length
      if (!found || end > found.at || (end === found.at && m[0].length > found.size)) found = { at: end, size: m[0].length, name, order }
    }
  }
  see(/\blikelihood(?! (?:estimat|equation|principle|ratio|method))/g, 'L', 0)
  see(/\blog[- ]?lik(?:elihood|eli|\b)|\blog of (?:the|this) likelihood|\blogarithm of (?:the )?likelihood/g, 'ell', 0)
  see(/\b(?:negative|minus the) log[- ]?likelihood|\bnll\b/g, 'nll', 0)
  see(/\b(?:average|mean|scaled|normali[sz]ed) log[- ]?likelihood|\blog[- ]?likelihood (?:divided by|per observation)/g, 'avg-ell', 0)
  see(/\b(?:take|taking|apply|applying)\s(?:the\s|natural\s)*log(?:s|arithms?)?\b/g, 'ell', 0)
  see(/\bdifferentiat(?:e|ing|ion)\b/g, 'ell', 1)
  see(/\b(?:first |1st |its |the |partial )*deriv(?:ative\b|\.|\b)|\bscore(?: function)?\b|\bgradient\b/g, 'ell', 1)
  see(/\b(?:second|2nd) (?:partial )?deriv(?:ative|\.)?|\bsecond partials?\b/g, 'ell', 2)
  see(
    /\b(?:second|another|further) (?:differentiation|derivative)\b|\bdifferentiat\w+(?: \w+){0,3} (?:once more|once again|again|twice|a second time)\b/g,
    'ell',
    2,
  )
  for (const [pattern, name, order] of derivativesOf) see(pattern, name, order)
  see(
    /(?<!\b(?:at|around|near) (?:the |our |this |its |that )?)\b(?:mle|ml estimat\w+|maximum[- ]likelihood estimat\w+|estimat(?:e|or)|maximi[sz]er)\b/g,
    'estimator',
    0,
  )
  see(
    /(?<!\b(?:elements?|entr(?:y|ies)|determinant|inverse|components?|trace|reciprocal|root|blocks?|terms?|part|diagonal) of (?:the |this |its |that |our )?)\b(?:(?:fisher|expected|total) )?information(?! (?:criterion|matrix|set))/g,
    'fisher-information',
    0,
  )
  see(/\bobserved information/g, 'observed-information', 0)
  see(
    /\bjoint (?:probability )?(?:density|pdf|pmf|mass function|distribution)(?: function)?(?! of (?:an?|one|each|every|the|any|single|such)(?: \w+)? (?:pairs?|triples?|observation|couple|vector|data point|point|row)\b(?! of (?:all|observations|samples)))/g,
    'L',
    0,
  )
  see(/\bstandard error/g, 'se', 0)
  return found && { name: found.name, order: found.order }
}
