/**
 * One-parameter models of a course and of a toolbox in parametrisations that nobody built for: skewed reparametrisations,
 * polynomials under a substitution, mixtures of known parts, several roots, special functions, restricted spaces. A row marked
 * `open` may stay undecided, and what it answers otherwise must be right.
 */
// biome-ignore-all format: a table, one model a line
import type { Row } from './unseen.ts'

const sum = (f: string): string => `sum(${f}, i, 1, n)`
const S = sum('x[i]')
const S2 = sum('x[i]^2')
const LOG = sum('log(x[i])')
const N = '/sqrt(2*pi)'
const U = 'open'

/** The parameter is the logarithm, the logit, the square, the reciprocal, an angle of the usual one. */
const skewed: readonly Row[] = [
  ['a^(-2)*exp(-x/a^2)', 'x > 0', 'a: a > 0', `interior: sqrt(${S}/n)`],
  ['(1/(1+exp(-b)))^x*(1/(1+exp(b)))^(1-x)', 'x in {0,1}', 'b: b in R', `interior: log(${S}/(n-${S}))`],
  ['exp(b*x)/(1+exp(b))', 'x in {0,1}', 'b: b >= 0', `interior: max(log(${S}/(n-${S})), 0)`],
  ['(exp(-w))^x*(1-exp(-w))^(1-x)', 'x in {0,1}', 'w: w > 0', `interior: log(n/${S})`],
  ['sin(w)^(2*x)*cos(w)^(2*(1-x))', 'x in {0,1}', 'w: 0 < w < pi/2', 'interior'],
  ['cos(w)^(2*x)*sin(w)^(2-2*x)', 'x in {0,1}', 'w: 0 <= w <= pi/2', 'interior'],
  ['((1+cos(w))/2)^x*((1-cos(w))/2)^(1-x)', 'x in {0,1}', 'w: 0 < w < pi', 'interior'],
  ['exp(-g)*exp(g)^0*(1-exp(-g))^x', 'x in {0..}', 'g: g > 0', `interior: log(1+${S}/n)`],
  ['exp(-1/u)*u^(-x)/x!', 'x in {0..}', 'u: u > 0', `interior: n/${S}`],
  ['exp(-u^3)*u^(3*x)/x!', 'x in {0..}', 'u: u > 0', `interior: (${S}/n)^(1/3)`],
  ['exp(-u^2)*u^(2*x)/x!', 'x in {0..}', 'u: u >= 0', `interior: sqrt(${S}/n)`],
  ['exp(-log(u))*log(u)^x/x!', 'x in {0..}', 'u: u > 1', `interior: exp(${S}/n)`],
  ['(1/u)*log(u)^x/x!', 'x in {0..}', 'u: u > 1', `interior: exp(${S}/n)`],
  ['exp(-sqrt(u))*u^(x/2)/x!', 'x in {0..}', 'u: u > 0', `interior: (${S}/n)^2`],
  ['1/u*(1-1/u)^(x-1)', 'x in {1..}', 'u: u > 1', `interior: ${S}/n`],
  ['1/u*(1-1/u)^(x-1)', 'x in {1..}', 'u: u >= 1', `interior: ${S}/n`],
  ['(1-r^2)*r^(2*x)', 'x in {0..}', 'r: 0 < r < 1', `interior: sqrt(${S}/(n+${S}))`],
  ['1/(phi*x^(1+1/phi))', 'x > 1', 'phi: phi > 0', `interior: ${LOG}/n`],
  ['x^(1/phi-1)/phi', '0 < x < 1', 'phi: phi >= 1', `interior: max(-${LOG}/n, 1)`],
  ['exp(-d)*x^(exp(-d)-1)', '0 < x < 1', 'd: d in R', `interior: log(-${LOG}/n)`],
  ['exp(q)*2*x*exp(-exp(q)*x^2)', 'x > 0', 'q: q in R', `interior: log(n/${S2})`],
  ['exp(-x^2/(2*exp(g)))/sqrt(2*pi*exp(g))', 'x in R', 'g: g in R', `interior: log(${S2}/n)`],
  ['h*exp(-h^2*x^2)/sqrt(pi)', 'x in R', 'h: h > 0', `interior: sqrt(n/(2*${S2}))`],
  ['exp(-(x-1/t)^2/2)'+N, 'x in R', 't: t < 0', `interior: n/${S}`],
  ['exp(-(x-log(t/(1-t)))^2/2)'+N, 'x in R', 't: 0 < t < 1', `interior: 1/(1+exp(-${S}/n))`],
  ['exp(-(x-tan(t))^2/2)'+N, 'x in R', 't: -pi/2 < t < pi/2', `interior: atan(${S}/n)`],
  ['exp(-(x-t^3)^2/2)'+N, 'x in R', 't: t > 0', `interior: (${S}/n)^(1/3)`],
  ['exp(-(x-exp(-t))^2/2)'+N, 'x in R', 't: t in R', `interior: -log(${S}/n)`],
  ['1/abs(c)*exp(-x/abs(c))', 'x > 0', 'c: c in R', 'set'],
  ['exp(-abs(x)/abs(c))/(2*abs(c))', 'x in R', 'c: c in R', 'set'],
  ['exp(-x^2/(2*c^2))/(abs(c)*sqrt(2*pi))', 'x in R', 'c: c in R', 'set'],
  ['exp(-x^2/(2*c^2))/(-c*sqrt(2*pi))', 'x in R', 'c: c < 0', `interior: -sqrt(${S2}/n)`],
  ['choose(N,x)*p^x*(1-p)^(N-x)', 'x in {0..N}', 'p: 0 <= p <= 1', `interior: ${S}/(n*N)`, { known: { N: 'N in {1..}' } }],
  ['choose(N,x)*p^x*(1-p)^(N-x)', 'x in {0..N}', 'p: 0 < p < 1/2', `interior: ${S}/(n*N)`, { known: { N: 'N in {1..}' } }],
  ['choose(N,x)*(1-exp(-b))^x*exp(-b*(N-x))', 'x in {0..N}', 'b: b > 0', `interior: -log(1-${S}/(n*N))`, { known: { N: 'N in {1..}' } }],
  ['choose(N,x)*(1-(1-b)^2)^x*(1-b)^(2*(N-x))', 'x in {0..N}', 'b: 0 < b < 1', `interior: 1-sqrt(1-${S}/(n*N))`, { known: { N: 'N in {1..}' } }],
  ['(1-(1-p)^k)^x*(1-p)^(k*(1-x))', 'x in {0,1}', 'p: 0 < p < 1', `interior: 1-(1-${S}/n)^(1/k)`, { known: { k: 'k in {1..}' } }],
]

