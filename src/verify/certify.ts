/**
 * The full certificate: proof-reading, an independent evaluator for density and log-likelihood, another system's opinion
 * on the score, and brute-force maximisation on simulated and degenerate samples held against what `estimate` says.
 */
import type { Certificate, Derivation } from '../document/document.ts'
import { logLikelihood } from '../estimate/likelihood-value.ts'
import { atObservation, contributionTerm } from '../model/likelihood.ts'
import { modelContext } from '../model/model.ts'
import { contains, type Env, evaluate, type NestedNumbers } from '../term/evaluate.ts'
import { addAll, deriv, type Expr, log, num, sym, type Term } from '../term/term.ts'
import { checkBoxes, checkPrecision } from './answer-checks.ts'
import { compareMaximum, estimateOrImpossible } from './compare-maximum.ts'
import { type Independent, loadIndependent } from './independent.ts'
import { isProp } from './line-sampling.ts'
import { maximise } from './maximise.ts'
import { chainsOf, endsOf, proofread } from './proofread.ts'
import { mulberry32 } from './random.ts'
import { samplesFor } from './samples.ts'
import { secondOpinion } from './second-opinion.ts'
import { chainContext, settingsFor } from './settings.ts'

type Opinion = 'agrees' | 'differs' | 'not applicable'
type Finding = { readonly line: string; readonly reason: string }

const relative = (a: number, b: number): number => Math.abs(a - b) / (1 + Math.max(Math.abs(a), Math.abs(b)))

/** Numbers for the parameters of a setting. */
const parametersOf = (derivation: Derivation, env: Env): ReadonlyMap<string, number> => {
  const point = new Map<string, number>()
  for (const p of derivation.model.parameters) {
    const v = env.symbols.get(p.name)
    if (v !== undefined) point.set(p.name, v)
  }
  return point
}

/** The whole log-likelihood line of the derivation, if no constant was dropped on the way to it. */
const logLikelihoodLine = (derivation: Derivation): { readonly id: string; readonly term: Expr } | undefined => {
  const chain = chainsOf(derivation).find(c => c.origin.kind === 'log')
  const last = chain?.lines.at(-1)
  const whole = chainsOf(derivation)
    .filter(c => c.origin.kind === 'likelihood' || c.origin.kind === 'log')
    .every(c => c.lines.every(l => l.relation === '='))
  return last && whole && !isProp(last.term) ? { id: last.id, term: last.term as Expr } : undefined
}

/** mathjs on the density, on Σ log f, and on the derivation's own log-likelihood. */
const independently = (derivation: Derivation, settings: readonly Env[], mathjs: Independent, findings: Finding[]): Opinion => {
  const { model } = derivation
  const names = model.parameters.filter(p => !p.length).map(p => p.name)
  const derived = logLikelihoodLine(derivation)
  let compared = 0
  const check = (term: Expr, env: Env, ours: number, line: string, what: string): void => {
    const theirs = mathjs.compile(term, env, names)?.(parametersOf(derivation, env))
    if (theirs === undefined || Number.isNaN(ours) || !Number.isFinite(theirs) || !Number.isFinite(ours)) return
    compared++
    if (relative(theirs, ours) > 1e-8) findings.push({ line, reason: `mathjs: ${what} is ${theirs} there and ${ours} here` })
  }
  for (const env of settings) {
    const value = logLikelihood(model, env)(parametersOf(derivation, env))
    if (!model.likelihood) {
      for (const s of model.samples) {
        const first = atObservation(s.density, s, num(1))
        check(first, env, evaluate(first, env), 'model', 'the density')
      }
      const logs = model.samples.flatMap(s => rows(s.variables[0]?.name, env).map(i => log(contributionTerm(model, s, num(i)))))
      check(addAll(logs), env, value, 'model', 'Σ log f')
    }
    if (derived) check(derived.term, env, value, derived.id, 'the log-likelihood')
  }
  return compared === 0 ? 'not applicable' : findings.some(f => f.reason.startsWith('mathjs')) ? 'differs' : 'agrees'
}

const rows = (name: string | undefined, env: Env): readonly number[] =>
  ((name !== undefined && env.arrays.get(name)) || ([] as NestedNumbers)).map((_, i) => i + 1)

