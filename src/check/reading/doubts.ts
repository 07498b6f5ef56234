/**
 * What a sentence may only mention: the slip that somebody might make, another model, a sample in numbers, one observation. What
 * stands in such a sentence and is not true of the model is no mistake of the writer. Tests of words only; nothing is judged.
 */
import { quantityInWords } from './claims.ts'
import type { Clause, Sentence } from './clause.ts'
import { informationOfOne } from './precision-words.ts'

interface Frame {
  readonly words: RegExp
  readonly says: string
}

/** Anywhere in the sentence. */
const frames: readonly Frame[] = [
  {
    words:
      /\b(?:tempt\w+|na[iï]ve\w*|wrong(?:ly)?|incorrect\w*|mistake[ns]?\w*|erroneous\w*|fallacy|forg[eo]t\w*|pretend\w*|imagine|pitfalls?|beware|be careful|traps?|cannot be right|can't be right|(?:one|you|we|students?|people|somebody|someone)(?: \w+)? (?:might|may|could|often|sometimes|usually) (?:\w+ )?(?:think|guess|expect|write|try|say|believe|object|conclude|use|forget)|(?:students?|people|beginners) (?:often|sometimes|usually|tend|will))\b/i,
    says: 'This seems to be mentioned and not claimed.',
  },
  {
    words:
      /\b(?:other|different|alternative|another|second|usual|rate|scale|mean|shape|precision|natural|canonical|original|odds|logit) parametri[sz]ation|\b(?:some|other|many|most) (?:people|books?|authors?|texts?|textbooks?|sources?)\b|\bspecial case\b|\bby contrast\b|\bin contrast\b|\bunlike\b|\b(?:usual|familiar|ordinary|analogous|corresponding) (?:case|problem|model)\b|\bmoment(?:s)?(?: |-)estimat\w+|\bmethod of moments\b|\bunbiased (?:version|estimat\w+|correction)\b/i,
    says: 'This seems to be about another problem or another estimate.',
  },
  {
    words:
      /\b(?:had (?:we|been|it|the|one)|were (?:known|restricted|at|to|we|not|it|the|given|\w+ed)|(?:would|could) (?:have )?(?:been|be|get|have|give|become|obtain\w*|got|gotten|yield|lead)|suppose instead|if instead|(?:if|suppose|assume|when) (?:we|one|you|i) (?:had|did|used|were|use|instead|forget|knew|know)|supposing|instead)\b|(?:^|[\s,;])(?:were|had) ⟨\d+⟩/i,
    says: 'This seems to be supposed and not claimed.',
  },
  {
    // "suppose we observe only the minimum", "if just the first failure is recorded"
    words:
      /\b(?:if|suppose|assum\w+|when)\b[^.;]*\b(?:only|just|merely)\b[^.;]*\b(?:observ\w*|record\w*|know|known|see|seen|measur\w*|report\w*|available|kept|given)\b|\b(?:if|suppose|assum\w+|when)\b[^.;]*\b(?:observ\w*|record\w*|know|known|see|seen|measur\w*|report\w*|given|told)(?: \w+)? (?:only|just|merely)\b/i,
    says: 'This seems to be about other data.',
  },
  {
    words:
      /\b(?:if|suppose|assum\w+|when|for|with|where|given)\b[^.;]*?(?:⟨\d+⟩|\b(?:the )?(?:mean|variance|rate|scale|shape|parameter|standard deviation)\b) (?:is|are|was|were|as|to be)?\s*(?:also |already |actually )?(?:known|given|fixed|restricted|constrained|bounded|at (?:most|least)|no (?:more|less) than|prescribed)\b/i,
    says: 'This seems to be said under a further assumption.',
  },
]
/** Of the sentence, for a formula and not for a claim in words. */
const ofFormulas: readonly Frame[] = [
  { words: /\b(?:priors?|posteriors?|bayes\w*|a posteriori)\b/i, says: 'This seems to be about a distribution of the parameter.' },
  {
    words:
      /\b(?:recall|remember|(?:we|you|one) (?:saw|found|showed|proved|derived|obtained|had)(?: (?:earlier|before|already|that|in))?|last (?:week|time|lecture|year|chapter)|previous(?:ly)?|earlier)\b[^.;]*\b(?:distribution|model|case|example|problem|family|lecture|exercise)\b|\b(?:as )?in (?:the )?(?:example|exercise|problem|section|chapter|lecture) \d/i,
    says: 'This seems to be recalled from another problem.',
  },
]
/** A sentence that asks. */
const asks =
  /^(?:is|are|does|do|can|could|should|what if|why(?: not)?|what|how|could it|which(?! (?:can|may|gives?|yields?|leads?|means|implies|simplif\w+|equals?|becomes?|reduces?|in turn|has|we|follows|is (?:equal|just|also|the same|nothing|proportional|then))\b))\b/i
/** Before the formula in the sentence. */
const before: readonly Frame[] = [
  {
    words:
      /\b(?:to the (?:left|right) of|left of|right of|outside(?: of)?|(?:before|after|below|above|beyond)(?= (?:⟨\d+⟩|it\b|(?:the|that|this) (?:\w+ )?(?:point|value|place|root|maximum|mean|peak|estimate|end)\b))|on (?:the|that|this) (?:left|right|other side))\b/i,
    says: 'Where this is meant to hold was not read.',
  },
  {
    words:
      /\b(?:one|a single|single|only one|1) (?:observation|data ?point|measurement|value|datum|draw|trial)\b|\b(?:sample|sample size|size) (?:of )?(?:size )?(?:one|1)\b/i,
    says: 'This seems to be about one observation.',
  },
]
/** Directly in front of the formula. */
const inFront: readonly Frame[] = [
  {
    words:
      /\b(?:zero|empty|extreme|missing|negative|equal) (?:counts?|data|cells?|observations?|samples?|values?|sums?|totals?) (?:make|makes|give|gives|lead to|leads to|yield|yields|produce|produces)\s*$/i,
    says: 'For which samples this is said was not read.',
  },
  {
    words:
      /\b(?:its|their|whose) (?:own )?(?:mle|ml estimat\w+|maximum[- ]likelihood estimat\w+|estimat\w+) (?:is|are|equals|becomes|=)[\s:]*$/i,
    says: 'Of what this is the estimate was not read.',
  },
  {
    words:
      /(?:\bnot|n't|\bnever|\brather than|\binstead of|\bno longer|\bunlike|\bdiffer\w* from|\bcompare(?:d)?(?: \w+)? (?:to|with))(?: (?:the|just|simply|equal to|by|with|to|that|say|like))*\s*$/i,
    says: 'This seems to be denied and not claimed.',
  },
]
/** Directly behind it. */
const behind: readonly Frame[] = [
  {
    words:
      /^[\s,)]*(?:(?:which|this|that|but that|but this) )?(?:is|was|are|would be|'s|is of course|is clearly) (?:not|n't|wrong|false|incorrect|impossible|absurd|nonsense|a mistake|only (?:valid|true|correct))\b|^[\s,)]*(?:isn't|wasn't|can't|cannot|won't|would|is another|differs?|does not|doesn't|is different)\b/i,
    says: 'This seems to be denied and not claimed.',
  },
]

/** "ℓ″ = … > 0, so the root would be a minimum": what follows from the formula, which is claimed. */
const consequence =
  /[\s,](?:so|hence|thus|therefore)\b(?:(?!\b(?:if|had|were)\b)[^.;⟨])*\bwould be (?:a|the) (?:minimum|maximum)\b(?!.*\b(?:if|had|were)\b).*$/i

/** Why a formula of a sentence may be no claim about the model; undefined for a plain one. */
export const doubtOf = (
  s: Sentence | undefined,
  c: Clause | undefined,
  k: number,
  /** The clauses that were read as conditions. */
  conditions: ReadonlyMap<number, unknown>,
): string | undefined => {
  if (!s) return undefined
  const text = s.text
  const mark = `⟨${k}⟩`
  const at = text.indexOf(mark)
  const head = at < 0 ? '' : text.slice(0, at)
  // a formula with a line for itself ends what was said before, though no point does
  const near = head.slice(
    Math.max(
      ...[...head.matchAll(/[;:]|\b(?:[Ss]o|[Hh]ence|[Tt]herefore|[Tt]hus|[Bb]ut)\b|⟩ (?=[A-Z][a-z]+ )/g)].map(m => m.index ?? 0),
      0,
    ),
  )
  const tail = at < 0 ? (c?.behind ?? '') : text.slice(at + mark.length)
  const whole = at < 0 ? text : `${head}${mark}${tail.replace(consequence, '')}`
  const found =
    frames.find(f => f.words.test(whole)) ??
    ofFormulas.find(f => f.words.test(text)) ??
    before.find(f => f.words.test(near.replace(informationOfOne, ''))) ??
    inFront.find(f => f.words.test(head)) ??
    behind.find(f => f.words.test(tail))
  if (found) return found.says
  // "gain = n/θ": the word is the left side, and nobody knows it
  if (c && (c.operands[0]?.length ?? 0) === 0 && !joining.test(c.words) && !quantityInWords(c.words))
    return 'What stands on the left was not understood.'
  if (asks.test(text.trim()) && head.trim() !== '') return 'This is asked and not claimed.'
  return unread(head, tail, conditions) ? 'The condition that is made here was not understood.' : undefined
}

/** Why a claim in words may be none about every sample: "in these cases there is no maximum", "one might think that it is concave". */
export const doubtOfClaim = (text: string, index: number): string | undefined => {
  const head = text.slice(0, index)
  if (frames.some(f => f.words.test(text))) return frames.find(f => f.words.test(text))?.says
  return /\bin (?:these|such|those|this|that|both|either|each|all|the other|the remaining|the first|the second|the last|the latter|the former)(?: \w+){0,2} cases?\b|\b(?:for|with) (?:such|these|those) (?:samples?|data)\b/i.test(
    head,
  )
    ? 'For which samples this is said was not read.'
    : undefined
}

/** Words between a formula and the relation that goes on with it. */
const joining =
  /^(?:[\s,;:.()–-]*(?:so|hence|thus|therefore|and|or|but|which|that|this|it|is|are|be|equals?|equal|becomes?|gives?|giving|yields?|get|obtain|have|then|we|i|e|also|again|now|finally|last|here|by|using|with|from|of|the|since|because|as|for|at|on|in|other|words|equivalently|equivalent|simplif\w+|rearrang\w+|divid\w+|multiply\w+|both|sides|expand\w+|collect\w+|cancel\w+|factor\w+|where|so\s+that|consequently|clearly|after|to|zero|set|setting|must|has|can|written|write|rewritten|exactly|just|simply|up|constant|constants?|terms?|proportional|follows|iff|if|only|when|namely|same|further|moreover|step|line|by|definition|independence|parts?|log\w*|exp\w*)\b)*[\s,;:.()–-]*$/i

const opens = /\b(?:if|when|whenever|unless|once|as soon as|as long as|provided|while)\b/i
const verbs =
  /\b(?:is|are|was|were|has|have|coincides?|agrees?|exceeds?|happens?|falls?|lies?|contains?|equals?|vanish(?:es)?|occurs?|differs?|shows?|fails?|holds?)\b/i
/** A condition in words, before or behind the formula, that no formula of its own says. */
const unread = (head: string, tail: string, conditions: ReadonlyMap<number, unknown>): boolean => {
  const said = (part: string): boolean => {
    const marks = [...part.matchAll(/⟨(\d+)⟩/g)].map(m => Number(m[1]))
    // "if k = 0: …", where nobody said what k is
    const lone = /\b(?:if|when|whenever)\s+⟨\d+⟩[\s:,]*(?:then)?[\s:,]*$/i.test(part)
    return (verbs.test(part) || lone) && !marks.some(k => conditions.has(k))
  }
  const ahead =
    /^(?:.*[.;:] )?(?:(?:so|and|but|now|then|thus|hence|therefore|here|also),? )?((?:if|when|whenever|unless|once|as soon as|as long as|provided)\b (?!we\b|you\b|one\b|i\b)[^.;]*)$/i.exec(
      head,
    )?.[1]
  if (ahead?.split(/,? or (?=if|when|all|n\b|the)| and (?=⟨)/i).some(said)) return true
  // "if k = 0: L = …", behind a line without a point
  const heading = /⟩ (?:if|when) ⟨(\d+)⟩ $/i.exec(head)?.[1]
  if (heading !== undefined && !conditions.has(Number(heading))) return true
  const after =
    /^[\s,)]*(?:[^.;⟨]{0,30}[ ,])?(?<!\b(?:also|even|only|at|more than) )(if|when|whenever|unless|once(?! more| again)|as soon as|as long as|provided)\b([^.;]*)/i.exec(
      tail,
    )?.[0]
  return after !== undefined && opens.test(after) && said(after)
}