/** Toolbox families with one unknown. */
const toolbox: readonly Row[] = [
  ['b*exp(x)*exp(-b*(exp(x)-1))', 'x > 0', 'b: b > 0', `interior: n/${sum('(exp(x[i])-1)')}`],
  ['b*exp(c*x)*exp(-b/c*(exp(c*x)-1))', 'x > 0', 'b: b > 0', `interior: n*c/${sum('(exp(c*x[i])-1)')}`, { known: { c: 'c > 0' } }],
  ['exp(g*x)*exp(-(exp(g*x)-1)/g)', 'x > 0', 'g: g > 0', 'implicit'],
  ['l^2/(l+1)*(1+y)*exp(-l*y)', 'y > 0', 'l: l > 0', 'interior', { observation: 'y' }],
  ['sqrt(1/(2*pi*x^3))*exp(-(x-m)^2/(2*m^2*x))', 'x > 0', 'm: m > 0', `interior: ${S}/n`],
  ['sqrt(2/(pi*s))*exp(-x^2/(2*s))', 'x > 0', 's: s > 0', `interior: ${S2}/n`],
  ['sqrt(2/pi)*x^2*a^(3/2)*exp(-a*x^2/2)', 'x > 0', 'a: a > 0', `interior: 3*n/${S2}`],
  ['k*c*x^(c-1)/(1+x^c)^(k+1)', 'x > 0', 'k: k > 0', `interior: n/${sum('log(1+x[i]^c)')}`, { known: { c: 'c > 0' } }],
  ['2*c*x^(c-1)/(1+x^c)^3', 'x > 0', 'c: c > 0', 'implicit'],
  ['2*h^2*v/(v^2-c^2+h^2)^2', 'v > c', 'h: h > 0', 'implicit', { observation: 'v', known: { c: 'c > 0' } }],
  ['a/s*(1+x/s)^(-a-1)', 'x > 0', 's: s > 0', 'implicit', { known: { a: 'a > 0' } }],
  ['2/s*(1+x/s)^(-3)', 'x > 0', 's: s > 0', 'implicit'],
  ['b*x^(b-1)/(1+x^b)^2', 'x > 0', 'b: b > 0', 'implicit'],
  ['(b/a)*(x/a)^(b-1)/(1+(x/a)^b)^2', 'x > 0', 'a: a > 0', 'implicit', { known: { b: 'b > 0' } }],
  ['a*b*x^(a-1)*(1-x^a)^(b-1)', '0 < x < 1', 'b: b > 0', `interior: -n/${sum('log(1-x[i]^a)')}`, { known: { a: 'a > 0' } }],
  ['2*a*x^(a-1)*(1-x^a)', '0 < x < 1', 'a: a > 0', 'implicit'],
  ['v*(2-2*x)*(2*x-x^2)^(v-1)', '0 < x < 1', 'v: v > 0', `interior: -n/${sum('log(2*x[i]-x[i]^2)')}`],
  ['N*x^(N-1)', '0 < x < 1', 'N: N > 0', `interior: -n/${LOG}`],
  ['N*x^(N-1)', '0 < x < 1', 'N: N in {1..}', U],
  ['-t^x/(x*log(1-t))', 'x in {1..}', 't: 0 < t < 1', 'implicit'],
  ['x^(-s)/zeta(s)', 'x in {1..}', 's: s > 1', 'implicit'],
  ['exp(k*cos(x-m))/(2*pi*besseli(0,k))', '-pi < x <= pi', 'm: -pi < m <= pi', U, { known: { k: 'k > 0' } }],
  ['exp(k*cos(x))/(2*pi*besseli(0,k))', '-pi < x <= pi', 'k: k > 0', 'implicit'],
  ['gamma(x+r)/(gamma(r)*x!)*p^r*(1-p)^x', 'x in {0..}', 'r: r > 0', 'implicit', { known: { p: 'p = 1/2' } }],
  ['gamma(x+r)/(gamma(r)*x!)*p^r*(1-p)^x', 'x in {0..}', 'p: 0 < p <= 1', `interior: n*r/(n*r+${S})`, { known: { r: 'r > 0' } }],
  ['gamma(x+r)/(gamma(r)*x!)*(m/(m+r))^x*(r/(m+r))^r', 'x in {0..}', 'm: m > 0', `interior: ${S}/n`, { known: { r: 'r > 0' } }],
  ['t*x^(t-1)*exp(-x^t)', 'x > 0', 't: t > 0', 'implicit'],
  ['c^3*x^2*exp(-c*x)/2', 'x > 0', 'c: 0 < c <= 2', `interior: min(3*n/${S}, 2)`],
  ['(1+x/b)*exp(-x/b)/(2*b)', 'x > 0', 'b: b > 0', 'implicit'],
  ['(a*x+1)*a/(a+1)*exp(-a*x)*(a+1)/2', 'x > 0', 'a: a > 0', 'implicit'],
  ['exp(-(log(x)-m)^2/(2*m))/(x*sqrt(2*pi*m))', 'x > 0', 'm: m > 0', `interior: (sqrt(1+4*${sum('log(x[i])^2')}/n)-1)/2`],
  ['exp(-(x-1)^2/(2*x*s))/sqrt(2*pi*s*x^3)', 'x > 0', 's: s > 0', `interior: ${sum('(x[i]-1)^2/x[i]')}/n`],
  ['sqrt(x)*exp(-x/b)*2/(sqrt(pi)*b^(3/2))', 'x > 0', 'b: b > 0', `interior: 2*${S}/(3*n)`],
  ['exp(-x/2)*(x/2)^(k-1)/(2*gamma(k))', 'x > 0', 'k: k > 0', 'implicit'],
  ['gamma(2*a)/gamma(a)^2*x^(a-1)*(1-x)^(a-1)', '0 < x < 1', 'a: a > 0', 'implicit'],
  ['a*(a+1)*x^(a-1)*(1-x)', '0 < x < 1', 'a: a > 0', 'interior'],
  ['a*(a+1)*(a+2)/2*x^(a-1)*(1-x)^2', '0 < x < 1', 'a: a > 0', 'implicit'],
  ['1/(b*gamma(1+1/p))/2*exp(-(abs(x)/b)^p)', 'x in R', 'b: b > 0', `interior: (p*${sum('abs(x[i])^p')}/n)^(1/p)`, { known: { p: 'p > 0' } }],
  ['b*exp(-x)/(1-(1-b)*exp(-x))^2', 'x > 0', 'b: b > 0', 'implicit'],
  ['exp(x/b)*exp(-exp(x/b))/b', 'x in R', 'b: b > 0', 'implicit'],
  ['exp(-x/b)/(b*(1+exp(-x/b))^2)', 'x in R', 'b: b > 0', 'implicit'],
  ['exp(-t)*(t*x)^0*t^x/x!/(1-exp(-t))', 'x in {1..}', 't: t > 0', 'implicit'],
  ['(x+1)*(1-q)^2*q^x', 'x in {0..}', 'q: 0 <= q < 1', `interior: ${S}/(2*n+${S})`],
  ['exp(-t*x)*(t*x)^(x-1)/x!', 'x in {1..}', 't: 0 < t <= 1', `interior: 1-n/${S}`],
]

