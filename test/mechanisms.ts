/**
 * Problems whose maximum is not where a score vanishes: finitely many values, integers, kinks, likelihoods given directly,
 * contributions. Each with samples and the estimates worked out by hand.
 */
// biome-ignore-all format: a table, one problem a line

export interface Sample {
  readonly data: Readonly<Record<string, unknown>>
  readonly status: 'maximum' | 'boundary' | 'nonunique' | 'none'
  /** The estimate, or where the supremum runs. */
  readonly value?: number | 'inf' | '-inf'
  readonly points?: readonly number[]
  readonly set?: readonly [number, number]
}
export interface Problem {
  readonly title: string
  readonly model: Readonly<Record<string, unknown>>
  readonly outcome: string
  readonly samples: readonly Sample[]
}

const max = (data: Sample['data'], value: number): Sample => ({ data, status: 'maximum', value })
const edge = (data: Sample['data'], value: number): Sample => ({ data, status: 'boundary', value })
const tie = (data: Sample['data'], ...points: readonly number[]): Sample => ({ data, status: 'nonunique', points })
const between = (data: Sample['data'], lo: number, hi: number): Sample => ({ data, status: 'nonunique', set: [lo, hi] })
const none = (data: Sample['data'], value: Sample['value']): Sample => ({ data, status: 'none', ...(value === undefined ? {} : { value }) })
const x = (...list: readonly number[]): Sample['data'] => ({ x: list })

const bernoulli = 'p^x*(1-p)^(1-x)'
const laplace = 'exp(-abs(x-m))/2'

