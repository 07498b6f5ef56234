/**
 * The vocabulary of derivations: words that leave asserted, and said of this model, what stands beside them. A word belongs here only if
 * no sentence becomes a supposition, a denial or a remark about something else by it. Tables only.
 */

/** What joins and says what is done, and what a derivation speaks of. */
const ofDerivations: readonly string[] = [
  'a an the this that these those it its itself they their them we us our i you your one two three both each every all any some such same only also again always everywhere here there now',
  'then next first second third last finally final so hence thus therefore consequently accordingly because since as and or but yet with of for to from by at in on over under up into between upon through than per',
  'if when whenever where which whose while otherwise else iff whence too just simply clearly obviously indeed still even very directly again exactly immediately just easily only already however moreover furthermore',
  'is are was were be been being has have having had do does did done get gets got gives give given giving gave yields yield yielding find finds found finding obtain obtains obtained obtaining become becomes',
  'means mean shows show showing shown see seen say says said note notice observe follows follow following implies imply implying leads lead leading lets let need needs needed must will can may should want wants know known holds hold conclude concludes',
  'denote denotes denoted write writes written writing define defined defining called call use uses used using apply applied applying compute computing computed calculate calculating consider makes make making reads read stands remains turns comes go goes',
  'likelihood log-likelihood loglikelihood log-lik loglik log logs logarithm logarithms natural density densities pmf pdf mass function functions probability probabilities joint product products sum sums summation summing summed',
  'observation observations sample samples data value values parameter parameters unknown estimator estimators estimate estimates mle mles ml maximum supremum infimum maxima maximal maximiser maximizer maximise maximize maximises maximizes maximised maximized maximising maximizing',
  'front minimum minimal minimiser minimizer minimise minimize minimises minimizes largest smallest greatest least highest lowest biggest peak top score scores information fisher observed expected expectation expectations variance variances standard error errors deviation deviations',
  'average median mean means odds derivative derivatives differentiate differentiating differentiated differentiation differentiates partial partials second-derivative order condition conditions respect w.r.t wrt foc soc first-order second-order',
  'equation equations solve solves solving solved solution root stationary critical point points zero vanish vanishes nought set sets setting put puts putting equate equating equal equals equality equivalent equivalently',
  'factor factors term terms constant constants const drop drops dropping dropped ignoring ignore omit omitting additive multiplicative positive negative nonnegative non-negative nonzero strictly increasing increases increase decreasing decreases decrease monotone monotonic concave convex concavity',
  'sign signs change changes changing flat multiply multiplying multiplied times divide dividing divided add adding added adds subtract subtracting cancel cancels cancelling canceling rearrange rearranging rearranged collect collecting collected simplify simplifies simplifying simplified expand expanding expanded',
  'substitute substituting substituted plug plugging insert inserting inserted take takes taking taken side sides left right hand bring bringing move moving isolate isolating invert inverting square squares squared squaring root power powers exponent exponents base bracket brackets',
  'unique uniquely global globally local locally absolute overall interior boundary end ends endpoint endpoints border support range interval space exists exist attained attains reached admissible allowed possible',
  'independent independence independently iid i.i.d identically distributed random variable variables invariance invariant property numerically numeric closed form explicit explicitly unbiased biased bias consistent answer result conclusion required',
  'matrix hessian gradient vector vectors diagonal definite determinant entries component components number numbers count total size trials successes failures items whole entire respective respectively corresponding negative-definite',
  'rule rules chain quotient law laws linearity linear quadratic definition e i.e ie eq qed ok okay well similarly likewise together combining combined combine',
  'midpoint midrange halfway midway other numerator denominator counts counted counting none max min candidate candidates long proportional enter enters contain contains involve involves depend depends depending nothing always never no satisfies satisfy satisfied length about once more',
  'prove proves proved proving proof confirm confirms confirmed establish establishes guarantee guarantees ensure ensures determine determines determined express expressed arrive arrives reach reaches attain achieve achieved achieves occur occurs lie lies look looks choose chooses choosing chosen pick select keep keeps keeping leave leaves leaving start starting begin beginning recall remember ask asks asked wanted bend bends curve curves rise rises rising fall falls falling grow grows growing shrink shrinks',
  'formula formulas formulae expression expressions identity problem method methods principle theorem argument reason reasons graph slope shape support supports indicator indicators constraint constraints multiplier multipliers lagrange lagrangian calculus algebra proportionality normalising normalizing normalisation normalization normalised normalized least-squares squares regression weighted weight weights weighting pooled pooling average averages averaging',
  'arithmetic correct right proper exact exactly large small big short full complete completely real integer integers half twice double doubled triple finite infinite infinity bounded unbounded open closed continuous discrete actual actually basically essentially namely nearly almost thereby although though despite regardless whatever matter among within',
  'out estimated amounts amount comes come arrived hits hit cross multiplication cross-multiplication conceivable slope midrange',
  'trial success failure event events waiting time times lifetime lifetimes scale scales location survival distribution distributions model models family families',
  'integrate integrates integrating integral stop stops stopped stopping iteration iterations algorithm converge converges step steps line lines part parts maximum-likelihood likelihoods test tests check checks verify verified true fact',
  'down reciprocal reciprocals denominator denominators numerator numerators parenthesis parentheses braces vertex parabola downward upward cross-multiply cross-multiplied cross-multiplying allow allows way ways manner three four five six seven eight ten middle int smaller larger bigger greater requires permit permits permitted plus minus',
]

