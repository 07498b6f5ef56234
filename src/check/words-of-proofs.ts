/** Words of published proofs that leave asserted what stands beside them: environments, families, regression, multipliers, profiles. */
const rows: readonly string[] = [
  'theorem thm proposition prop lemma lem corollary cor claim proof proofs solution sol definition defn notation theorem-style subsection section paragraph item frame begin end align equation eq eqref cf',
  'normal gaussian poisson bernoulli binomial exponential geometric gamma beta weibull pareto rayleigh uniform laplace logistic lognormal log-normal multinomial trinomial gumbel maxwell cauchy lomax hypergeometric inverse discrete continuous bivariate multivariate univariate family families canonical natural',
  'model models distribution distributions distributed parametrisation parametrization reparametrisation mean-value regression linear simple multiple ordinary least fitted fit fits residual residuals intercept slope slopes covariate covariates predictor predictors response responses design weighted weights weight link',
  'lagrange lagrangian lagrange-function multiplier multipliers constraint constraints constrained subject simplex probabilities cell cells category categories count frequencies frequency relative proportion proportions',
  'chain chains markov transition transitions state states process processes series time times autoregressive lag conditional conditionally initial stationary-distribution rate rates exposure',
  'profile profiled concentrated nuisance interest hat plug-in substitution elimination eliminate eliminating eliminated inserted reduces reduced reduce remaining remains resulting result results recover recovered',
  'censored censoring uncensored censor death deaths lifetime lifetimes survival survivor hazard risk failure failures events event',
  'evaluate evaluated evaluating evaluates evaluation deduce deduced derive derived derives derivation recall introduce introducing introduced state stated states express expressed expression expressions combine summarise summarize summary thereby moreover namely clearly usual well-known known-variance general generally',
  'precisely merely both-sides both indeed finally thirdly secondly firstly analogously analogous symmetric symmetry asymptotic asymptotically delta method inverse diagonal off-diagonal mixed block matrices determinant eigenvalues trace symmetric block-diagonal',
  'two-sample sample-mean samples groups group laboratory populations population individual individuals subjects unit units pooled common difference differences ratio ratios total totals overall joint jointly marginal separately separate',
  'statistic statistics sufficient minimal-sufficient order-statistic order-statistics moment moments arithmetic harmonic centred centered corrected uncorrected empirical theoretical',
]
export const proofWords: ReadonlySet<string> = new Set(rows.flatMap(r => r.split(' ')))