export const finite: readonly Problem[] = [
  { title: 'a coin of two kinds', outcome: 'finite', model: { density: bernoulli, support: 'x in {0, 1}', parameters: { p: 'p in {1/3, 2/3}' } },
    samples: [max(x(1, 1, 0), 2 / 3), max(x(0, 0, 1), 1 / 3), tie(x(0, 1), 1 / 3, 2 / 3), max(x(0), 1 / 3)] },
  { title: 'three coins', outcome: 'finite', model: { density: bernoulli, support: 'x in {0, 1}', parameters: { p: 'p in {0.2, 0.5, 0.8}' } },
    samples: [max(x(0, 0, 0, 1), 0.2), max(x(0, 0, 1, 1), 0.5), max(x(1, 1, 1), 0.8)] },
  { title: 'a coin that may be two-headed', outcome: 'finite', model: { density: bernoulli, support: 'x in {0, 1}', parameters: { p: 'p in {1/2, 1}' } },
    samples: [max(x(1, 1), 1), max(x(1, 0), 0.5), max(x(0), 0.5)] },
  { title: 'two Poisson rates', outcome: 'finite', model: { density: 'm^x*exp(-m)/x!', support: 'x in {0..}', parameters: { m: 'm in {2, 5}' } },
    samples: [max(x(2, 3), 2), max(x(4, 5, 6), 5), max(x(3), 2), max(x(4), 5)] },
  { title: 'symbolic means', outcome: 'finite', model: { density: 'exp(-(x-mu)^2/(2*v))/sqrt(2*pi*v)', support: 'x in R', parameters: { mu: 'mu in {a, b}' }, known: { a: 'a in R', b: 'b > a', v: 'v > 0' } },
    samples: [max({ ...x(1, 2), known: { a: 0, b: 2, v: 3 } }, 2), max({ ...x(0.5), known: { a: 0, b: 2, v: 1 } }, 0), tie({ ...x(1), known: { a: 0, b: 2, v: 1 } }, 0, 2)] },
  { title: 'means of no known order', outcome: 'finite', model: { density: 'exp(-(x-mu)^2/2)/sqrt(2*pi)', support: 'x in R', parameters: { mu: 'mu in {a, b}' }, known: { a: 'a in R', b: 'b in R' } },
    samples: [max({ ...x(1, 3), known: { a: 3, b: 0 } }, 3), max({ ...x(-1), known: { a: 3, b: 0 } }, 0)] },
  { title: 'two variances', outcome: 'finite', model: { density: 'exp(-x^2/(2*v))/sqrt(2*pi*v)', support: 'x in R', parameters: { v: 'v in {1, 4}' } },
    samples: [max(x(0.5, 1), 1), max(x(3, -1), 4)] },
  { title: 'two exponential rates', outcome: 'finite', model: { density: 'r*exp(-r*x)', support: 'x > 0', parameters: { r: 'r in {1, 3}' } },
    samples: [max(x(0.5, 0.5), 3), max(x(2, 0.5), 1)] },
  { title: 'uniform on 0..theta for few theta', outcome: 'finite', model: { density: '1/theta', support: '0 <= x <= theta', parameters: { theta: 'theta in {2, 4, 7}' } },
    samples: [max(x(1, 2), 2), max(x(3), 4), max(x(6.5, 1), 7)] },
  { title: 'window of length 1 at few places', outcome: 'finite', model: { density: '1', support: 't <= x <= t + 1', parameters: { t: 't in {0, 1, 2}' } },
    samples: [max(x(0.5, 0.7), 0), tie(x(1), 0, 1), max(x(2.5), 2)] },
  { title: 'Cauchy at 0 or 1', outcome: 'finite', model: { density: '1/(pi*(1+(x-t)^2))', support: 'x in R', parameters: { t: 't in {0, 1}' } },
    samples: [max(x(0.1, -2), 0), max(x(1.5, 0.9), 1), tie(x(0.5), 0, 1)] },
  { title: 'Cauchy at one of four places', outcome: 'finite', model: { density: '1/(pi*(1+(x-t)^2))', support: 'x in R', parameters: { t: 't in {-3, 0, 1, 8}' } },
    samples: [max(x(7, 9), 8), max(x(-1, -4, -3), -3), tie(x(0.5), 0, 1)] },
  { title: 'a table, one observation', outcome: 'finite', model: { size: '1', density: 't == 1 ? (x == 0 ? 1/3 : x == 1 ? 1/3 : x == 2 ? 0 : 1/6) : t == 2 ? (x <= 3 ? 1/4 : 0) : (x <= 1 ? 0 : x == 3 ? 1/2 : 1/4)', support: 'x in {0..4}', parameters: { t: 't in {1, 2, 3}' } },
    samples: [max(x(0), 1), max(x(1), 1), tie(x(2), 2, 3), max(x(3), 3), max(x(4), 3)] },
  { title: 'a table, many observations', outcome: 'finite', model: { density: 't == 1 ? (x == 0 ? 1/2 : x == 1 ? 1/3 : 1/6) : (x == 0 ? 1/6 : x == 1 ? 1/3 : 1/2)', support: 'x in {0, 1, 2}', parameters: { t: 't in {1, 2}' } },
    samples: [max(x(0, 0, 1, 2), 1), max(x(2, 1, 1), 2), tie(x(0, 2), 1, 2), tie(x(1), 1, 2)] },
  { title: 'binomial, one observation of three', outcome: 'finite', model: { size: '1', density: 'choose(3, x)*p^x*(1-p)^(3-x)', support: 'x in {0..3}', parameters: { p: 'p in {1/4, 1/2, 3/4}' } },
    samples: [max(x(0), 1 / 4), max(x(1), 1 / 4), max(x(2), 3 / 4), max(x(3), 3 / 4)] },
  { title: 'one value only', outcome: 'finite', model: { density: bernoulli, support: 'x in {0, 1}', parameters: { p: 'p in {1/4}' } }, samples: [max(x(1, 1), 1 / 4)] },
]

