/**
 * The kinds of one-parameter problem that a course poses, one row for each instance of a list of them: the density, the
 * samples that tell its cases apart, and the answers worked out by hand. The titles say which kind a row stands for.
 */
// biome-ignore-all format: a table, one problem a line
import type { Problem, Sample } from './mechanisms.ts'

export interface Kind extends Problem {
  /** Fisher information of the sample as a function of the parameter, or why there is none. */
  readonly fisher?: string
  readonly refused?: RegExp
  /** Functions of the parameter: [function, sample, value]. */
  readonly functions?: readonly (readonly [of: string, data: Sample['data'], value: number])[]
}

const max = (data: Sample['data'], value: number): Sample => ({ data, status: 'maximum', value })
const edge = (data: Sample['data'], value: number): Sample => ({ data, status: 'boundary', value })
const tie = (data: Sample['data'], ...points: readonly number[]): Sample => ({ data, status: 'nonunique', points })
const between = (data: Sample['data'], lo: number, hi: number): Sample => ({ data, status: 'nonunique', set: [lo, hi] })
const none = (data: Sample['data'], value?: Sample['value']): Sample => ({ data, status: 'none', ...(value === undefined ? {} : { value }) })
const x = (...list: readonly number[]): Sample['data'] => ({ x: list })
const known = (values: Readonly<Record<string, number>>, ...list: readonly number[]): Sample['data'] => ({ x: list, known: values })
const on = (density: string, support: string, name: string, domain: string, more: Readonly<Record<string, unknown>> = {}): Problem['model'] => ({ density, support, parameters: { [name]: domain }, ...more })

const bernoulli = 'p^x*(1-p)^(1-x)'
const normal = 'exp(-(x-mu)^2/(2*v))/sqrt(2*pi*v)'
const V = { known: { v: 'v > 0' } }

export const regular: readonly Kind[] = [
  { title: '1: Bernoulli, both ends included', outcome: 'interior', model: on(bernoulli, 'x in {0, 1}', 'p', '0 <= p <= 1'), samples: [max(x(1, 0, 1, 1), 0.75), edge(x(0, 0), 0), edge(x(1), 1)], fisher: 'n/(p*(1-p))' },
  { title: '1: a power on the unit interval', outcome: 'interior', model: on('theta*x^(theta-1)', '0 < x < 1', 'theta', 'theta > 0'), samples: [max(x(0.5, 0.25), 2 / (3 * Math.LN2)), max(x(0.3), -1 / Math.log(0.3))], fisher: 'n/theta^2' },
  { title: '1: two stages of equal mean', outcome: 'interior', model: on('x/theta^2*exp(-x/theta)', 'x > 0', 'theta', 'theta > 0'), samples: [max(x(3, 5), 2), max(x(1), 0.5)], fisher: '2*n/theta^2' },
  { title: '1: exponential by its rate', outcome: 'interior', model: on('lambda*exp(-lambda*x)', 'x > 0', 'lambda', 'lambda > 0'), samples: [max(x(1, 3), 0.5)], fisher: 'n/lambda^2' },
  { title: '1: exponential by its mean', outcome: 'interior', model: on('exp(-x/b)/b', 'x > 0', 'b', 'b > 0'), samples: [max(x(1, 3), 2)], fisher: 'n/b^2' },
  { title: '1: normal standard deviation, one root only', outcome: 'interior', model: on('exp(-(x-mu)^2/(2*sigma^2))/(sigma*sqrt(2*pi))', 'x in R', 'sigma', 'sigma > 0', { known: { mu: 'mu in R' } }), samples: [max(known({ mu: 1 }, 0, 2, 4), Math.sqrt(11 / 3)), none(known({ mu: 1 }, 1, 1), 0)], fisher: '2*n/sigma^2' },
  { title: '1: normal variance', outcome: 'interior', model: on('exp(-(x-mu)^2/(2*v))/sqrt(2*pi*v)', 'x in R', 'v', 'v > 0', { known: { mu: 'mu in R' } }), samples: [max(known({ mu: 1 }, 0, 2, 4), 11 / 3), none(known({ mu: 1 }, 1, 1), 0)], fisher: 'n/(2*v^2)' },
  { title: '1: odds', outcome: 'interior', model: on('w^x/(1+w)', 'x in {0, 1}', 'w', 'w > 0'), samples: [max(x(1, 0, 1, 1), 3), none(x(0, 0), 0), none(x(1), 'inf')] },
  { title: '1: log-odds', outcome: 'interior', model: on('exp(t*x)/(1+exp(t))', 'x in {0, 1}', 't', 't in R'), samples: [max(x(1, 0, 1, 1), Math.log(3)), none(x(0, 0), '-inf'), none(x(1), 'inf')] },
  { title: '1: logarithm of a Poisson mean', outcome: 'interior', model: on('exp(a*x-exp(a))/x!', 'x in {0..}', 'a', 'a in R'), samples: [max(x(1, 3), Math.log(2)), none(x(0, 0), '-inf')] },
]