/** Polynomial equations, as they stand and under a substitution. */
const polynomials: readonly Row[] = [
  ['exp(-(x-t)^2/(2*t^2))/(t*sqrt(2*pi))', 'x in R', 't: t > 0', `interior: (sqrt(${S}^2+4*n*${S2})-${S})/(2*n)`],
  ['exp(-(x-t)^2/(2*t^2))/(abs(t)*sqrt(2*pi))', 'x in R', 't: t in R', U],
  ['exp(-(x-t)^2/(2*t^2))/(-t*sqrt(2*pi))', 'x in R', 't: t < 0', 'interior'],
  ['exp(-(x-t^2)^2/(2*t^2))/(t*sqrt(2*pi))', 'x in R', 't: t > 0', `interior: sqrt((sqrt(1+4*${S2}/n)-1)/2)`],
  ['exp(-(x-t^2)^2/(2*t^4))/(t^2*sqrt(2*pi))', 'x in R', 't: t > 0', 'interior'],
  ['exp(-x/(t+t^2))/(t+t^2)', 'x > 0', 't: t > 0', `interior: (sqrt(1+4*${S}/n)-1)/2`],
  ['(t+t^2)*exp(-(t+t^2)*x)', 'x > 0', 't: t > 0', `interior: (sqrt(1+4*n/${S})-1)/2`],
  ['exp(-t*(t+1))*(t*(t+1))^x/x!', 'x in {0..}', 't: t > 0', `interior: (sqrt(1+4*${S}/n)-1)/2`],
  ['exp(-t^2-t^4)*(t^2+t^4)^x/x!', 'x in {0..}', 't: t > 0', 'interior'],
  ['exp(-exp(2*t)-exp(t))*(exp(2*t)+exp(t))^x/x!', 'x in {0..}', 't: t in R', 'implicit'],
  ['(2*t-t^2)^x*(1-t)^(2-2*x)', 'x in {0,1}', 't: 0 < t < 1', `interior: 1-sqrt(1-${S}/n)`],
  ['(4*t*(1-t))^x*(1-4*t*(1-t))^(1-x)', 'x in {0,1}', 't: 0 < t < 1/2', 'interior'],
  ['(t*(1-t))^x*(1-t+t^2)^(1-x)', 'x in {0,1}', 't: 0 < t < 1/2', 'interior'],
  ['t^2/(1+t)*(1+x)*exp(-t*x)', 'x > 0', 't: t > 0', 'interior'],
  ['t^3/(t^2+2)*(1+x^2)*exp(-t*x)', 'x > 0', 't: t > 0', 'implicit'],
  ['t^2/(t^2+1)*(t+x)*exp(-t*x)', 'x > 0', 't: t > 0', 'implicit'],
  ['t^x/(1+t+t^2)', 'x in {0,1,2}', 't: t > 0', 'interior'],
  ['t^x/(1+t+t^2)', 'x in {0,1,2}', 't: t >= 0', 'interior'],
  ['x == 0 ? 1-t-t^2 : x == 1 ? t : t^2', 'x in {0,1,2}', 't: 0 < t < 1/2', 'interior'],
  ['x == 0 ? (1-t)^2 : x == 1 ? 2*t*(1-t) : t^2', 'x in {0,1,2}', 't: 0 <= t <= 1', `interior: ${S}/(2*n)`],
  ['exp(-t*x+t*x/2)*t/2', 'x > 0', 't: t > 0', `interior: 2*n/${S}`],
  ['t*(1-t)^x', 'x in {0..}', 't: 1/4 <= t <= 3/4', `interior: min(max(n/(n+${S}), 1/4), 3/4)`],
  ['exp(-x^2/(2*t)-x^2*t/2+x^2*t/2)/sqrt(2*pi*t)', 'x in R', 't: t > 0', `interior: ${S2}/n`],
  ['exp(-(x-sqrt(t))^2/(2*t))/sqrt(2*pi*t)', 'x in R', 't: t > 0', 'interior'],
]

