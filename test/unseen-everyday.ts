/**
 * One-parameter models as courses and practice pose them: usual densities in unusual parametrisations, spaces cut at
 * one or both ends, moving ends, likelihoods even in the unknown, probabilities by conditions. Rows as in `unseen.ts`.
 */
// biome-ignore-all format: a table, one model a line
import type { Row } from './unseen.ts'

const sum = (f: string): string => `sum(${f}, i, 1, n)`
const S = sum('x[i]')
const S2 = sum('x[i]^2')
const LOG = sum('log(x[i])')
const A = sum('abs(x[i])')
const MAX = 'max(x[i], i, 1, n)'
const MIN = 'min(x[i], i, 1, n)'
const MAXABS = 'max(abs(x[i]), i, 1, n)'
const U = 'open'
const N = '/sqrt(2*pi)'
const count = (condition: string): string => `sum(indicator(${condition}), i, 1, n)`

const cut: readonly Row[] = [
  ['exp(-x/b)/b', 'x > 0', 'b: 0 < b <= 2', `interior: min(${S}/n,2)`],
  ['exp(-x/b)/b', 'x > 0', 'b: b >= 1', `interior: max(${S}/n,1)`],
  ['p*(1-p)^(x-1)', 'x in {1..}', 'p: 1/4 <= p <= 3/4', `interior: min(max(n/${S},1/4),3/4)`],
  ['(1/2+d)^x*(1/2-d)^(1-x)', 'x in {0,1}', 'd: -1/2 <= d <= 1/2', `interior: ${S}/n-1/2`],
  ['(1/2+d)^x*(1/2-d)^(1-x)', 'x in {0,1}', 'd: 0 <= d <= 1/2', `interior: max(${S}/n-1/2,0)`],
  ['exp(-m)*m^x/x!', 'x in {0..}', 'm: m >= 1', `interior: max(${S}/n,1)`],
  ['exp(-m)*m^x/x!', 'x in {0..}', 'm: 0 <= m <= 3', `interior: min(${S}/n,3)`],
  ['combinations(3,x)*q^x*(1-q)^(3-x)', 'x in {0..3}', 'q: q in [1/3, 1]', `interior: max(${S}/(3*n),1/3)`],
  ['x*t^2*exp(-t*x)', 'x > 0', 't: 1 <= t <= 4', `interior: min(max(2*n/${S},1),4)`],
  ['x/s^2*exp(-x^2/(2*s^2))', 'x >= 0', 's: s >= 1', `interior: max(sqrt(${S2}/(2*n)),1)`],
  ['exp(-(x-m)^2/(2*9))/(3*sqrt(2*pi))', 'x in R', 'm: 0 < m < 1', `interior: ${S}/n`],
  ['exp(-(x+2*m)^2/2)'+N, 'x in R', 'm: m >= 0', `interior: max(-${S}/(2*n),0)`],
  ['exp(-(x-sqrt(m))^2/2)'+N, 'x in R', 'm: m > 0', `interior: (${S}/n)^2`],
  ['exp(-x^2/(2*exp(2*t)))/(exp(t)*sqrt(2*pi))', 'x in R', 't: t >= 0', `interior: max(log(${S2}/n)/2,0)`],
  ['sqrt(w)/sqrt(2*pi)*exp(-w*(x-3)^2/2)', 'x in R', 'w: 0 < w <= 1', `interior: min(n/${sum('(x[i]-3)^2')},1)`],
  ['exp(-(log(x)-t)^2/2)/(x*sqrt(2*pi))', 'x > 0', 't: t >= 0', `interior: max(${LOG}/n,0)`],
  ['t*x^(t-1)', '0 < x < 1', 't: t >= 1', `interior: max(-n/${LOG},1)`],
  ['(2*t+1)*x^(2*t)', '0 < x < 1', 't: t >= 0', `interior: max((-n/${LOG}-1)/2,0)`],
  ['x^(a-1)*exp(-x)/gamma(a)', 'x > 0', 'a: a >= 1', 'implicit'],
]