export const integer: readonly Problem[] = [
  { title: 'capture and recapture', outcome: 'integer', model: { size: '1', density: 'choose(K, x)*choose(N-K, n-x)/choose(N, n)', support: 'x in {0..n}', parameters: { N: 'N in {max(K, n)..}' }, known: { K: 'K in {1..}', n: 'n in {1..}' } },
    samples: [max({ ...x(3), known: { K: 10, n: 7 } }, 23), tie({ ...x(2), known: { K: 10, n: 7 } }, 34, 35), none({ ...x(0), known: { K: 4, n: 3 } }, 'inf'), edge({ ...x(3), known: { K: 5, n: 3 } }, 5)] },
  { title: 'capture and recapture with numbers', outcome: 'integer', model: { likelihood: 'choose(40, x)*choose(N-40, 25-x)/choose(N, 25)', data: { x: 'x in {0..25}' }, parameters: { N: 'N in {40..}' } },
    samples: [max({ x: 7 }, 142), tie({ x: 5 }, 199, 200), none({ x: 0 }, 'inf')] },
  { title: 'number of tosses of a fair coin', outcome: 'set', model: { size: '1', density: 'choose(N, x)/2^N', support: 'x in {0..N}', parameters: { N: 'N in {0..}' } },
    samples: [tie(x(3), 5, 6), edge(x(0), 0)] },
  { title: 'number of tosses of a fair coin, at least one', outcome: 'set', model: { size: '1', density: 'choose(N, x)/2^N', support: 'x in {0..N}', parameters: { N: 'N in {1..}' } },
    samples: [tie(x(3), 5, 6), edge(x(0), 1), tie(x(1), 1, 2)] },
  { title: 'number of trials', outcome: 'integer', model: { size: '1', density: 'choose(N, x)*p^x*(1-p)^(N-x)', support: 'x in {0..N}', parameters: { N: 'N in {1..}' }, known: { p: '0 < p < 1' } },
    samples: [max({ ...x(3), known: { p: 0.4 } }, 7), tie({ ...x(2), known: { p: 0.4 } }, 4, 5), edge({ ...x(0), known: { p: 0.4 } }, 1)] },
  { title: 'number of successes waited for', outcome: 'integer', model: { size: '1', density: 'choose(x+r-1, x)*p^r*(1-p)^x', support: 'x in {0..}', parameters: { r: 'r in {1..}' }, known: { p: '0 < p < 1' } },
    samples: [max({ ...x(5), known: { p: 0.3 } }, 3), edge({ ...x(0), known: { p: 0.3 } }, 1), tie({ ...x(3), known: { p: 0.5 } }, 3, 4)] },
  { title: 'serial numbers', outcome: 'endpoint', model: { density: '1/N', support: 'x in {1..N}', parameters: { N: 'N in {1..}' } }, samples: [max(x(3, 17, 5), 17), max(x(9), 9)] },
  { title: 'whole Poisson rate', outcome: 'integer', model: { density: 'm^x*exp(-m)/x!', support: 'x in {0..}', parameters: { m: 'm in {1..}' } },
    samples: [max(x(3, 5), 4), edge(x(0, 0), 1), max(x(7), 7), edge(x(1), 1)] },
  { title: 'whole mean of a normal', outcome: 'integer', model: { density: 'exp(-(x-m)^2/2)/sqrt(2*pi)', support: 'x in R', parameters: { m: 'm in {..}' } },
    samples: [max(x(1.2, 2), 2), tie(x(1, 2), 1, 2), max(x(-3.7), -4)] },
  { title: 'whole rate', outcome: 'integer', model: { density: 'k*exp(-k*x)', support: 'x > 0', parameters: { k: 'k in {1..}' } }, samples: [max(x(0.2, 0.4), 3), edge(x(2, 4), 1)] },
  { title: 'whole shape', outcome: 'integer', model: { density: 'x^(k-1)*exp(-x)/gamma(k)', support: 'x > 0', parameters: { k: 'k in {1..}' } }, samples: [max(x(2.5), 3), tie(x(2), 2, 3), edge(x(0.3, 0.4), 1)] },
  { title: 'first of consecutive integers', outcome: 'endpoint', model: { density: 'p*(1-p)^(x-N)', support: 'x in {N..}', parameters: { N: 'N in {0..}' }, known: { p: '0 < p < 1' } }, samples: [max({ ...x(4, 7), known: { p: 0.2 } }, 4)] },
  { title: 'integers from N to 2N', outcome: 'endpoint', model: { density: '1/(N+1)', support: 'x in {N..2*N}', parameters: { N: 'N in {0..}' } }, samples: [max(x(5, 8), 4), max(x(5, 9), 5), edge(x(0), 0)] },
  { title: 'trials with a ceiling', outcome: 'integer', model: { size: '1', density: 'choose(N, x)*0.3^x*0.7^(N-x)', support: 'x in {0..N}', parameters: { N: 'N in {1..12}' } }, samples: [max(x(2), 6), edge(x(5), 12), edge(x(0), 1)] },
]