/** Mixtures of known parts: the weight. */
const mixtures: readonly Row[] = [
  ['p*a*exp(-a*x)+(1-p)*b*exp(-b*x)', 'x > 0', 'p: 0 <= p <= 1', 'implicit', { known: { a: 'a > 0', b: 'b > 0' } }],
  ['p*exp(-x)+(1-p)*3*exp(-3*x)', 'x > 0', 'p: 0 <= p <= 1', 'implicit'],
  ['p*exp(-x)+(1-p)*3*exp(-3*x)', 'x > 0', 'p: 0 < p < 1', 'implicit'],
  ['w*exp(-x^2/2)/sqrt(2*pi)+(1-w)*exp(-(x-2)^2/2)/sqrt(2*pi)', 'x in R', 'w: 0 <= w <= 1', 'implicit'],
  ['(1-t)+2*t*x', '0 < x < 1', 't: 0 <= t <= 1', 'implicit'],
  ['w*2^(-x)+(1-w)*2*3^(-x)', 'x in {1..}', 'w: 0 <= w <= 1', 'implicit'],
  ['1+t*(2*x-1)', '0 < x < 1', 't: -1 <= t <= 1', 'implicit'],
  ['(1+t*x)/2', '-1 <= x <= 1', 't: -1 <= t <= 1', 'implicit'],
  ['(1+t*x)/2', '-1 < x < 1', 't: -1 < t < 1', 'implicit'],
  ['(1+t*x)/2', 'x in {-1,1}', 't: -1 <= t <= 1', `interior: ${S}/n`],
  ['(1+t*cos(x))/(2*pi)', '-pi < x <= pi', 't: -1 <= t <= 1', 'implicit'],
  ['(1+3*t*(x^2-1/3)/2)/2', '-1 < x < 1', 't: -1 < t < 1', 'implicit'],
  ['x == 0 ? w + (1-w)*exp(-1) : (1-w)*exp(-1)/x!', 'x in {0..}', 'w: 0 <= w <= 1', 'interior'],
  ['x == 0 ? w + (1-w)*exp(-m) : (1-w)*exp(-m)*m^x/x!', 'x in {0..}', 'w: 0 <= w < 1', 'interior', { known: { m: 'm > 0' } }],
]