const root = (t: number): number => (2 - t + Math.sqrt(t * t + 4)) / (2 * t)
export const quadratic: readonly Kind[] = [
  { title: '1b: the root is chosen by the parameter space', outcome: 'interior', model: on('theta*(theta+1)*x^(theta-1)*(1-x)', '0 < x < 1', 'theta', 'theta > 0'), samples: [max(x(0.5), root(Math.LN2)), max(x(0.2, 0.9), root(-(Math.log(0.2) + Math.log(0.9)) / 2))] },
  { title: '1b: mean and variance equal', outcome: 'interior', model: on('exp(-(x-theta)^2/(2*theta))/sqrt(2*pi*theta)', 'x in R', 'theta', 'theta > 0'), samples: [max(x(1, 2), (-1 + Math.sqrt(11)) / 2), none(x(0, 0), 0)] },
]

export const moving: readonly Kind[] = [
  { title: '3: uniform up to theta', outcome: 'endpoint', model: on('1/theta', '0 <= x <= theta', 'theta', 'theta > 0'), samples: [max(x(1, 3, 2), 3), none(x(0, 0), 0)], refused: /support moves/ },
  { title: '3: uniform below theta, the end excluded', outcome: 'none', model: on('1/theta', '0 < x < theta', 'theta', 'theta > 0'), samples: [none(x(1, 3), 3)] },
  { title: '3: rising up to theta', outcome: 'endpoint', model: on('2*x/theta^2', '0 < x <= theta', 'theta', 'theta > 0'), samples: [max(x(1, 3), 3)] },
  { title: '3: a tail from theta on', outcome: 'endpoint', model: on('theta/x^2', 'x >= theta', 'theta', 'theta > 0'), samples: [max(x(4, 3), 3)] },
  { title: '3: uniform around 0', outcome: 'endpoint', model: on('1/(2*theta)', '-theta <= x <= theta', 'theta', 'theta > 0'), samples: [max(x(1, -3), 3), none(x(0), 0)] },
  { title: '3: uniform from theta to twice that', outcome: 'endpoint', model: on('1/theta', 'theta <= x <= 2*theta', 'theta', 'theta > 0'), samples: [max(x(3, 4), 2), max(x(3), 1.5)] },
  { title: '3: a density that vanishes at the moving end', outcome: 'implicit', model: on('2*(theta-x)/theta^2', '0 < x < theta', 'theta', 'theta > 0'), samples: [max(x(1), 2)] },
]

export const restricted: readonly Kind[] = [
  { title: '4: normal mean that is not negative', outcome: 'interior', model: on('exp(-(x-mu)^2/2)/sqrt(2*pi)', 'x in R', 'mu', 'mu >= 0'), samples: [max(x(1, 2), 1.5), edge(x(-3, 1), 0)] },
  { title: '4: normal mean that is positive', outcome: 'interior', model: on('exp(-(x-mu)^2/2)/sqrt(2*pi)', 'x in R', 'mu', 'mu > 0'), samples: [max(x(1, 2), 1.5), none(x(-3, 1), 0), none(x(-1, 1), 0)] },
  { title: '4: a coin that is not favourable', outcome: 'interior', model: on(bernoulli, 'x in {0, 1}', 'p', '0 <= p <= 1/2'), samples: [max(x(0, 0, 1), 1 / 3), edge(x(1, 1, 0), 0.5), edge(x(0), 0)] },
]