const parametrised: readonly Row[] = [
  ['(1/(1+o))*(o/(1+o))^x', 'x in {0..}', 'o: o > 0', `interior: ${S}/n`],
  ['o^x/(1+o)', 'x in {0,1}', 'o: o > 0', `interior: ${S}/(n-${S})`],
  ['exp(-s^2)*s^(2*x)/x!', 'x in {0..}', 's: s >= 0', `interior: sqrt(${S}/n)`],
  ['exp(-2*m)*(2*m)^x/x!', 'x in {0..}', 'm: m > 0', `interior: ${S}/(2*n)`],
  ['combinations(x+1,1)*p^2*(1-p)^x', 'x in {0..}', 'p: 0 < p <= 1', `interior: 2*n/(2*n+${S})`],
  ['a*k^a/x^(a+1)', 'x >= k', 'a: a > 0', `interior: n/${sum('log(x[i]/k)')}`, { known: { k: 'k > 0' } }],
  ['1/g*k^(1/g)/x^(1/g+1)', 'x >= k', 'g: g > 0', `interior: ${sum('log(x[i]/k)')}/n`, { known: { k: 'k > 0' } }],
  ['exp(t)*(1+x)^(-exp(t)-1)', 'x > 0', 't: t in R', `interior: log(n/${sum('log(1+x[i])')})`],
  ['(1+t)*(1-x)^t', '0 < x < 1', 't: t > -1', `interior: -n/${sum('log(1-x[i])')}-1`],
  ['t*2^t/(2+x)^(t+1)', 'x > 0', 't: t > 0', `interior: n/${sum('log(1+x[i]/2)')}`],
  ['sqrt(2/pi)*x^2/t^3*exp(-x^2/(2*t^2))', 'x > 0', 't: t > 0', `interior: sqrt(${S2}/(3*n))`],
  ['exp(-x^4/t)/(2*gamma(5/4)*t^(1/4))', 'x in R', 't: t > 0', `interior: 4*${sum('x[i]^4')}/n`],
  ['t^(x/2)*(1-t)^(1-x/2)', 'x in {0, 2}', 't: 0 <= t <= 1', `interior: ${S}/(2*n)`],
  ['(t/2)^abs(x)*(1-t)^(1-abs(x))', 'x in {-1, 0, 1}', 't: 0 <= t <= 1', `interior: ${A}/n`],
  ['theta^x*(1-theta)^(1-x)', 'x in {0,1}', 'theta: 0 <= theta <= 1', 'interior', { size: 1 }],
  ['exp(-(x-2*t)^2/(2*t))/sqrt(2*pi*t)', 'x in R', 't: t > 0', `interior: (sqrt(n^2+16*n*${S2})-n)/(8*n)`],
  ['exp(-(x-t)-exp(-(x-t)))', 'x in R', 't: t in R', `interior: log(n/${sum('exp(-x[i])')})`],
]

const even: readonly Row[] = [
  ['exp(-(x-theta^2)^2/2)'+N, 'x in R', 'theta: -1 <= theta <= 1', 'set'],
  ['exp(-x^2/(2*theta^2))/sqrt(2*pi*theta^2)', 'x in R', 'theta: theta in R', 'set'],
  ['exp(-(x-abs(m))^2/2)'+N, 'x in R', 'm: m in R', 'set'],
  ['exp(-theta^2)*theta^(2*x)/x!', 'x in {0..}', 'theta: theta in R', 'set'],
  ['(theta^2)^x*exp(-theta^2)/x!', 'x in {0..}', 'theta: theta in R', 'set'],
  ['theta^2*exp(-theta^2*x)', 'x > 0', 'theta: theta in R', 'set'],
  ['exp(-x^2/(2*(1+theta^2)))/sqrt(2*pi*(1+theta^2))', 'x in R', 'theta: theta in R', 'set'],
  ['(theta^2)^x*(1-theta^2)^(1-x)', 'x in {0,1}', 'theta: -1 <= theta <= 1', 'set'],
]