/** No closed form. */
const implicits: readonly Row[] = [
  ['exp(-(x-m))/(1+exp(-(x-m)))^2', 'x in R', 'm: m in R', 'implicit'],
  ['1/(pi*(1+(x-m)^2))', 'x in R', 'm: m in R', 'implicit'],
  ['2/(pi*sqrt(3)*(1+(x-m)^2/3)^2)', 'x in R', 'm: m in R', 'implicit'],
  ['3/8*(1+(x-m)^2/4)^(-5/2)', 'x in R', 'm: m in R', 'implicit'],
  ['gamma((v+1)/2)/(sqrt(v*pi)*gamma(v/2))*(1+(x-m)^2/v)^(-(v+1)/2)', 'x in R', 'm: m in R', 'implicit', { known: { v: 'v > 0' } }],
  ['1/(pi*c*(1+x^2/c^2))', 'x in R', 'c: c > 0', 'implicit'],
  ['t*exp(-t*x)/(1-exp(-2*t))', '0 < x < 2', 't: t > 0', 'implicit'],
  ['t*exp(-t*x)/(1-exp(-t))', '0 < x < 1', 't: t > 0', 'implicit'],
  ['t*exp(-t*x)/(1-exp(-c*t))', '0 <= x <= c', 't: t > 0', 'implicit', { known: { c: 'c > 0' } }],
  ['exp(-x/b)/(b*(1-exp(-3/b)))', '0 < x < 3', 'b: b > 0', 'implicit'],
  ['(a+1)*x^a/(3^(a+1)-1)', '1 < x < 3', 'a: a > -1', 'implicit'],
  ['a*x^(-a-1)/(1-3^(-a))', '1 < x < 3', 'a: a > 0', 'implicit'],
  ['p*(1-p)^(x-1)/(1-(1-p)^3)', 'x in {1,2,3}', 'p: 0 < p < 1', 'implicit'],
  ['choose(4,x)*p^x*(1-p)^(4-x)/(1-(1-p)^4)', 'x in {1..4}', 'p: 0 < p < 1', 'implicit'],
  ['choose(m,x)*p^x*(1-p)^(m-x)/(1-(1-p)^m)', 'x in {1..m}', 'p: 0 < p < 1', 'implicit', { known: { m: 'm in {2..}' } }],
  ['q^(-1)*t^x/x!*exp(-t)*q', 'x in {0..}', 't: t > 0', `interior: ${S}/n`, { known: { q: 'q > 0' } }],
  ['exp(-(x-t)^4)/(2*gamma(5/4))', 'x in R', 't: t in R', 'implicit'],
  ['exp(-x/t)*(1+exp(-x/t))^(-2)*2/t', 'x > 0', 't: t > 0', 'implicit'],
  ['t*exp(-t*x)+t*x*0', 'x > 0', 't: t > 0', `interior: n/${S}`],
  ['exp(-t*x^2-x)*sqrt(t/pi)*exp(-1/(4*t))', 'x in R', 't: t > 0', 'interior'],
  ['exp(-(x-t)^2/2-(x-t)^4*0)'+N, 'x in R', 't: t in R', `interior: ${S}/n`],
  ['x^(a-1)*(1-x)^(b-1)/beta(a,b)', '0 < x < 1', 'b: b > 0', 'implicit', { known: { a: 'a > 0' } }],
  ['(x*t)^(t)*exp(-t*x)/(x*gamma(t))', 'x > 0', 't: t > 0', 'implicit'],
  ['exp(-abs(x)^t)/(2*gamma(1+1/t))', 'x in R', 't: t > 0', U],
  ['t*(1+t)/(t+x)^2', '0 < x < 1', 't: t > 0', 'implicit'],
  ['1/(log(1+1/t)*(t+x))', '0 < x < 1', 't: t > 0', U],
  ['(1-t^2)/(2*pi*(1+t^2-2*t*cos(x)))', '-pi < x <= pi', 't: 0 <= t < 1', U],
]