export const kinks: readonly Problem[] = [
  { title: 'double exponential', outcome: 'set', model: { density: laplace, support: 'x in R', parameters: { m: 'm in R' } },
    samples: [max(x(1, 7, 2), 2), between(x(1, 7, 2, 3), 2, 3), max(x(4), 4), max(x(1, 2, 2, 5), 2)] },
  { title: 'double exponential of known scale', outcome: 'set', model: { density: 'exp(-abs(x-m)/b)/(2*b)', support: 'x in R', parameters: { m: 'm in R' }, known: { b: 'b > 0' } }, samples: [max({ ...x(3, -1, 0.5), known: { b: 2 } }, 0.5)] },
  { title: 'five observations', outcome: 'finite', model: { density: laplace, support: 'x in R', parameters: { m: 'm in R' }, size: '5' }, samples: [max(x(5, 1, 4, 2, 3), 3)] },
  { title: 'four observations', outcome: 'set', model: { density: laplace, support: 'x in R', parameters: { m: 'm in R' }, size: '4' }, samples: [between(x(5, 1, 4, 2), 2, 4)] },
  { title: 'one observation', outcome: 'finite', model: { density: laplace, support: 'x in R', parameters: { m: 'm in R' }, size: '1' }, samples: [max(x(5), 5)] },
  { title: 'centre with its sign turned', outcome: 'set', model: { density: 'exp(-abs(x+m))/2', support: 'x in R', parameters: { m: 'm in R' } }, samples: [max(x(1, 7, 2), -2), between(x(1, 2), -2, -1)] },
  { title: 'half of the centre', outcome: 'set', model: { density: 'exp(-abs(x-2*m))/2', support: 'x in R', parameters: { m: 'm in R' } }, samples: [max(x(1, 7, 2), 1)] },
  { title: 'median of logarithms', outcome: 'set', model: { density: 'exp(-abs(log(x)-m))/(2*x)', support: 'x > 0', parameters: { m: 'm in R' } }, samples: [max(x(1, 7, 2), Math.log(2))] },
  { title: 'no negative centre', outcome: 'set', model: { density: laplace, support: 'x in R', parameters: { m: 'm >= 0' } }, samples: [max(x(-1, 3, 2), 2), edge(x(-1, -3, 2), 0), edge(x(-2, -1), 0), between(x(-2, 1), 0, 1)] },
  { title: 'a positive centre', outcome: 'set', model: { density: laplace, support: 'x in R', parameters: { m: 'm > 0' } }, samples: [max(x(-1, 3, 2), 2), none(x(-1, -3, 2), 0), none(x(-2, -1), 0), between(x(1, 2), 1, 2)] },
  { title: 'a quantile', outcome: 'finite', model: { density: 'x < m ? p*(1-p)*exp((1-p)*(x-m)) : p*(1-p)*exp(-p*(x-m))', support: 'x in R', parameters: { m: 'm in R' }, known: { p: '0 < p < 1' } },
    samples: [max({ ...x(1, 2, 3, 4, 5), known: { p: 0.3 } }, 2), between({ ...x(1, 2, 3, 4), known: { p: 0.25 } }, 1, 2)] },
  { title: 'the lower third', outcome: 'finite', model: { density: 'x < m ? exp(2*(x-m))*2/3 : 2/3*exp(-(x-m))', support: 'x in R', parameters: { m: 'm in R' } }, samples: [max(x(1, 2, 3, 4, 5), 2), between(x(3, 1, 2), 1, 2)] },
  { title: 'triangle with its top at theta', outcome: 'finite', model: { density: 'x <= theta ? 2*x/theta : 2*(1-x)/(1-theta)', support: '0 < x < 1', parameters: { theta: '0 < theta < 1' } }, samples: [max(x(0.3), 0.3), max(x(0.2, 0.5, 0.6), 0.5)] },
  { title: 'triangle on a known base', outcome: 'finite', model: { density: 'x < t ? 2*x/(t*c) : 2*(c-x)/(c*(c-t))', support: '0 < x < c', parameters: { t: '0 < t < c' }, known: { c: 'c > 0' } }, samples: [max({ ...x(1), known: { c: 4 } }, 1)] },
]