export const counted: readonly Kind[] = [
  { title: '5: capture and recapture', outcome: 'integer', model: { size: '1', density: 'choose(K, x)*choose(N-K, n-x)/choose(N, n)', support: 'x in {0..n}', parameters: { N: 'N in {max(K, n)..}' }, known: { K: 'K in {1..}', n: 'n in {1..}' } }, samples: [max(known({ K: 10, n: 7 }, 3), 23), tie(known({ K: 10, n: 7 }, 2), 34, 35), none(known({ K: 4, n: 3 }, 0), 'inf')] },
  { title: '5: number of fair tosses', outcome: 'set', model: { size: '1', density: 'choose(N, x)/2^N', support: 'x in {0..N}', parameters: { N: 'N in {0..}' } }, samples: [tie(x(4), 7, 8), edge(x(0), 0)] },
  { title: '5: number of fair tosses, at least one', outcome: 'set', model: { size: '1', density: 'choose(N, x)/2^N', support: 'x in {0..N}', parameters: { N: 'N in {1..}' } }, samples: [tie(x(4), 7, 8), edge(x(0), 1)] },
  { title: '6: two values of a probability', outcome: 'finite', model: on(bernoulli, 'x in {0, 1}', 'p', 'p in {1/3, 2/3}'), samples: [max(x(1, 1, 0), 2 / 3), max(x(0), 1 / 3), tie(x(0, 1), 1 / 3, 2 / 3)] },
  { title: '6: a table of pmfs', outcome: 'finite', model: { size: '1', density: 't == 1 ? (x == 0 ? 1/2 : x == 1 ? 1/2 : 0) : (x == 0 ? 1/4 : x == 1 ? 1/2 : 1/4)', support: 'x in {0, 1, 2}', parameters: { t: 't in {1, 2}' } }, samples: [max(x(0), 1), tie(x(1), 1, 2), max(x(2), 2)] },
]

export const several: readonly Kind[] = [
  { title: '7: a window of length 1', outcome: 'set', model: on('1', 'theta-1/2 <= x <= theta+1/2', 'theta', 'theta in R'), samples: [between(x(1, 1.25), 0.75, 1.5), max(x(1, 2), 1.5)] },
  { title: '7: double exponential', outcome: 'set', model: on('exp(-abs(x-m))/2', 'x in R', 'm', 'm in R'), samples: [max(x(1, 7, 2), 2), between(x(1, 7, 2, 3), 2, 3), max(x(1, 2, 2, 5), 2)], refused: /not differentiable/ },
]

export const nothing: readonly Kind[] = [
  { title: '8: a coin strictly between 0 and 1', outcome: 'interior', model: on(bernoulli, 'x in {0, 1}', 'p', '0 < p < 1'), samples: [max(x(1, 0), 0.5), none(x(1, 1), 1), none(x(0), 0)] },
  { title: '8: Poisson with a positive mean', outcome: 'interior', model: on('lambda^x*exp(-lambda)/x!', 'x in {0..}', 'lambda', 'lambda > 0'), samples: [max(x(1, 3), 2), none(x(0, 0, 0), 0)], fisher: 'n/lambda' },
  { title: '8: a variance about a known mean, every observation at it', outcome: 'interior', model: on('exp(-x^2/(2*v))/sqrt(2*pi*v)', 'x in R', 'v', 'v > 0'), samples: [max(x(1, -1), 1), none(x(0), 0), none(x(0, 0), 0)] },
]

const W0 = (z: number): number => {
  let w = z > -0.3 ? z : -0.9
  for (let k = 0; k < 100; k++) w -= (w * Math.exp(w) - z) / (Math.exp(w) * (w + 1))
  return w
}
const truncated = (mean: number): number => mean + W0(-mean * Math.exp(-mean))
export const incomplete: readonly Kind[] = [
  { title: '9: censored lifetimes', outcome: 'interior', model: { contribution: 'lambda^d*exp(-lambda*t)', observation: ['t', 'd'], support: ['t > 0', 'd in {0, 1}'], parameters: { lambda: 'lambda > 0' } }, samples: [max({ t: [1, 2, 3], d: [1, 0, 1] }, 1 / 3), none({ t: [1, 2], d: [0, 0] }, 0)] },
  { title: '9: the first r of n failures', outcome: 'interior', model: { likelihood: 'lambda^r*exp(-lambda*(sum(x[i], i, 1, r)+(n-r)*x[r]))', data: { x: 'x[i] > 0, i in 1..r', n: 'n in {r..}' }, parameters: { lambda: 'lambda > 0' } }, samples: [max({ x: [1, 2], n: 5 }, 2 / 9)] },
  { title: '9: lifetimes seen from c on', outcome: 'interior', model: on('lambda*exp(-lambda*(x-c))', 'x > c', 'lambda', 'lambda > 0', { known: { c: 'c > 0' } }), samples: [max(known({ c: 1 }, 2, 4), 0.5)] },
  { title: '9: Poisson without zeros', outcome: 'implicit', model: on('lambda^x*exp(-lambda)/(x!*(1-exp(-lambda)))', 'x in {1..}', 'lambda', 'lambda > 0'), samples: [max(x(1, 2, 3), truncated(2)), max(x(1, 1, 2), truncated(4 / 3)), none(x(1, 1), 0)] },
]