/** Spaces with ends that matter. */
const restricted: readonly Row[] = [
  ['exp(-t)*t^x/x!', 'x in {0..}', 't: 2 <= t < 5', `interior: max(${S}/n, 2)`],
  ['exp(-t)*t^x/x!', 'x in {0..}', 't: t <= 3 and t > 0', 'interior'],
  ['p*(1-p)^(x-1)', 'x in {1..}', 'p: 0 < p <= 1/2', `interior: min(n/${S}, 1/2)`],
  ['p*(1-p)^(x-1)', 'x in {1..}', 'p: 1/2 <= p <= 1', `interior: max(n/${S}, 1/2)`],
  ['exp(-(x-m)^2/(2*v))/sqrt(2*pi*v)', 'x in R', 'v: v >= 2', `interior: max(${sum('(x[i]-m)^2')}/n, 2)`, { known: { m: 'm in R' } }],
  ['exp(-(x-m)^2/(2*v))/sqrt(2*pi*v)', 'x in R', 'm: m <= c', `interior: min(${S}/n, c)`, { known: { c: 'c in R', v: 'v > 0' } }],
  ['exp(-(x-m)^2/(2*v))/sqrt(2*pi*v)', 'x in R', 'm: -c <= m <= c', `interior: max(min(${S}/n, c), -c)`, { known: { c: 'c > 0', v: 'v > 0' } }],
  ['t*exp(-t*x)', 'x > 0', 't: t >= c', `interior: max(n/${S}, c)`, { known: { c: 'c > 0' } }],
  ['t*x^(t-1)', '0 < x < 1', 't: 0 < t <= c', `interior: min(-n/${LOG}, c)`, { known: { c: 'c > 0' } }],
  ['x^(a-1)*exp(-x)/gamma(a)', 'x > 0', 'a: a <= 2 and a > 0', 'implicit'],
  ['x^(a-1)*exp(-x)/gamma(a)', 'x > 0', 'a: 1 < a < 2', 'implicit'],
  ['t*exp(-t*x)/(1-exp(-t))', '0 < x < 1', 't: t >= 1', 'implicit'],
  ['exp(-x/b)/(b*(1+exp(-x/b))^2)', 'x in R', 'b: b >= 1', 'implicit'],
  ['1/(pi*(1+(x-m)^2))', 'x in R', 'm: m >= 0', 'implicit'],
  ['exp(-(x-m))/(1+exp(-(x-m)))^2', 'x in R', 'm: m >= 0', 'implicit'],
  ['t^x*exp(-t)/(x!*(1-exp(-t)))', 'x in {1..}', 't: t >= 1', 'implicit'],
  ['o^x/(1+o)', 'x in {0,1}', 'o: 0 <= o <= 1', `interior: min(${S}/(n-${S}), 1)`],
  ['(1-q)*q^x', 'x in {0..}', 'q: 0 <= q <= 1/2', `interior: min(${S}/(n+${S}), 1/2)`],
]