export const direct: readonly Problem[] = [
  { title: 'a polynomial', outcome: 'interior', model: { likelihood: '27*theta^8*(1-theta)^4', parameters: { theta: '0 <= theta <= 1' } }, samples: [max({}, 2 / 3)] },
  { title: 'successes and failures', outcome: 'interior', model: { likelihood: 't^a*(1-t)^b', data: { a: 'a in {0..}', b: 'b in {0..}' }, parameters: { t: '0 <= t <= 1' } },
    samples: [max({ a: 3, b: 1 }, 0.75), edge({ a: 0, b: 2 }, 0), edge({ a: 2, b: 0 }, 1), between({ a: 0, b: 0 }, 0, 1)] },
  { title: 'linkage', outcome: 'interior', model: { likelihood: '(2+t)^a*(1-t)^(b+c)*t^d', data: { a: 'a in {0..}', b: 'b in {0..}', c: 'c in {0..}', d: 'd in {0..}' }, parameters: { t: '0 <= t <= 1' } },
    samples: [max({ a: 125, b: 18, c: 20, d: 34 }, (15 + Math.sqrt(15 ** 2 + 8 * 197 * 34)) / (2 * 197)), edge({ a: 2, b: 3, c: 1, d: 0 }, 0), max({ a: 10, b: 1, c: 1, d: 0 }, 0.5), edge({ a: 3, b: 0, c: 0, d: 1 }, 1)] },
  { title: 'two kinds of cells', outcome: 'interior', model: { likelihood: '(2+t)^a*(1-t)^b', data: { a: 'a in {0..}', b: 'b in {0..}' }, parameters: { t: '0 <= t <= 1' } }, samples: [max({ a: 10, b: 2 }, 0.5), edge({ a: 1, b: 3 }, 0), edge({ a: 4, b: 0 }, 1)] },
  { title: 'a rate from a total', outcome: 'interior', model: { likelihood: 'r^k*exp(-r*s)', data: { k: 'k in {0..}', s: 's > 0' }, parameters: { r: 'r > 0' } }, samples: [max({ k: 3, s: 6 }, 0.5), none({ k: 0, s: 2 }, 0)] },
  { title: 'the first r failures', outcome: 'interior', model: { likelihood: 'lambda^r*exp(-lambda*(sum(x[i], i, 1, r)+(n-r)*x[r]))', data: { x: 'x[i] > 0, i in 1..r', n: 'n in {r..}' }, parameters: { lambda: 'lambda > 0' } }, samples: [max({ x: [1, 2], n: 5 }, 2 / 9)] },
  { title: 'censored lifetimes', outcome: 'interior', model: { contribution: 'lambda^d*exp(-lambda*t)', observation: ['t', 'd'], support: ['t > 0', 'd in {0, 1}'], parameters: { lambda: 'lambda > 0' } },
    samples: [max({ t: [1, 2, 3], d: [1, 0, 1] }, 1 / 3), none({ t: [1, 2], d: [0, 0] }, 0)] },
  { title: 'censored lifetimes by their mean', outcome: 'interior', model: { contribution: 'exp(-t/m)/m^d', observation: ['t', 'd'], support: ['t > 0', 'd in {0, 1}'], parameters: { m: 'm > 0' } },
    samples: [max({ t: [1, 2, 3], d: [1, 0, 1] }, 3), none({ t: [1, 2], d: [0, 0] }, 'inf')] },
  { title: 'lifetimes seen from c on', outcome: 'interior', model: { density: 'lambda*exp(-lambda*(x-c))', support: 'x > c', parameters: { lambda: 'lambda > 0' }, known: { c: 'c > 0' } }, samples: [max({ ...x(2, 4), known: { c: 1 } }, 0.5)] },
  { title: 'counts with exposures', outcome: 'interior', model: { density: '(b*u)^y*exp(-b*u)/y!', observation: 'y', support: 'y in {0..}', covariates: { u: 'u > 0' }, parameters: { b: 'b > 0' } }, samples: [max({ y: [1, 3], u: [2, 2] }, 1), none({ y: [0, 0], u: [2, 2] }, 0)] },
  { title: 'line through the origin', outcome: 'interior', model: { density: 'exp(-(y-b*x)^2/(2*v))/sqrt(2*pi*v)', observation: 'y', support: 'y in R', covariates: ['x'], known: { v: 'v > 0' }, parameters: { b: 'b in R' } }, samples: [max({ y: [1, 3], x: [1, 2], known: { v: 1 } }, 1.4)] },
]

export const mechanisms: Readonly<Record<string, readonly Problem[]>> = { finite, integer, kinks, direct }