export const invariant: readonly Kind[] = [
  { title: '16: functions of a probability', outcome: 'interior', model: on(bernoulli, 'x in {0, 1}', 'p', '0 <= p <= 1'), samples: [], functions: [['p/(1-p)', x(1, 1, 1, 0), 3], ['log(p/(1-p))', x(1, 1, 1, 0), Math.log(3)], ['p*(1-p)', x(1, 0), 0.25]] },
  { title: '16: the probability of a zero', outcome: 'interior', model: on('lambda^x*exp(-lambda)/x!', 'x in {0..}', 'lambda', 'lambda > 0'), samples: [], functions: [['exp(-lambda)', x(1, 3), Math.exp(-2)]] },
  { title: '16: median of waiting times', outcome: 'interior', model: on('lambda*exp(-lambda*x)', 'x > 0', 'lambda', 'lambda > 0'), samples: [], functions: [['log(2)/lambda', x(1, 3), 2 * Math.LN2]] },
  { title: '16: standard deviation from a variance', outcome: 'interior', model: on('exp(-x^2/(2*v))/sqrt(2*pi*v)', 'x in R', 'v', 'v > 0'), samples: [], functions: [['sqrt(v)', x(3, -3), 3]] },
  { title: '16: not one-to-one', outcome: 'interior', model: on(normal, 'x in R', 'mu', 'mu in R', V), samples: [], functions: [['abs(mu)', known({ v: 1 }, -1, -3), 2], ['mu^2', known({ v: 1 }, -1, -3), 4]] },
]

export const informative: readonly Kind[] = [
  { title: '17: normal mean', outcome: 'interior', model: on(normal, 'x in R', 'mu', 'mu in R', V), samples: [max(known({ v: 2 }, 1, 4), 2.5)], fisher: 'n/v' },
  { title: '17: gamma rate', outcome: 'interior', model: on('beta^a/gamma(a)*x^(a-1)*exp(-beta*x)', 'x > 0', 'beta', 'beta > 0', { known: { a: 'a > 0' } }), samples: [max(known({ a: 3 }, 1, 2), 2)], fisher: 'n*a/beta^2' },
  { title: '17: gamma shape, the digamma function in the score', outcome: 'implicit', model: on('b^alpha/gamma(alpha)*x^(alpha-1)*exp(-b*x)', 'x > 0', 'alpha', 'alpha > 0', { known: { b: 'b > 0' } }), samples: [], fisher: 'n*trigamma(alpha)' },
  { title: '17: refused where the support moves', outcome: 'endpoint', model: on('1/theta', '0 <= x <= theta', 'theta', 'theta > 0'), samples: [], refused: /support moves/ },
]

export const direct: readonly Kind[] = [
  { title: '20: a polynomial', outcome: 'interior', model: { likelihood: '27*theta^8*(1-theta)^4', parameters: { theta: '0 <= theta <= 1' } }, samples: [max({}, 2 / 3)] },
  { title: '20: counts of successes and failures', outcome: 'interior', model: { likelihood: 'p^a*(1-p)^b', data: { a: 'a in {0..}', b: 'b in {0..}' }, parameters: { p: '0 <= p <= 1' } }, samples: [max({ a: 3, b: 1 }, 0.75), edge({ a: 0, b: 2 }, 0), edge({ a: 2, b: 0 }, 1), between({ a: 0, b: 0 }, 0, 1)] },
  { title: '20: Hardy and Weinberg', outcome: 'interior', model: { likelihood: '(p^2)^a*(2*p*(1-p))^b*((1-p)^2)^c', data: { a: 'a in {0..}', b: 'b in {0..}', c: 'c in {0..}' }, parameters: { p: '0 <= p <= 1' } }, samples: [max({ a: 1, b: 2, c: 3 }, 1 / 3), edge({ a: 0, b: 0, c: 2 }, 0), edge({ a: 2, b: 0, c: 0 }, 1), max({ a: 0, b: 3, c: 0 }, 0.5), between({ a: 0, b: 0, c: 0 }, 0, 1)] },
  { title: '20: linkage', outcome: 'interior', model: { likelihood: '(2+t)^a*(1-t)^(b+c)*t^d', data: { a: 'a in {0..}', b: 'b in {0..}', c: 'c in {0..}', d: 'd in {0..}' }, parameters: { t: '0 <= t <= 1' } }, samples: [max({ a: 125, b: 18, c: 20, d: 34 }, (15 + Math.sqrt(15 ** 2 + 8 * 197 * 34)) / 394), edge({ a: 2, b: 3, c: 1, d: 0 }, 0), edge({ a: 3, b: 0, c: 0, d: 1 }, 1)] },
  { title: '20: counts that cut both ends in two ways', outcome: 'interior', model: { likelihood: '(1-k)^u*k^v*(1-k^2)^w', data: { u: 'u in {0..}', v: 'v in {0..}', w: 'w in {0..}' }, parameters: { k: '0 <= k <= 1' } }, samples: [max({ u: 2, v: 3, w: 1 }, (Math.sqrt(88) - 2) / 14), edge({ u: 0, v: 0, w: 4 }, 0), edge({ u: 3, v: 0, w: 0 }, 0), edge({ u: 0, v: 2, w: 0 }, 1), between({ u: 0, v: 0, w: 0 }, 0, 1)] },
]