/** Probabilities written as a table, and atoms. */
const count = (...v: readonly number[]): string => v.map(k => sum(`indicator(x[i] = ${k})`)).join(' + ')
const tables: readonly Row[] = [
  ['x == 0 ? 2*t/3 : x == 1 ? t/3 : x == 2 ? 2*(1-t)/3 : (1-t)/3', 'x in {0, 1, 2, 3}', 't: 0 <= t <= 1', `interior: (${count(0, 1)})/n`],
  ['x == 1 ? t^2 : x == 2 ? 2*t*(1-t) : (1-t)^2', 'x in {1, 2, 3}', 't: 0 <= t <= 1', `interior: (2*(${count(1)}) + ${count(2)})/(2*n)`],
  ['x == 1 ? (2+t)/4 : x == 2 ? (1-t)/4 : x == 3 ? (1-t)/4 : t/4', 'x in {1, 2, 3, 4}', 't: 0 < t < 1', U],
  ['x == 0 ? 1-t : t/2', 'x in {-1, 0, 1}', 't: 0 <= t <= 1', `interior: 1-(${count(0)})/n`],
  ['x == 0 ? 1-2*t : t', 'x in {0, 1, 2}', 't: 0 <= t <= 1/2', `interior: (n-(${count(0)}))/(2*n)`],
  ['x == 0 ? t : x == 1 ? t : 1-2*t', 'x in {0, 1, 2}', 't: 0 < t < 1/2', `interior: (${count(0, 1)})/(2*n)`],
  ['x == 1 ? t : x == 2 ? 2*t : 1-3*t', 'x in {1, 2, 3}', 't: 0 <= t <= 1/3', `interior: (${count(1, 2)})/(3*n)`],
  ['x == 0 ? t/2 : x == 1 ? 1/2 : (1-t)/2', 'x in {0, 1, 2}', 't: 0 <= t <= 1', 'interior'],
  ['x == 0 ? 1-t : t*2^(-x)', 'x in {0..}', 't: 0 < t < 1', `interior: 1-(${count(0)})/n`],
  ['x == 0 ? w : (1-w)*exp(-2)*2^x/(x!*(1-exp(-2)))', 'x in {0..}', 'w: 0 <= w <= 1', `interior: (${count(0)})/n`],
  ['x == 1 ? 1/3 : x == 2 ? (1+t)/3 : (1-t)/3', 'x in {1, 2, 3}', 't: -1 <= t <= 1', 'interior'],
  ['x < 0 ? t*exp(x) : (1-t)*exp(-x)', 'x in R', 't: 0 <= t <= 1', 'interior'],
  ['x <= 1 ? t : 1-t', '0 <= x <= 2', 't: 0 <= t <= 1', 'interior'],
  ['x < c ? t/c : (1-t)/(1-c)', '0 < x < 1', 't: 0 < t < 1', 'interior', { known: { c: '0 < c < 1' } }],
  ['x == -1 ? t : x == 0 ? 1-2*t : t', 'x in {-1, 0, 1}', 't: 0 < t < 1/2', 'interior'],
  ['x == 0 ? exp(-t) : 1-exp(-t)', 'x in {0, 1}', 't: t > 0', 'interior'],
  ['x == 1 ? (1-t)^2/2 : x == 2 ? (1-t)^2/2 + t*(1-t) : x == 3 ? t*(1-t) : t^2', 'x in {1,2,3,4}', 't: 0 < t < 1', U],
]

export const parametrised: Readonly<Record<string, readonly Row[]>> = {
  'skewed parametrisations': skewed, 'toolbox families': toolbox, 'polynomials and substitutions': polynomials, 'mixtures of known parts': mixtures,
  'equations without closed form': implicits, 'restricted spaces': restricted, 'probabilities as a table': tables,
}