const tops: readonly Row[] = [
  ['exp(-(x-theta)^4)/(2*gamma(5/4))', 'x in R', 'theta: theta in R', 'implicit'],
  ['exp(-(x-t)^6)/(2*gamma(7/6))', 'x in R', 't: t in R', 'implicit'],
  ['exp(-x/b-exp(-x/b))/b', 'x in R', 'b: b > 0', 'implicit'],
  ['t*exp(-t*x)/(1-exp(-t))', '0 < x < 1', 't: t > 0', 'implicit'],
  ['log(t)*t^x/(t-1)', '0 < x < 1', 't: t > 1', 'implicit'],
  ['t/(1+t*x)^2', 'x > 0', 't: t > 0', 'implicit'],
  ['(1+t*x)/2', '-1 <= x <= 1', 't: -1 <= t <= 1', U],
  ['t+2*(1-t)*x', '0 <= x <= 1', 't: 0 <= t <= 1', U],
]

const ends: readonly Row[] = [
  ['2*(t-x)/t^2', '0 <= x <= t', 't: t > 0', 'implicit'],
  ['1/(b-2)', '2 <= x <= b', 'b: b > 2', `endpoint: ${MAX}`],
  ['1/(5-a)', 'a <= x <= 5', 'a: a < 5', `endpoint: ${MIN}`],
  ['1/(3*t)', '-t <= x <= 2*t', 't: t > 0', `endpoint: max(-${MIN},${MAX}/2)`],
  ['1/sqrt(t)', '0 <= x <= sqrt(t)', 't: t > 0', `endpoint: (${MAX})^2`],
  ['exp(-t)', '0 <= x <= exp(t)', 't: t in R', `endpoint: log(${MAX})`],
  ['1/4', 't-2 < x < t+2', 't: t in R', 'set'],
  ['1', 't <= x <= t+1', 't: t >= 0', 'set'],
  ['exp(-(x-t))', 'x >= t', 't: t <= 0', `endpoint: min(${MIN},0)`],
  ['(x-t)*exp(-(x-t))', 'x > t', 't: t in R', 'implicit'],
  ['1/(t-1/t)', '1/t <= x <= t', 't: t > 1', `endpoint: max(1/${MIN},${MAX})`],
  ['1/(2*t)', 't <= x <= 3*t', 't: t >= 1', `endpoint: max(${MAX}/3,1)`],
  ['1/t', '-t/2 <= x <= t/2', 't: t > 0', `endpoint: 2*${MAXABS}`],
  ['1/(2*sqrt(t*x))', '0 < x <= t', 't: t > 0', `endpoint: ${MAX}`],
  ['1/(x*log(t))', '1 <= x <= t', 't: t > 1', `endpoint: ${MAX}`],
  ['exp(t-x)/(1-exp(-1))', 't <= x <= t+1', 't: t in R', `endpoint: ${MIN}`],
]

const conditions: readonly Row[] = [
  ['x == 0 ? 1-2*t : t', 'x in {0, 1, 2}', 't: 0 <= t <= 1/2', `interior: (n-${count('x[i] == 0')})/(2*n)`],
  ['x == 0 ? t : (1-t)/3', 'x in {0, 1, 2, 3}', 't: 0 <= t <= 1', `interior: ${count('x[i] == 0')}/n`],
  ['x <= 1 ? t : (1-t)/2', '0 <= x <= 3', 't: 0 < t < 1', `interior: ${count('x[i] <= 1')}/n`],
  ['x == 3 ? t^2 : (1-t^2)/2', 'x in {1,2,3}', 't: 0 < t < 1', `interior: sqrt(${count('x[i] == 3')}/n)`],
  ['x == 0 ? 1-p : p/4', 'x in {0..4}', 'p: 0 <= p <= 1/2', `interior: min(1-${count('x[i] == 0')}/n, 1/2)`],
  ['x < c ? t/c : (1-t)/(1-c)', '0 < x < 1', 't: 0 < t < 1', `interior: ${count('x[i] < c')}/n`, { known: { c: '0 < c < 1' } }],
]

export const everyday: Readonly<Record<string, readonly Row[]>> = {
  'spaces cut at an end': cut, 'other parametrisations': parametrised, 'even likelihoods': even,
  'flat tops and equations': tops, 'ends that move': ends, 'probabilities by conditions': conditions,
}