export const implicit: readonly Kind[] = [
  { title: '21: Cauchy location, one observation', outcome: 'implicit', model: on('1/(pi*(1+(x-theta)^2))', 'x in R', 'theta', 'theta in R'), samples: [max(x(3), 3), tie(x(-3, 3), -Math.sqrt(8), Math.sqrt(8)), max(x(-0.5, 0.5), 0)] },
  { title: '15: a mixture weight', outcome: 'implicit', model: on('p*2*exp(-2*x)+(1-p)*exp(-x)', 'x > 0', 'p', '0 <= p <= 1'), samples: [max(x(Math.log(4), Math.log(1.25)), 1 / 6), edge(x(0.1), 1), edge(x(2, 3), 0), between(x(Math.LN2), 0, 1)] },
  { title: '21: one shape of a beta density', outcome: 'implicit', model: on('x^(a-1)*(1-x)^(b-1)/beta(a, b)', '0 < x < 1', 'a', 'a > 0', { known: { b: 'b > 0' } }), samples: [max(known({ b: 2 }, 0.2, 0.7), root(-(Math.log(0.2) + Math.log(0.7)) / 2)), max(known({ b: 1 }, 0.2), 1 / Math.log(5))] },
  { title: '21: direction of von Mises, every quadrant', outcome: 'interior', model: on('exp(k*cos(x-mu))/(2*pi*besseli(0, k))', '-pi < x <= pi', 'mu', '-pi < mu <= pi', { known: { k: 'k > 0' } }), samples: [max(known({ k: 1 }, 1, 0.5), 0.75), max(known({ k: 1 }, 2, 2.5), 2.25), max(known({ k: 1 }, -2, -2.5), -2.25), max(known({ k: 3 }, -1, -0.5), -0.75), edge(known({ k: 1 }, 3, -3), Math.PI), between(known({ k: 1 }, 0, Math.PI), -Math.PI, Math.PI)] },
  { title: '21: concentration of von Mises', outcome: 'implicit', model: on('exp(k*cos(x-mu))/(2*pi*besseli(0, k))', '-pi < x <= pi', 'k', 'k >= 0', { known: { mu: 'mu in R' } }), samples: [max(known({ mu: 1 }, 3, 0.4), 0.4180640039791531), edge(known({ mu: 1 }, -2, -2.5), 0), none(known({ mu: 1 }, 1, 1), 'inf')] },
  { title: '21: size of a negative binomial', outcome: 'implicit', model: on('gamma(x+r)/(gamma(r)*x!)*p^r*(1-p)^x', 'x in {0..}', 'r', 'r > 0', { known: { p: '0 < p < 1' } }), samples: [max(known({ p: 0.5 }, 1), 1 / Math.LN2), max(known({ p: 0.3 }, 3, 1), 1.2153953050889443), none(known({ p: 0.3 }, 0, 0), 0)] },
  { title: '21: weight of extra zeros', outcome: 'interior', model: on('x == 0 ? w+(1-w)*exp(-m) : (1-w)*m^x*exp(-m)/x!', 'x in {0..}', 'w', '0 <= w <= 1', { known: { m: 'm > 0' } }), samples: [max(known({ m: Math.LN2 }, 0, 0, 0, 3), 0.5), edge(known({ m: Math.LN2 }, 0, 3), 0), edge(known({ m: 1 }, 0, 0), 1)] },
  { title: '21: logistic location', outcome: 'implicit', model: on('exp(-(x-m))/(1+exp(-(x-m)))^2', 'x in R', 'm', 'm in R'), samples: [max(x(-1, 3), 1), max(x(2), 2)] },
]

export const kinds: Readonly<Record<string, readonly Kind[]>> = {
  regular, quadratic, moving, restricted, counted, several, nothing, incomplete, invariant, informative, direct, implicit,
}
