/**
 * Whether the words of a sentence are all understood. What stands beside words that are not may be supposed, denied, or said of
 * something else: the judge then says "unknown" where it would say "wrong". It is a matter of words alone.
 */
import type { Statement } from './statement.ts'
import { proofWords } from './words-of-proofs.ts'

const listed = (...rows: readonly string[]): readonly string[] => rows.flatMap(r => r.split(' '))

/** Words that leave it asserted, and of this model: they join and say what is done, or name what a derivation speaks of. */
const ordinary = new Set(
  listed(
    'a an the this that these those it its itself they their them we us our i you your one two three both each every all any some such same only also again always everywhere here there now',
    'then next first second third last finally final so hence thus therefore consequently accordingly because since as and or but yet with of for to from by at in on over under up into between upon through than per',
    'if when whenever where which whose while otherwise else iff whence too just simply clearly obviously indeed still even very directly again exactly immediately just easily only already however moreover furthermore',
    'is are was were be been being has have having had do does did done get gets got gives give given giving gave yields yield yielding find finds found finding obtain obtains obtained obtaining become becomes',
    'means mean shows show showing shown see seen say says said note notice observe follows follow following implies imply implying leads lead leading lets let need needs needed must will can may should want wants know known holds hold conclude concludes',
    'denote denotes denoted write writes written writing define defined defining called call use uses used using apply applied applying compute computing computed calculate calculating consider makes make making reads read stands remains turns comes go goes',
    'likelihood log-likelihood loglikelihood log-lik loglik log logs logarithm logarithms natural density densities pmf pdf mass function functions probability probabilities joint product products sum sums summation summing summed',
    'observation observations sample samples data value values parameter parameters unknown estimator estimators estimate estimates mle mles ml maximum maxima maximal maximiser maximizer maximise maximize maximises maximizes maximised maximized maximising maximizing',
    'minimum minimal minimiser minimizer minimise minimize minimises minimizes largest smallest greatest least highest lowest biggest peak top score scores information fisher observed expected expectation expectations variance variances standard error errors deviation deviations',
    'average median mean means odds derivative derivatives differentiate differentiating differentiated differentiation differentiates partial partials second-derivative order condition conditions respect w.r.t wrt foc soc first-order second-order',
    'equation equations solve solves solving solved solution root stationary critical point points zero vanish vanishes nought set sets setting put puts putting equate equating equal equals equality equivalent equivalently',
    'factor factors term terms constant constants const drop drops dropping dropped ignoring ignore omit omitting additive multiplicative positive negative nonnegative non-negative nonzero strictly increasing increases increase decreasing decreases decrease monotone monotonic concave convex concavity',
    'sign signs change changes changing flat multiply multiplying multiplied times divide dividing divided add adding added adds subtract subtracting cancel cancels cancelling canceling rearrange rearranging rearranged collect collecting collected simplify simplifies simplifying simplified expand expanding expanded',
    'substitute substituting substituted plug plugging insert inserting inserted take takes taking taken side sides left right hand bring bringing move moving isolate isolating invert inverting square squares squared squaring root roots-of power powers exponent exponents base bracket brackets',
    'unique uniquely global globally local locally absolute overall interior boundary end ends endpoint endpoints border support range interval space exists exist attained attains reached admissible allowed possible',
    'independent independence independently iid i.i.d identically distributed random variable variables invariance invariant property numerically numeric closed form explicit explicitly unbiased biased bias consistent answer result conclusion required',
    'matrix hessian gradient vector vectors diagonal definite determinant entries component components number numbers count total size trials successes failures items whole entire respective respectively corresponding negative-definite',
    'rule rules chain quotient law laws linearity linear quadratic sum-rule product-rule definition by-definition e i.e ie eq qed ok okay well similarly likewise together combining combined combine',
    'midpoint midrange other numerator denominator counts counted counting none max min candidate candidates long proportional enter enters contain contains involve involves depend depends depending nothing always never no satisfies satisfy satisfied length any-other about once more',
    'prove proves proved proving proof confirm confirms confirmed establish establishes guarantee guarantees ensure ensures determine determines determined express expressed arrive arrives reach reaches attain achieve achieved achieves occur occurs lie lies look looks choose chooses choosing chosen pick select keep keeps keeping leave leaves leaving start starting begin beginning recall remember ask asks asked wanted bend bends curve curves rise rises rising fall falls falling grow grows growing shrink shrinks',
    'formula formulas formulae expression expressions identity problem method methods principle theorem argument reason reasons graph slope shape support supports indicator indicators constraint constraints multiplier multipliers lagrange lagrangian calculus algebra proportionality normalising normalizing normalisation normalization normalised normalized least-squares squares regression weighted weight weights weighting pooled pooling average averages averaging',
    'arithmetic correct right proper exact exactly large small big short full complete completely real integer integers half twice double doubled triple finite infinite infinity bounded unbounded open closed continuous discrete actual actually basically essentially namely nearly almost thereby although though despite regardless whatever matter among within',
    'out estimated amounts amount comes come arrived hits hit cross multiplication cross-multiplication conceivable slope midrange',
    'trial success failure event events waiting time times lifetime lifetimes scale scales location survival distribution distributions model models family families',
    'step steps line lines part parts maximum-likelihood likelihoods test tests check checks verify verified true fact',
  ),
)

/** Words that may make a supposition, a case or a denial of what stands beside them. */
const restricting =
  /\b(?:if|when(?:ever)?|unless|case|cases|suppos\w+|assum\w+|instance|example|e\.g|single|special|particular|would|could|might|without|not|cannot|never|nor|neither|either|provided|had|were|otherwise|instead|alternative\w*|wrong|mistak\w+|error|naive\w*|contrast|unlike|only|ignor\w+|pretend\w*|imagine|hypothe\w+|candidates?|solutions|roots)\b|n['’]t\b/i

const wordsIn = (sentence: string): readonly string[] =>
  [...sentence.replaceAll('⟨⟩', ' ').matchAll(/[A-Za-z][A-Za-z.]*(?:['’-][A-Za-z]+)*/g)].map(w => w[0].toLowerCase().replace(/\.+$/, ''))

/** What a claim denies is read with the claim. */
const denial = /^(?:not|cannot|\w+n['’]t)$/

/** The first word of a sentence that is none of the ordinary ones. */
export const strangeWord = (sentence: string, allowed?: RegExp): string | undefined =>
  wordsIn(sentence).find(w => w.length > 1 && !ordinary.has(w) && !proofWords.has(w) && !allowed?.test(w))

/** What a likelihood is, and its logarithm and derivatives, is seldom said under a condition in words. */
const ofLikelihood = (s: Statement): boolean =>
  s.what.kind === 'relation' && s.what.left.kind === 'quantity' && s.what.left.quantity.kind !== 'estimator'

/** Why a statement must not be called wrong: a word of its sentence; undefined if that is understood. */
export const notUnderstood = (s: Statement): string | undefined => {
  if (s.sentence === undefined || s.what.kind === 'prose' || s.what.kind === 'unreadable') return undefined
  const strange = /^\W*otherwise\b/i.test(s.sentence) ? 'otherwise' : strangeWord(s.sentence, s.what.kind === 'claim' ? denial : undefined)
  if (strange === undefined) return undefined
  return (s.display || ofLikelihood(s)) && !restricting.test(s.sentence)
    ? undefined
    : `Not judged: what is said around it was not understood ("${strange}").`
}