/** nerdamer on the score: its derivative of the written-out ℓ, and roots of ours that it proposes. */
const anotherOpinion = (
  derivation: Derivation,
  settings: readonly Env[],
  ends: ReadonlyMap<string, Term>,
  findings: Finding[],
): Opinion => {
  const [parameter, ...more] = derivation.model.parameters
  const derived = logLikelihoodLine(derivation)
  const chain = chainsOf(derivation).find(c => c.origin.kind === 'derivative' && derived && c.origin.of === derived.id)
  const score = chain?.lines.at(-1)
  const env = settings[0]
  if (!parameter || parameter.length || more.length > 0 || !derived || !score || !env || isProp(score.term)) return 'not applicable'
  const points = settings.map(s => s.symbols.get(parameter.name)).filter(v => v !== undefined)
  const opinion = secondOpinion(derived.term, env, parameter.name, points)
  if (!opinion) return 'not applicable'
  const at = (x: number): Env => ({ ...env, symbols: new Map(env.symbols).set(parameter.name, x) })
  let agreed = 0
  points.forEach((x, k) => {
    const theirs = opinion.derivative[k]
    const ours = evaluate(ends.get(score.id) as Expr, at(x))
    if (theirs === undefined || !Number.isFinite(ours)) return
    if (relative(theirs, ours) <= 1e-8) agreed++
    else {
      // evidence, never authority: a plain difference quotient decides between the two
      const numeric = evaluate(deriv(derived.term, sym(parameter.name)), at(x))
      if (relative(numeric, ours) > 1e-4)
        findings.push({ line: score.id, reason: `nerdamer: the derivative is ${theirs} there and ${ours} here` })
    }
  })
  for (const r of opinion.roots ?? []) {
    const here = at(r)
    if (!(Math.abs(evaluate(ends.get(score.id) as Expr, here)) <= 1e-8)) continue // a pole, or no root of ours
    agreed++
    const estimate = estimateOrImpossible(derivation, without(env, parameter.name))
    const height = logLikelihood(derivation.model, env)(new Map([[parameter.name, r]]))
    const admissible = height > -Infinity && inDomain(derivation, parameter.name, here)
    if (
      admissible &&
      estimate !== 'impossible' &&
      typeof estimate.logLikelihood === 'number' &&
      height > estimate.logLikelihood + 1e-7 * (1 + Math.abs(height))
    )
      findings.push({ line: 'answer', reason: `nerdamer: the root ${r} has a larger likelihood than the answer` })
  }
  if (findings.some(f => f.reason.startsWith('nerdamer'))) return 'differs'
  return agreed > 0 ? 'agrees' : 'not applicable'
}

const without = (env: Env, name: string): Env => {
  const symbols = new Map(env.symbols)
  symbols.delete(name)
  return { ...env, symbols }
}
const inDomain = (derivation: Derivation, name: string, env: Env): boolean => {
  const p = derivation.model.parameters.find(q => q.name === name)
  return p !== undefined && contains(p.domain, env.symbols.get(name) ?? Number.NaN, env)
}

/** Brute force on samples, against the estimates. */
const byBruteForce = (
  derivation: Derivation,
  count: number,
  seed: number,
  findings: Finding[],
): { readonly verdict: Certificate['maximum']; readonly samples: number } => {
  if (derivation.answer.outcome === 'undecided') return { verdict: 'not applicable', samples: 0 }
  const samples = samplesFor(derivation.model, count, mulberry32(seed))
  let agreed = 0
  let differing = 0
  const regular: Env[] = []
  for (const env of samples) {
    const estimated = estimateOrImpossible(derivation, env)
    if (estimated !== 'impossible' && estimated.status === 'maximum') regular.push(env)
    const imprecise = estimated === 'impossible' ? undefined : checkPrecision(derivation, estimated, env)
    if (imprecise) findings.push({ line: 'information', reason: imprecise })
    const outcome = compareMaximum(estimated, maximise(derivation.model, env))
    if (outcome.verdict === 'agrees') agreed++
    if (outcome.verdict !== 'differs') continue
    differing++
    findings.push({
      line: 'answer',
      reason: `brute force: ${outcome.how}; data ${JSON.stringify(Object.fromEntries(env.arrays))} ${JSON.stringify(Object.fromEntries(env.symbols))}`,
    })
  }
  const boxes = checkBoxes(derivation, regular)
  if (boxes) findings.push({ line: 'answer', reason: boxes })
  return { verdict: differing > 0 ? 'differs' : agreed > 0 ? 'agrees' : 'not applicable', samples: samples.length }
}

/**
 * The derivation with its full certificate. Loads mathjs and nerdamer on first use. Deterministic.
 * @param samples how many simulated samples the answer is tried on, beside the degenerate ones; 4 unless told
 */
export const certify = async (derivation: Derivation, { samples = 4 }: { readonly samples?: number } = {}): Promise<Derivation> => {
  const mathjs = await loadIndependent()
  const read = proofread(derivation)
  const base = read.certificate as Certificate
  const domain = chainsOf(derivation).find(c => c.origin.kind === 'log')?.domain
  const cx = chainContext(modelContext(derivation.model), { given: [], ...(domain ? { domain } : {}) })
  const settings = settingsFor(derivation.model, 3)
    .of(cx, 'certify')
    .map(s => s.env)
  const findings: Finding[] = []
  const independent = independently(derivation, settings, mathjs, findings)
  const second = anotherOpinion(derivation, settings, endsOf(chainsOf(derivation)), findings)
  const { verdict } = byBruteForce(derivation, samples, base.seed, findings)
  return {
    ...derivation,
    certificate: { ...base, maximum: verdict, independent, secondOpinion: second, unverified: [...base.unverified, ...findings] },
  }
}