/** Of published proofs: environments, families, regression, multipliers, profiles. */
const ofProofs: readonly string[] = [
  'theorem thm proposition prop lemma lem corollary cor claim proof proofs solution sol definition defn notation subsection section paragraph item frame begin end align equation eq eqref cf',
  'normal gaussian poisson bernoulli binomial exponential geometric gamma beta weibull pareto rayleigh uniform laplace logistic lognormal log-normal multinomial trinomial gumbel maxwell cauchy lomax hypergeometric inverse discrete continuous bivariate multivariate univariate family families canonical natural',
  'model models distribution distributions distributed parametrisation parametrization reparametrisation mean-value regression linear simple multiple ordinary least fitted fit fits residual residuals intercept slope slopes covariate covariates predictor predictors response responses design weighted weights weight link',
  'lagrange lagrangian lagrange-function multiplier multipliers constraint constraints constrained subject simplex probabilities cell cells category categories count frequencies frequency relative proportion proportions',
  'chain chains markov transition transitions state states process processes series time times autoregressive lag conditional conditionally initial stationary-distribution rate rates exposure',
  'profile profiled concentrated nuisance interest hat plug-in substitution elimination eliminate eliminating eliminated inserted reduces reduced reduce remaining remains resulting result results recover recovered',
  'censored censoring uncensored censor death deaths lifetime lifetimes survival survivor hazard risk failure failures events event',
  'evaluate evaluated evaluating evaluates evaluation deduce deduced derive derived derives derivation recall introduce introducing introduced state stated states express expressed expression expressions combine summarise summarize summary thereby moreover namely clearly usual well-known known-variance general generally',
  'precisely merely both indeed finally thirdly secondly firstly analogously analogous symmetric symmetry asymptotic asymptotically delta method inverse diagonal off-diagonal mixed block matrices determinant eigenvalues trace symmetric block-diagonal',
  'two-sample sample-mean samples groups group laboratory populations population individual individuals subjects unit units pooled common difference differences ratio ratios total totals overall joint jointly marginal separately separate',
  'statistic statistics sufficient minimal-sufficient order-statistic order-statistics moment moments arithmetic harmonic centred centered corrected uncorrected empirical theoretical',
  'carry carries carried carrying manner fashion bounds bound half-line push pushes pushed pushing pull pulls pulled sit sits sitting stand standing land lands landed climb climbs slide slides slid walk walks jump jumps pick picks picked selects selected',
  'shift shifts moves moved came turn turned kept held brings brought drag drags went travel travels followed stretch bottom best straight plainly evidently naturally equally individually altogether entirely wholly fully partly mostly roughly',
  'along across back ahead behind beneath underneath inside wide narrow tall steep level steady smooth sharp clean neat tidy plain own share piece portion fraction pair row column table figure picture hill valley crest summit',
  'plateau ridge turning path route arrow digit measure width height depth area summand addend coefficient symbol letter name logic rewriting whatsoever ever',
]

export const ordinary: ReadonlySet<string> = new Set([...ofDerivations, ...ofProofs].flatMap(r => r.split(' ')))
