/**
 * One-parameter problems whose answer falls into cases: tables of probabilities, counts, integers, kinks, moving ends, cut
 * spaces, ties. Each with samples, generic and degenerate, and answers worked out by hand; a sample without an answer is
 * held against brute force only. Problems marked `open` may stay undecided, and what they answer otherwise must be right.
 */
// biome-ignore-all format: a table, one problem a line
import { any, between, den, edge, lik, max, none, type Posed, tie, x } from './posed.ts'

const N = '/sqrt(2*pi)'
const D = { a: 'a in {0..}', b: 'b in {0..}', c: 'c in {0..}' }
const n3 = { n1: 'n1 in {0..}', n2: 'n2 in {0..}', n3: 'n3 in {0..}' }
const set = between

export const posed: readonly Posed[] = [

  // A direct
  { title: 'HW powers', model: lik('p^(2*n1+n2)*(1-p)^(n2+2*n3)', n3, 'p', '0 <= p <= 1'), samples: [max({ n1: 1, n2: 2, n3: 1 }, 0.5), edge({ n1: 0, n2: 0, n3: 4 }, 0), edge({ n1: 3, n2: 0, n3: 0 }, 1), between({ n1: 0, n2: 0, n3: 0 }, 0, 1), max({n1:0,n2:3,n3:0},0.5)] },
  { title: 'HW classes', model: lik('(p^2)^n1*(2*p*(1-p))^n2*((1-p)^2)^n3', n3, 'p', '0 <= p <= 1'), samples: [max({ n1: 1, n2: 2, n3: 3 }, 4 / 12), edge({ n1: 0, n2: 0, n3: 4 }, 0), edge({ n1: 3, n2: 0, n3: 0 }, 1)] },
  { title: 'HW classes open', model: lik('(p^2)^n1*(2*p*(1-p))^n2*((1-p)^2)^n3', n3, 'p', '0 < p < 1'), samples: [max({ n1: 1, n2: 2, n3: 3 }, 4 / 12), none({ n1: 0, n2: 0, n3: 4 }, 0), none({ n1: 3, n2: 0, n3: 0 }, 1)] },
  { title: 'theta 1-2theta theta', model: lik('t^a*(1-2*t)^b*t^c', D, 't', '0 <= t <= 1/2'), samples: [max({ a: 1, b: 2, c: 1 }, 0.25), edge({ a: 0, b: 3, c: 0 }, 0), edge({ a: 2, b: 0, c: 1 }, 0.5)] },
  { title: 'theta 2theta 1-3theta', model: lik('t^a*(2*t)^b*(1-3*t)^c', D, 't', '0 <= t <= 1/3'), samples: [max({ a: 1, b: 2, c: 3 }, 3 / 18), edge({ a: 0, b: 0, c: 2 }, 0), edge({ a: 1, b: 1, c: 0 }, 1 / 3)] },
  { title: 'thirds', model: lik('(s/3)^a*(1-s)^b*(2*s/3)^c', D, 's', '0 < s < 1'), samples: [max({ a: 1, b: 2, c: 1 }, 0.5), none({ a: 0, b: 3, c: 0 }, 0), none({ a: 2, b: 0, c: 1 }, 1)] },
  { title: 'group testing', model: lik('(1-(1-p)^5)^a*(1-p)^(5*b)', { a: 'a in {0..}', b: 'b in {0..}' }, 'p', '0 <= p <= 1'), samples: [max({ a: 2, b: 6 }, 1 - (6 / 8) ** 0.2), edge({ a: 0, b: 3 }, 0), edge({ a: 3, b: 0 }, 1)] },
  { title: 'presence absence', model: lik('(1-exp(-l))^a*exp(-l*b)', { a: 'a in {0..}', b: 'b in {0..}' }, 'l', 'l > 0'), samples: [max({ a: 2, b: 6 }, Math.log(8 / 6)), none({ a: 0, b: 3 }, 0), none({ a: 3, b: 0 }, 'inf')] },
  { title: 'totals of a Poisson', model: lik('exp(-m*u)*u^s', { m: 'm in {1..}', s: 's in {0..}' }, 'u', 'u >= 0'), samples: [max({ m: 4, s: 6 }, 1.5), edge({ m: 4, s: 0 }, 0)] },
  { title: 'indicator in a likelihood', model: lik('indicator(w >= m)/w^3', { m: 'm > 0' }, 'w', 'w > 0'), samples: [max({ m: 2.5 }, 2.5)] },
  { title: 'falling polynomial', model: lik('(1-t)^3*(1+2*t)', {}, 't', '0 <= t <= 1'), samples: [edge({}, 0)] },
  { title: 'polynomial cut', model: lik('t^2*(1-t)', {}, 't', '0 <= t <= 1/2'), samples: [edge({}, 0.5)] },
  { title: 'bell', model: lik('exp(-(t-3)^2)', {}, 't', 't in R'), samples: [max({}, 3)] },
  { title: 'rational', model: lik('2*t/(1+t^2)', {}, 't', 't > 0'), samples: [max({}, 1)] },
  { title: 'two humps', model: lik('t^2*exp(-t^2)', {}, 't', 't in R'), samples: [tie({}, -1, 1)] },
  { title: 'abs hump', model: lik('abs(t)*exp(-t^2)', {}, 't', 't in R'), samples: [tie({}, -Math.SQRT1_2, Math.SQRT1_2)] },
  { title: 'growing', model: lik('t/(1+t)', {}, 't', 't > 0'), samples: [none({}, 'inf')] },
  { title: 'two samples of heads', model: lik('t^a*(1-t)^b*(t^2)^c', D, 't', '0 <= t <= 1'), samples: [max({ a: 1, b: 2, c: 3 }, 7 / 9), edge({ a: 0, b: 1, c: 0 }, 0), edge({ a: 0, b: 0, c: 2 }, 1)] },
  { title: 'recessive', model: lik('(1-q^2)^a*(q^2)^b', { a: 'a in {0..}', b: 'b in {0..}' }, 'q', '0 <= q <= 1'), samples: [max({ a: 3, b: 1 }, 0.5), edge({ a: 2, b: 0 }, 0), edge({ a: 0, b: 2 }, 1)] },
  { title: 'multinomial with a quarter', model: lik('(1/4+t)^a*(1/4-t)^b*(1/2)^c', D, 't', '-1/4 <= t <= 1/4'), samples: [max({ a: 3, b: 1, c: 5 }, 0.125), edge({ a: 2, b: 0, c: 0 }, 0.25), edge({ a: 0, b: 2, c: 1 }, -0.25), between({a:0,b:0,c:2},-0.25,0.25)] },

  // B branches
  { title: 'branches t 2t 1-3t', model: den('x == 1 ? t : x == 2 ? 2*t : 1-3*t', 'x in {1, 2, 3}', 't', '0 <= t <= 1/3'), samples: [max(x(1, 2, 3, 3), 2 / 12), edge(x(3, 3), 0), edge(x(1, 2), 1 / 3), edge(x(1), 1 / 3)] },
  { title: 'branches thirds', model: den('x == 0 ? 2*t/3 : x == 1 ? t/3 : x == 2 ? 2*(1-t)/3 : (1-t)/3', 'x in {0..3}', 't', '0 <= t <= 1'), samples: [max(x(3, 0, 2, 1, 3, 2, 1, 0, 2, 1), 0.5), edge(x(3, 2), 0), edge(x(1, 0), 1)] },
  { title: 'branches halves open', model: den('x == 0 ? t/2 : x == 1 ? t/2 : x == 2 ? (1-t)/2 : (1-t)/2', 'x in {0..3}', 't', '0 < t < 1'), samples: [max(x(3, 0, 2, 1), 0.5), none(x(3, 2), 0), none(x(1, 0), 1)] },
  { title: 'branches HW', model: den('x == 0 ? (1-p)^2 : x == 1 ? 2*p*(1-p) : p^2', 'x in {0, 1, 2}', 'p', '0 <= p <= 1'), samples: [max(x(0, 1, 2, 2), 5 / 8), edge(x(0, 0), 0), edge(x(2), 1)] },
  { title: 'branches quarter', model: den('x == 1 ? 1/4+t : x == 2 ? 1/4-t : 1/4', 'x in {1, 2, 3, 4}', 't', '-1/4 <= t <= 1/4'), samples: [max(x(1, 1, 1, 2, 4), 0.125), edge(x(1, 3), 0.25), edge(x(2, 2), -0.25), between(x(3, 4), -0.25, 0.25)] },
  { title: 'branches t t^2', model: den('x == 1 ? t : x == 2 ? t^2 : 1-t-t^2', 'x in {1, 2, 3}', 't', '0 <= t <= 1/2'), samples: [max(x(1, 2, 3, 3)), edge(x(3, 3), 0), edge(x(1, 2), 0.5)] },
  { title: 'branches five', model: den('x == 5 ? 1-4*t : t', 'x in {1..5}', 't', '0 <= t <= 1/4'), samples: [max(x(1, 2, 5, 5), 1 / 8), edge(x(5), 0), edge(x(4, 1), 1 / 4)] },
  { title: 'branches with a constant', model: den('x == 0 ? 1/3 : x == 1 ? (1+t)/3 : (1-t)/3', 'x in {0, 1, 2}', 't', '-1 <= t <= 1'), samples: [max(x(0, 1, 1, 2), 1 / 3), edge(x(1), 1), edge(x(2, 2), -1), between(x(0, 0), -1, 1)] },
  { title: 'branches quarter two', model: den('x <= 2 ? t/4 : (2-t)/4', 'x in {1, 2, 3, 4}', 't', '0 <= t <= 2'), samples: [max(x(1, 2, 3, 3), 1), edge(x(4, 3), 0), edge(x(1), 2)] },
  { title: 'branches geometric cut', model: den('x == 0 ? t : x == 1 ? t*(1-t) : (1-t)^2', 'x in {0, 1, 2}', 't', '0 <= t <= 1'), samples: [max(x(0, 1, 2), 2 / 5), edge(x(2, 2), 0), edge(x(0, 0), 1)] },
  { title: 'branches both sides', model: den('x == 0 ? 1-2*t : t', 'x in {-1, 0, 1}', 't', '0 < t < 1/2'), samples: [max(x(0, 1, -1, 0), 0.25), none(x(0), 0), none(x(1, -1), 0.5)] },
  { title: 'branches a known constant', model: den('x == 0 ? c : x == 1 ? t : 1-c-t', 'x in {0, 1, 2}', 't', '0 <= t <= 1-c', { known: { c: '0 < c < 1' } }), samples: [max({ ...x(0, 1, 2, 2), known: { c: 0.4 } }, 0.2), edge({ ...x(0, 1), known: { c: 0.4 } }, 0.6), edge({ ...x(0, 2), known: { c: 0.4 } }, 0)] },
  { title: 'branches three one row', model: den('x == 1 ? t : x == 2 ? 2*t : 1-3*t', 'x in {1, 2, 3}', 't', '0 <= t <= 1/3', { size: '1' }), samples: [edge(x(3), 0), edge(x(2), 1 / 3)] },

  // C
  { title: '(1+tx)/2 closed', model: den('(1+t*x)/2', 'x in {-1, 1}', 't', '-1 <= t <= 1'), samples: [max(x(1, 1, -1, 1), 0.5), edge(x(1), 1), edge(x(-1, -1), -1)] },
  { title: '(1+tx)/2 open', model: den('(1+t*x)/2', 'x in {-1, 1}', 't', '-1 < t < 1'), samples: [max(x(1, 1, -1, 1), 0.5), none(x(1), 1), none(x(-1, -1), -1)] },
  { title: '(1+t(2x-1))/2', model: den('(1+t*(2*x-1))/2', 'x in {0, 1}', 't', '-1 <= t <= 1'), samples: [max(x(1, 1, 0, 1), 0.5), edge(x(1), 1), edge(x(0, 0), -1)] },
  { title: '1/2 + e x', model: den('1/2+e1*x', 'x in {-1, 1}', 'e1', '0 <= e1 <= 1/2'), samples: [max(x(1, 1, -1, 1), 0.25), edge(x(1), 0.5), edge(x(-1, -1), 0)] },
  { title: 'p(x) = (2 + t x)/6', model: den('(2+t*x)/6', 'x in {-1, 0, 1}', 't', '-2 <= t <= 2'), samples: [max(x(1, 1, 0, -1), 2 / 3), edge(x(0, 1), 2), between(x(0, 0), -2, 2)] },

  // D
  { title: 'binomial symbolic', model: den('choose(N, x)*p^x*(1-p)^(N-x)', 'x in {0..N}', 'p', '0 <= p <= 1', { known: { N: 'N in {1..}' } }), samples: [max({ ...x(1, 2), known: { N: 5 } }, 0.3), edge({ ...x(5), known: { N: 5 } }, 1), edge({ ...x(0, 0), known: { N: 5 } }, 0)] },
  { title: 'binomial symbolic odds', model: den('choose(N, x)*w^x*(1+w)^(-N)', 'x in {0..N}', 'w', 'w > 0', { known: { N: 'N in {1..}' } }), samples: [max({ ...x(1, 2), known: { N: 5 } }, 3 / 7), none({ ...x(5), known: { N: 5 } }, 'inf'), none({ ...x(0), known: { N: 5 } }, 0)] },
  { title: 'binomial symbolic half', model: den('choose(N, x)*p^x*(1-p)^(N-x)', 'x in {0..N}', 'p', '0 <= p <= 1/2', { known: { N: 'N in {1..}' } }), samples: [max({ ...x(1, 2), known: { N: 5 } }, 0.3), max({ ...x(5), known: { N: 5 } }, 0.5), edge({ ...x(0), known: { N: 5 } }, 0)] },
  { title: 'binomial square root', model: den('choose(m, x)*(q^2)^x*(1-q^2)^(m-x)', 'x in {0..m}', 'q', '0 < q < 1', { known: { m: 'm in {1..}' } }), samples: [max({ ...x(1, 0), known: { m: 2 } }, 0.5), none({ ...x(2), known: { m: 2 } }, 1)] },
  { title: 'N x^(N-1) integer', model: den('N*x^(N-1)', '0 < x < 1', 'N', 'N in {1..}'), samples: [max(x(0.7, 0.8)), edge(x(0.1, 0.2), 1), any(x(0.5))] },
  { title: 'N x^(N-1) real', model: den('N*x^(N-1)', '0 < x < 1', 'N', 'N > 0'), samples: [max(x(0.5, 0.5), 1 / Math.log(2)), max(x(0.1), 1 / Math.log(10))] },
  { title: 'power integer on 0..c', model: den('k*x^(k-1)/c^k', '0 < x < c', 'k', 'k in {1..}', { known: { c: 'c > 0' } }), samples: [any({ ...x(1.7, 1.8), known: { c: 2 } }), edge({ ...x(0.1), known: { c: 2 } }, 1)] },

  // E integers
  { title: 'geometric 1/k', model: den('(1/k)*(1-1/k)^(x-1)', 'x in {1..}', 'k', 'k in {1..}'), samples: [any(x(3, 4)), edge(x(1, 1), 1), any(x(2))] },
  { title: 'exponential integer mean', model: den('exp(-x/k)/k', 'x > 0', 'k', 'k in {1..}'), samples: [any(x(3.2, 4)), edge(x(0.2), 1), any(x(1.5))] },
  { title: 'discrete uniform -N..N', model: den('1/(2*N+1)', 'x in {-N..N}', 'N', 'N in {0..}'), samples: [max(x(-3, 1), 3), edge(x(0), 0)] },
  { title: 'discrete uniform 0..N', model: den('1/(N+1)', 'x in {0..N}', 'N', 'N in {0..}'), samples: [max(x(3, 1), 3), edge(x(0), 0)] },
  { title: 'discrete uniform N+1..N+5', model: den('1/5', 'x in {N+1..N+5}', 'N', 'N in {..}'), samples: [any(x(3, 5)), max(x(1, 5), 0)] },
  { title: 'discrete uniform N..2N-1', model: den('1/N', 'x in {N..2*N-1}', 'N', 'N in {1..}'), samples: [max(x(5, 8), 5), max(x(1), 1), max(x(4,4),3)] },
  { title: 'integer theta continuous uniform', model: den('1/k', '0 <= x <= k', 'k', 'k in {1..}'), samples: [max(x(2.3, 0.4), 3), edge(x(0.3), 1), max(x(2), 2)] },
  { title: 'binomial N sample', model: den('choose(N, x)*p^x*(1-p)^(N-x)', 'x in {0..N}', 'N', 'N in {1..}', { known: { p: '0 < p < 1' } }), samples: [any({ ...x(3, 4), known: { p: 0.5 } }), any({ ...x(0, 0), known: { p: 0.5 } })] },
  { title: 'Poisson rate k c', model: den('(k*c)^x*exp(-k*c)/x!', 'x in {0..}', 'k', 'k in {0..}', { known: { c: 'c > 0' } }), samples: [any({ ...x(3, 4), known: { c: 2 } }), edge({ ...x(0, 0), known: { c: 2 } }, 0)] },
  { title: 'gamma integer shape', model: den('r^k*x^(k-1)*exp(-r*x)/gamma(k)', 'x > 0', 'k', 'k in {1..}', { known: { r: 'r > 0' } }), samples: [any({ ...x(3, 4), known: { r: 1 } }), edge({ ...x(0.1), known: { r: 1 } }, 1)] },
  { title: 'recapture, other letters', model: { size: '1', density: 'choose(M, k)*choose(T-M, s-k)/choose(T, s)', support: 'k in {0..s}', observation: 'k', parameters: { T: 'T in {max(M, s)..}' }, known: { M: 'M in {1..}', s: 's in {1..}' } }, samples: [max({ k: [4], known: { M: 10, s: 9 } }, 22), tie({ k: [3], known: { M: 10, s: 9 } }, 29, 30), none({ k: [0], known: { M: 4, s: 3 } }, 'inf')] },
  { title: 'marked fish K unknown', model: { size: '1', density: 'choose(K, x)*choose(T-K, s-x)/choose(T, s)', support: 'x in {max(0, s-(T-K))..min(s, K)}', parameters: { K: 'K in {0..T}' }, known: { T: 'T in {1..}', s: 's in {1..T}' } }, samples: [any({ ...x(2), known: { T: 20, s: 5 } }), any({ ...x(0), known: { T: 20, s: 5 } })] },
  { title: 'trials of a fair coin, two rounds', model: den('choose(N, x)/2^N', 'x in {0..N}', 'N', 'N in {1..}', { size: '2' }), samples: [any(x(3, 4)), any(x(0, 0))] },
  { title: 'integer mean bounded', model: den(`exp(-(x-m)^2/2)${N}`, 'x in R', 'm', 'm in {0..3}'), samples: [max(x(1.3, 1.5), 1), edge(x(-2), 0), edge(x(9), 3), tie(x(1.5), 1, 2)] },

  // F kinks
  { title: 'weighted median', model: { density: 'w*exp(-w*abs(y-m))/2', observation: 'y', support: 'y in R', covariates: { w: 'w > 0' }, parameters: { m: 'm in R' } }, samples: [max({ y: [1, 2, 7], w: [1, 1, 5] }, 7), max({ y: [1, 2, 7], w: [1, 1, 1] }, 2), between({ y: [1, 2, 7], w: [1, 1, 2] }, 2, 7)] },
  { title: 'laplace rate 2', model: den('exp(-2*abs(x-m))', 'x in R', 'm', 'm in R'), samples: [max(x(1, 4, 2), 2), between(x(1, 4), 1, 4)] },
  { title: 'laplace slope', model: { density: 'exp(-abs(y-b*u))/2', observation: 'y', support: 'y in R', covariates: { u: 'u > 0' }, parameters: { b: 'b in R' } }, samples: [max({ y: [1, 2, 9], u: [1, 1, 3] }, 3), max({ y: [2], u: [4] }, 0.5)] },
  { title: 'laplace in a box', model: den('exp(-abs(x-m))/2', 'x in R', 'm', '0 <= m <= 1'), samples: [max(x(0.5, 4, -2), 0.5), edge(x(3, 4), 1), edge(x(-1), 0), between(x(-1, 4), 0, 1), between(x(0.5, 4), 0.5, 1)] },
  { title: 'laplace in an open box', model: den('exp(-abs(x-m))/2', 'x in R', 'm', '0 < m < 1'), samples: [max(x(0.5, 4, -2), 0.5), none(x(3, 4), 1), none(x(-1), 0), any(x(-1, 4)), any(x(0.5, 4))] },
  { title: 'laplace exp centre', model: den('exp(-abs(x-exp(t)))/2', 'x in R', 't', 't in R'), samples: [max(x(1, 4, 2), Math.log(2)), any(x(-1, -2)), any(x(-1, 4, 2))] },
  { title: 'laplace shifted centre', model: den('exp(-abs(x-m-1)/3)/6', 'x in R', 'm', 'm in R'), samples: [max(x(1, 4, 2), 1), between(x(1, 4), 0, 3)] },
  { title: 'asymmetric laplace numbers', model: den('x < m ? exp(3*(x-m))*3/4 : 3/4*exp(-(x-m))', 'x in R', 'm', 'm in R'), samples: [any(x(1, 2, 3, 4, 5)), max(x(1, 2, 3), 1), between(x(1, 2, 3, 4), 1, 2), max(x(8), 8)] },

  // G
  { title: 'abs scale', model: den('exp(-abs(x)/abs(t))/(2*abs(t))', 'x in R', 't', 't < 0'), samples: [max(x(1, -3), -2)] },
  { title: 'abs sigma all R', model: den('exp(-x^2/(2*s^2))/(abs(s)*sqrt(2*pi))', 'x in R', 's', 's in R'), samples: [tie(x(1, -1), -1, 1), none(x(0, 0))] },
  { title: 'abs rate', model: den('abs(t)*exp(-abs(t)*x)', 'x > 0', 't', 't in R'), samples: [tie(x(1, 3), -0.5, 0.5)] },
  { title: 'abs x scale 1/theta', model: den('exp(-abs(x/t))/(2*abs(t))', 'x in R', 't', 't in R'), samples: [tie(x(1, -3), -2, 2)] },

  // H
  { title: 'triangular location', model: den('1-abs(x-t)', 't-1 <= x <= t+1', 't', 't in R'), samples: [max(x(2), 2), any(x(1, 1.4)), any(x(1, 1.2, 1.9))] },
  { title: 'raised cosine location', model: den('(1+cos(pi*(x-t)))/2', 't-1 <= x <= t+1', 't', 't in R'), samples: [max(x(2), 2), any(x(1, 1.4)), any(x(1, 1.2, 1.9))] },
  { title: 'parabola location', model: den('3/4*(1-(x-t)^2)', 't-1 <= x <= t+1', 't', 't in R'), samples: [max(x(2), 2), max(x(1, 1.4), 1.2), any(x(1, 1.2, 1.9))] },
  { title: 'triangular one', model: den('1-abs(x-t)', 't-1 <= x <= t+1', 't', 't in R', { size: '1' }), samples: [max(x(2), 2)] },
  { title: 'cosine one', model: den('cos(x-t)/2', 't-pi/2 <= x <= t+pi/2', 't', 't in R', { size: '1' }), samples: [max(x(2), 2)] },

  // I finite
  { title: 'finite poisson three', model: den('m^x*exp(-m)/x!', 'x in {0..}', 'm', 'm in {1, 2, 4}'), samples: [max(x(0, 1), 1), max(x(2, 2), 2), max(x(5), 4)] },
  { title: 'finite uniforms tie', model: den('1/t', '0 < x < t', 't', 't in {1, 2, 3}'), samples: [max(x(0.5), 1), max(x(1), 2), max(x(2.5, 0.1), 3)] },
  { title: 'finite signs', model: den('(1+t*x)/2', 'x in {-1, 1}', 't', 't in {-1/2, 0, 1/2}'), samples: [any(x(1, -1)), max(x(1), 0.5), max(x(-1, -1), -0.5)] },
  { title: 'finite normal sym', model: den(`exp(-(x-m)^2/2)${N}`, 'x in R', 'm', 'm in {-1, 0, 1}'), samples: [max(x(0.2), 0), tie(x(0.5), 0, 1), tie(x(-0.5, -0.5), -1, 0), max(x(3), 1)] },
  { title: 'finite exp/normal', model: den('t == 0 ? exp(-x) : 2*exp(-2*x)', 'x > 0', 't', 't in {0, 1}'), samples: [max(x(2), 0), max(x(0.1), 1)] },
  { title: 'finite laplace', model: den('exp(-abs(x-m))/2', 'x in R', 'm', 'm in {0, 2}'), samples: [max(x(0.5), 0), max(x(3), 2), tie(x(1), 0, 2), tie(x(1.5, 0.5), 0, 2)] },
  { title: 'finite integers range', model: den('p^x*(1-p)^(1-x)', 'x in {0, 1}', 'p', 'p in {0, 1/2, 1}'), samples: [max(x(0, 0), 0), max(x(1), 1), max(x(0, 1), 0.5)] },

  // J moving
  { title: 'theta to 2theta', model: den('1/t', 't <= x <= 2*t', 't', 't > 0'), samples: [max(x(1.5, 2), 1), max(x(3), 1.5)] },
  { title: 'theta to 2theta open', model: den('1/t', 't < x < 2*t', 't', 't > 0'), samples: [none(x(1.5, 2), 1)] },
  { title: 'theta^2', model: den('1/t^2', '0 < x <= t^2', 't', 't > 0'), samples: [max(x(1, 4), 2)] },
  { title: 'theta^2 real', model: den('1/t^2', '0 < x <= t^2', 't', 't in R'), samples: [tie(x(1, 4), -2, 2)] },
  { title: 'c plus minus h', model: den('1/(2*h)', 'c-h <= x <= c+h', 'h', 'h > 0', { known: { c: 'c in R' } }), samples: [max({ ...x(1, 4), known: { c: 2 } }, 2), none({ ...x(2, 2), known: { c: 2 } }, 0)] },
  { title: 'half windows', model: den('1', 't-1/2 <= x <= t+1/2', 't', 't in R'), samples: [between(x(1, 1.5), 1, 1.5), max(x(1, 2), 1.5), between(x(3), 2.5, 3.5)] },
  { title: 'half windows open', model: den('1', 't-1/2 < x < t+1/2', 't', 't in R'), samples: [between(x(1, 1.5), 1, 1.5)] },
  { title: 'half window half open', model: den('1', 't-1/2 <= x < t+1/2', 't', 't in R'), samples: [between(x(1, 1.5), 1, 1.5)] },
  { title: 'vanish at end', model: den('3*(t-x)^2/t^3', '0 <= x <= t', 't', 't > 0'), samples: [max(x(2), 6), any(x(1, 2)), none(x(0, 0), 0)] },
  { title: 'vanish at lower end', model: den('2*(x-a)', 'a <= x <= a+1', 'a', 'a in R'), samples: [max(x(2, 2.5), 1.5)] },
  { title: 'explode at end', model: den('1/(2*sqrt(t*(t-x)))', '0 <= x < t', 't', 't > 0'), samples: [none(x(1, 2), 2)] },
  { title: 'explode at closed end', model: den('1/(2*sqrt(x-a))', 'a < x <= a+1', 'a', 'a in R'), samples: [none(x(1, 1.5), 1)] },
  { title: 'arcsine', model: den('1/(pi*sqrt(t^2-x^2))', '-t < x < t', 't', 't > 0'), samples: [none(x(1, -2), 2)] },
  { title: 'semicircle', model: den('2*sqrt(r^2-x^2)/(pi*r^2)', '-r <= x <= r', 'r', 'r > 0'), samples: [max(x(1), Math.SQRT2), any(x(1, -2))] },
  { title: 'exp shifted below zero', model: den('exp(-(x-t))', 'x >= t', 't', '-1 <= t <= 1'), samples: [max(x(0.5, 2), 0.5), max(x(2, 3), 1)] },
  { title: 'uniform bounded', model: den('1/t', '0 <= x <= t', 't', '1 <= t <= 4'), samples: [max(x(0.5, 2), 2), max(x(0.2), 1), max(x(4), 4)] },
  { title: 'pareto bounded open', model: den('2*t^2/x^3', 'x >= t', 't', '1 < t < 3'), samples: [max(x(2, 5), 2), none(x(4, 5), 3)] },
  { title: 'max power on (theta, theta+1)', model: den('(k+1)*(x-t)^k', 't <= x <= t+1', 't', 't in R', { known: { k: 'k > 0' } }), samples: [max({ ...x(2, 2.5), known: { k: 2 } }, 1.5)] },
  { title: 'reverse exponential', model: den('exp(-(t-x))', 'x < t', 't', 't in R'), samples: [none(x(1, 3), 3)] },
  { title: 'uniform inverse', model: den('t', '0 <= x <= 1/t', 't', 't > 0'), samples: [max(x(0.5, 0.2), 2), none(x(0, 0), 'inf')] },
  { title: 'rayleigh truncated moving', model: den('2*x/(b^2-1)', '1 <= x <= b', 'b', 'b > 1'), samples: [max(x(2, 3), 3), none(x(1, 1), 1)] },
  { title: 'linear falling from t', model: den('2*(1-x)/(1-t)^2', 't <= x <= 1', 't', '0 <= t < 1'), samples: [max(x(0.5, 0.2), 0.2), edge(x(0, 0.5), 0)] },
  { title: 'uniform on (-t, 3t)', model: den('1/(4*t)', '-t <= x <= 3*t', 't', 't > 0'), samples: [max(x(1, 3), 1), max(x(-2, 3), 2), none(x(0), 0)] },
  { title: 'uniform on (t, t^2)', model: den('1/(t^2-t)', 't <= x <= t^2', 't', 't > 1'), samples: [max(x(2, 3), Math.sqrt(3))] },
  { title: 'uniform to a known multiple', model: den('1/((k-1)*t)', 't <= x <= k*t', 't', 't > 0', { known: { k: 'k > 1' } }), samples: [max({ ...x(2, 3), known: { k: 2 } }, 1.5)] },
  { title: 'truncated exponential at theta', model: den('exp(-x)/(1-exp(-t))', '0 < x < t', 't', 't > 0'), samples: [none(x(1, 2), 2)] },
  { title: 'beta like', model: den('6*x*(t-x)/t^3', '0 < x < t', 't', 't > 0'), samples: [max(x(1), 1.5), any(x(1, 2))] },

  // K L
  { title: 'geometric clipped', model: den('p*(1-p)^x', 'x in {0..}', 'p', '1/5 <= p <= 1/2'), samples: [any(x(1, 2)), max(x(0, 0), 0.5), max(x(10, 20), 0.2)] },
  { title: 'known bounds', model: den(`exp(-(x-m)^2/2)${N}`, 'x in R', 'm', 'a <= m <= b', { known: { a: 'a in R', b: 'b > a' } }), samples: [max({ ...x(1, 2), known: { a: 0, b: 3 } }, 1.5), max({ ...x(9), known: { a: 0, b: 3 } }, 3)] },
  { title: 'known bounds half open', model: den('l*exp(-l*x)', 'x > 0', 'l', 'a < l <= b', { known: { a: 'a > 0', b: 'b > a' } }), samples: [max({ ...x(1, 1), known: { a: 0.5, b: 3 } }, 1), max({ ...x(0.1), known: { a: 0.5, b: 3 } }, 3), none({ ...x(10), known: { a: 0.5, b: 3 } }, 0.5)] },
  { title: 'mixture with flat sample', model: den('(1-t)+2*t*x', '0 < x < 1', 't', '0 <= t <= 1'), samples: [edge(x(0.2, 0.3), 0), edge(x(0.8), 1), any(x(0.2, 0.9)), between(x(0.5), 0, 1)] },
  { title: 'unbounded at a point', model: den('0.5*exp(-x^2/2)/sqrt(2*pi)+0.5*exp(-x^2/(2*s^2))/(s*sqrt(2*pi))', 'x in R', 's', 's > 0'), samples: [any(x(1, 2)), any(x(0, 2))] },
  // M
  { title: 'jump at a break', model: den('x <= t ? 1/(2*t) : 1/(2*(1-t))', '0 < x < 1', 't', '0 < t < 1'), samples: [max(x(0.3), 0.3), none(x(0.7), 0.7), any(x(0.2, 0.6)), any(x(0.1, 0.2, 0.7))] },
  { title: 'step density', model: den('x < c ? t/c : (1-t)/(1-c)', '0 < x < 1', 't', '0 <= t <= 1', { known: { c: '0 < c < 1' } }), samples: [max({ ...x(0.1, 0.9), known: { c: 0.5 } }, 0.5), edge({ ...x(0.9), known: { c: 0.5 } }, 0)] },
  { title: 'change of rate', model: den('x < t ? exp(-x) : 2*exp(t)*exp(-2*x)', 'x > 0', 't', 't > 0'), samples: [any(x(1)), any(x(0.5, 2))] },
  { title: 'tent with a free top', model: den('x < t ? x/(2*t) : (4-x)/(2*(4-t))', '0 < x < 4', 't', '0 < t < 4'), samples: [max(x(1), 1), any(x(1, 3)), any(x(1, 2, 2.5))] },


  // pmfs
  { title: 'P(X=0..3) theta tables', model: den('x == 0 ? (1-t)/2 : x == 1 ? t/4 : x == 2 ? t/4 : 1/2', 'x in {0, 1, 2, 3}', 't', '0 <= t <= 1'), samples: [max(x(0, 1, 2, 3), 2 / 3), edge(x(0, 3), 0), edge(x(1), 1), between(x(3, 3), 0, 1)] },
  { title: 'pmf with theta^2', model: den('x == 1 ? t^2 : x == 2 ? 2*t*(1-t) : (1-t)^2', 'x in {1, 2, 3}', 't', '0 < t < 1'), samples: [max(x(1, 2, 1), 5 / 6), none(x(1, 1), 1), none(x(3), 0)] },
  { title: 'pmf latex cases', model: den('\\begin{cases}\\frac{2\\theta}{3}&x=0\\\\\\frac{\\theta}{3}&x=1\\\\\\frac{2(1-\\theta)}{3}&x=2\\\\\\frac{1-\\theta}{3}&x=3\\end{cases}', 'x in {0, 1, 2, 3}', 'theta', '0 <= theta <= 1'), samples: [max(x(3, 0, 2, 1, 3, 2, 1, 0, 2, 1), 0.5)] },
  { title: 'mixture pmf', model: den('x == 0 ? 1/2+t/4 : x == 3 ? t/4 : (1-t)/4', 'x in {0, 1, 2, 3}', 't', '0 <= t <= 1'), samples: [max({ x: [0, 0, 1, 2, 3] }), edge(x(1, 2), 0), edge(x(0), 1)] },
  { title: 'pmf truncated geometric', model: den('x < 3 ? t*(1-t)^x : (1-t)^3', 'x in {0, 1, 2, 3}', 't', '0 < t < 1'), samples: [max(x(0, 1, 3), 2 / 6), none(x(0, 0), 1), none(x(3), 0)] },
  { title: 'two dice faces', model: den('x <= 2 ? 1/6-e1 : 1/6+e1/2', 'x in {1..6}', 'e1', '-1/3 <= e1 <= 1/6'), samples: [any(x(1, 3, 5, 6)), edge(x(1, 2), -1 / 3), edge(x(4, 5), 1 / 6)] },
  { title: 'pmf linear in x', model: den('(1-t)/5 + t*x/15', 'x in {1..5}', 't', '0 <= t <= 1'), samples: [any(x(1, 3, 5)), edge(x(1, 1), 0), edge(x(5), 1), between(x(3), 0, 1)] },
  { title: 'pmf proportional to theta^x on three', model: den('t^x/(1+t+t^2)', 'x in {0, 1, 2}', 't', 't > 0'), samples: [max(x(0, 1, 2), 1), none(x(0), 0), none(x(2, 2), 'inf')] },
  { title: 'pmf sign', model: den('x == 1 ? (1+t)/2 : (1-t)/2', 'x in {-1, 1}', 't', '-1 <= t <= 1'), samples: [max(x(1, 1, -1), 1 / 3), edge(x(-1), -1)] },
  { title: 'pmf three with q known', model: den('x == 0 ? 1-p : x == 1 ? p*q : p*(1-q)', 'x in {0, 1, 2}', 'p', '0 <= p <= 1', { known: { q: '0 < q < 1' } }), samples: [max({ ...x(0, 1, 2), known: { q: 0.3 } }, 2 / 3), edge({ ...x(0), known: { q: 0.3 } }, 0), edge({ ...x(2), known: { q: 0.3 } }, 1)] },
  { title: 'pmf q unknown, p known', model: den('x == 0 ? 1-p : x == 1 ? p*q : p*(1-q)', 'x in {0, 1, 2}', 'q', '0 <= q <= 1', { known: { p: '0 < p < 1' } }), samples: [max({ ...x(0, 1, 2, 2), known: { p: 0.3 } }, 1 / 3), edge({ ...x(0, 1), known: { p: 0.3 } }, 1), between({ ...x(0, 0), known: { p: 0.3 } }, 0, 1)] },
  { title: 'zero inflated weight', model: den('x == 0 ? w+(1-w)*exp(-3) : (1-w)*3^x*exp(-3)/x!', 'x in {0..}', 'w', '0 <= w <= 1'), samples: [max(x(0, 0, 2, 4)), edge(x(2, 4), 0), edge(x(0, 0), 1)] },
  { title: 'binomial odds at least one', model: den('choose(4,x)*p^x*(1-p)^(4-x)', 'x in {0..4}', 'p', '1/4 <= p <= 3/4'), samples: [max(x(2, 1), 3 / 8), any(x(0)), any(x(4, 4))] },
  // counts
  { title: 'counts linkage small', model: lik('(2+t)^y1*(1-t)^(y2+y3)*t^y4', { y1: 'y1 in {0..}', y2: 'y2 in {0..}', y3: 'y3 in {0..}', y4: 'y4 in {0..}' }, 't', '0 < t < 1'), samples: [max({ y1: 125, y2: 18, y3: 20, y4: 34 }, (15 + Math.sqrt(15 ** 2 + 8 * 197 * 34)) / 394)] },
  { title: 'counts trinomial half', model: lik('(t/2)^a*(t/2)^b*(1-t)^c', { a: 'a in {0..}', b: 'b in {0..}', c: 'c in {0..}' }, 't', '0 <= t <= 1'), samples: [max({ a: 1, b: 2, c: 3 }, 0.5), edge({ a: 0, b: 0, c: 3 }, 0), edge({ a: 1, b: 0, c: 0 }, 1)] },
  { title: 'binomial likelihood choose', model: lik('choose(n, y)*t^y*(1-t)^(n-y)', { n: 'n in {1..}', y: 'y in {0..n}' }, 't', '0 <= t <= 1'), samples: [max({ n: 10, y: 3 }, 0.3), edge({ n: 10, y: 0 }, 0), edge({ n: 10, y: 10 }, 1)] },
  { title: 'product of two coins', model: lik('(t*(1-t))^a*(t^2+(1-t)^2)^b', { a: 'a in {0..}', b: 'b in {0..}' }, 't', '0 <= t <= 1'), samples: [any({ a: 3, b: 1 }), any({ a: 1, b: 3 })] },
  { title: 'Poisson totals', model: lik('exp(-5*m)*m^s', { s: 's in {0..}' }, 'm', 'm > 0'), samples: [max({ s: 10 }, 2), none({ s: 0 }, 0)] },
  // integers
  { title: 'hypergeometric lot', model: { size: '1', density: 'choose(r, x)*choose(20-r, 5-x)/choose(20, 5)', support: 'x in {0..5}', parameters: { r: 'r in {0..20}' } }, samples: [any(x(2)), any(x(0)), any(x(5))] },
  { title: 'k successes waiting', model: { size: '1', density: 'choose(x-1, k-1)*(1/2)^x', support: 'x in {k..}', parameters: { k: 'k in {1..}' } }, samples: [any(x(5)), any(x(1)), any(x(4))] },
  { title: 'ball numbers sum', model: den('2*x/(N*(N+1))', 'x in {1..N}', 'N', 'N in {1..}'), samples: [max(x(3, 5), 5), edge(x(1), 1)] },
  { title: 'Poisson integer in 1..3', model: den('m^x*exp(-m)/x!', 'x in {0..}', 'm', 'm in {1..3}'), samples: [max(x(2, 2), 2), edge(x(0, 0), 1), edge(x(9), 3)] },
  { title: 'chi square df integer', model: den('x^(k/2-1)*exp(-x/2)/(2^(k/2)*gamma(k/2))', 'x > 0', 'k', 'k in {1..}'), samples: [any(x(2.5, 1)), any(x(0.1))] },
  { title: 'exponential integer rate', model: den('k*exp(-k*x)', 'x > 0', 'k', 'k in {1..5}'), samples: [any(x(0.3, 0.4)), edge(x(4), 1), edge(x(0.01), 5)] },
  { title: 'Bernoulli p = 1/k', model: den('(1/k)^x*(1-1/k)^(1-x)', 'x in {0, 1}', 'k', 'k in {2..}'), samples: [any(x(1, 0, 0)), edge(x(1, 1), 2), none(x(0, 0), 'inf')] },
  // kinks
  { title: 'abs regression weights known', model: den('exp(-abs(x-m)/2)/4', 'x in R', 'm', '-1 <= m <= 1'), samples: [edge(x(3, 4), 1), max(x(-2, 0.5, 2), 0.5), between(x(-3, 3), -1, 1)] },
  { title: 'skew tent', model: den('x <= c ? 2*x/c : 2*(1-x)/(1-c)', '0 <= x <= 1', 'c', '0 < c < 1'), samples: [max(x(0.3), 0.3), max(x(0.2, 0.9))] },
  { title: 'laplace unit about two m', model: den('exp(-abs(2*x-m))', 'x in R', 'm', 'm in R'), samples: [max(x(1, 2, 4), 4), between(x(1, 2), 2, 4)] },
  // moving
  { title: 'uniform c', model: den('1/(b-a)', 'a <= x <= b', 'b', 'b > a', { known: { a: 'a in R' } }), samples: [max({ ...x(1, 3), known: { a: 0 } }, 3)] },
  { title: 'x in (theta, 2theta+1)', model: den('1/(t+1)', 't <= x <= 2*t+1', 't', 't > 0'), samples: [max(x(2, 3), 1), max(x(3, 6.5), 2.75), none(x(0.5, 0.7), 0)] },
  { title: 'uniform theta-1..theta+2', model: den('1/3', 't-1 <= x <= t+2', 't', 't in R'), samples: [between(x(1, 2), 0, 2), max(x(0, 3), 1)] },
  { title: 'exp on [theta, inf) scale theta', model: den('exp(1-x/t)/t', 'x >= t', 't', 't > 0'), samples: [max(x(2, 3)), max(x(5), 5)] },
  { title: 'Pareto with shape 3 scale unknown bounded', model: den('3*t^3/x^4', 'x >= t', 't', '0 < t <= 2'), samples: [max(x(1, 4), 1), max(x(3, 4), 2)] },
  { title: 'f = 2x/theta^2 with closed', model: den('2*x/t^2', '0 <= x <= t', 't', '0 < t < 5'), samples: [max(x(1, 3), 3)] },
  { title: 'f = 3x^2/theta^3', model: den('3*x^2/t^3', '0 <= x <= t', 't', 't > 0'), samples: [max(x(1, 3), 3)] },
  { title: 'f = exp(x)/(exp(theta)-1)', model: den('exp(x)/(exp(t)-1)', '0 <= x <= t', 't', 't > 0'), samples: [max(x(1, 3), 3)] },
  { title: 'f = theta/x^2 between theta and 1', model: den('t/((1-t)*x^2)', 't <= x <= 1', 't', '0 < t < 1'), samples: [max(x(0.5, 0.7), 0.5)] },
  { title: 'uniform disc radius', model: den('2*x/r^2', '0 < x <= r', 'r', 'r > 0'), samples: [max(x(1, 2), 2)] },
  { title: 'U(-2t, t)', model: den('1/(3*t)', '-2*t <= x <= t', 't', 't > 0'), samples: [max(x(-3, 1), 1.5), max(x(-1, 1), 1)] },
  { title: 'U(t, 1)', model: den('1/(1-t)', 't <= x <= 1', 't', '0 <= t < 1'), samples: [max(x(0.3, 0.9), 0.3), any(x(0, 1))] },
  { title: 'U(-1/t, 1/t)', model: den('t/2', '-1/t <= x <= 1/t', 't', 't > 0'), samples: [max(x(0.5, -0.2), 2)] },
  { title: 'discrete U(-t..t)', model: den('1/(2*t+1)', 'x in {-t..t}', 't', 't in {1..}'), samples: [max(x(-3, 2), 3), edge(x(0, 1), 1)] },
  { title: 'gamma shifted', model: den('(x-t)*exp(-(x-t))', 'x >= t', 't', 't in R'), samples: [max(x(2), 1), any(x(1, 2))] },
  { title: 'truncated below theta power', model: den('a*t^(-a)*x^(a-1)', '0 < x <= t', 't', 't > 0', { known: { a: 'a > 0' } }), samples: [max({ ...x(1, 2), known: { a: 3 } }, 2)] },
  { title: 'endpoints swapped', model: den('1/(4-2*t)', '2*t <= x <= 4', 't', 't < 2'), samples: [max(x(1, 3), 0.5)] },
  // scale |theta|, even
  { title: 'cauchy scale abs', model: den('abs(t)/(pi*(t^2+x^2))', 'x in R', 't', 't in R'), samples: [any(x(1)), any(x(1, 3))] },
  { title: 'N(theta^2,1)', model: den('exp(-(x-t^2)^2/2)/sqrt(2*pi)', 'x in R', 't', 't in R'), samples: [tie(x(4), -2, 2), max(x(-1), 0)] },
  { title: 'N(|t|,1) bounded', model: den('exp(-(x-abs(t))^2/2)/sqrt(2*pi)', 'x in R', 't', '-2 <= t <= 2'), samples: [tie(x(1), -1, 1), max(x(-1), 0), tie(x(5), -2, 2)] },
  // finite
  { title: 'three normals', model: den('exp(-(x-m)^2/2)/sqrt(2*pi)', 'x in R', 'm', 'm in {0, 1, 5}'), samples: [max(x(0.2), 0), tie(x(3), 1, 5), max(x(4), 5)] },
  { title: 'exponential or uniform', model: den('t == 1 ? (x <= 1 ? 1 : 0) : exp(-x)', 'x > 0', 't', 't in {1, 2}'), samples: [max(x(0.5, 0.2), 1), max(x(0.5, 2), 2)] },
  { title: 'urn', model: { size: '2', density: '(t/4)^x*(1-t/4)^(1-x)', support: 'x in {0, 1}', parameters: { t: 't in {0, 1, 2, 3, 4}' } }, samples: [max(x(1, 1), 4), max(x(0, 0), 0), max(x(1, 0), 2)] },
  { title: 'beta table', model: den('t*x^(t-1)', '0 < x < 1', 't', 't in {1, 2, 3}'), samples: [max(x(0.9), 3), max(x(0.2), 1)] },
  // spaces
  { title: 'known bounds a<=p<=b', model: den('p^x*(1-p)^(1-x)', 'x in {0, 1}', 'p', 'a <= p <= b', { known: { a: '0 < a < 1', b: 'a < b < 1' } }), samples: [max({ ...x(1, 0), known: { a: 0.2, b: 0.7 } }, 0.5), max({ ...x(1, 1), known: { a: 0.2, b: 0.7 } }, 0.7)] },
  { title: 'rate above c', model: den('l*exp(-l*x)', 'x > 0', 'l', 'l > c', { known: { c: 'c > 0' } }), samples: [max({ ...x(1), known: { c: 0.5 } }, 1), none({ ...x(4), known: { c: 0.5 } }, 0.5)] },
  { title: 'variance at least one', model: den('exp(-x^2/(2*v))/sqrt(2*pi*v)', 'x in R', 'v', 'v >= 1'), samples: [max(x(2, -2), 4), edge(x(0.1), 1), edge(x(0, 0), 1)] },


  { title: 'window, t > 0', model: { density: '1', support: 't <= x <= t+1', parameters: { t: 't > 0' } }, samples: [set(x(0.5, 0.7), 0, 0.5), set(x(3, 3.2), 2.2, 3), { data: x(0.5, 1), status: 'nonunique', set: [0, 0.5] }] },
  { title: 'window, 0 <= t <= 2', model: { density: '1', support: 't <= x <= t+1', parameters: { t: '0 <= t <= 2' } }, samples: [set(x(0.5, 0.7), 0, 0.5), set(x(2.2, 2.7), 1.7, 2), { data: x(3), status: 'maximum', value: 2 }] },
  { title: 'window, 0 < t < 2', model: { density: '1', support: 't <= x <= t+1', parameters: { t: '0 < t < 2' } }, samples: [set(x(0.5, 0.7), 0, 0.5), set(x(2.2, 2.7), 1.7, 2), set(x(1.2), 0.2, 1.2)] },
  { title: 'window, half open', model: { density: '1/2', support: 't < x <= t+2', parameters: { t: 't in R' } }, samples: [set(x(0.5, 0.7), -1.3, 0.5), set(x(2.2), 0.2, 2.2)] },
  { title: 'window of known width', model: { density: '1/w', support: 'a <= x <= a+w', parameters: { a: 'a >= 0' }, known: { w: 'w > 0' } }, samples: [set({ x: [1, 2], known: { w: 4 } }, 0, 1), set({ x: [5, 6], known: { w: 2 } }, 4, 5)] },
  { title: 'window scaled', model: { density: '1/2', support: '2*t <= x <= 2*t+2', parameters: { t: 't in R' } }, samples: [set(x(1, 2), 0, 0.5)] },
  { title: 'window log', model: { density: '1/x', support: 't <= x <= exp(1)*t', parameters: { t: 't > 0' } }, samples: [set(x(1, 2), 2 / Math.E, 1)] },
  { title: 'window integers', model: { density: '1/3', support: 'x in {k..k+2}', parameters: { k: 'k in {..}' } }, samples: [{ data: x(4, 5), status: 'nonunique' }, { data: x(4, 6), status: 'maximum', value: 4 }] },
  { title: 'window integers nonneg', model: { density: '1/3', support: 'x in {k..k+2}', parameters: { k: 'k in {0..}' } }, samples: [{ data: x(1), status: 'nonunique' }, { data: x(0), status: 'boundary', value: 0 }, { data: x(4, 6), status: 'maximum', value: 4 }] },


 { title: 'ind', model: lik('indicator(w >= m)/w^3', { m: 'm > 0' }, 'w', 'w > 0'), samples: [max({ m: 2.5 }, 2.5)] },
 { title: 'ind n', model: lik('t^(-n)*indicator(m <= t)', { m: 'm > 0', n: 'n in {1..}' }, 't', 't > 0'), samples: [max({ m: 2.5, n: 4 }, 2.5)] },
 { title: 'ind exp', model: lik('exp(n*t)*indicator(t <= m)', { m: 'm in R', n: 'n in {1..}' }, 't', 't in R'), samples: [max({ m: 2.5, n: 4 }, 2.5)] },
 { title: 'ind strict', model: lik('exp(n*t)*indicator(t < m)', { m: 'm in R', n: 'n in {1..}' }, 't', 't in R'), samples: [{ data: { m: 2.5, n: 4 }, status: 'none', value: 2.5 }] },
 { title: 'ind sample', model: lik('t^(-n)*indicator(max(x[i], i, 1, n) <= t)', { x: 'x[i] > 0, i in 1..n' }, 't', 't > 0'), samples: [max({ x: [1, 3] }, 3)] },
 { title: 'ind two', model: lik('indicator(a <= t)*indicator(t <= b)', { a: 'a in R', b: 'b >= a' }, 't', 't in R'), samples: [{ data: { a: 1, b: 2 }, status: 'nonunique', set: [1, 2] }] },


  { title: 'positive centre partly outside', model: { density: 'exp(-abs(x-m))/2', support: 'x in R', parameters: { m: 'm > 0' } }, samples: [{ data: x(-1, 2), status: 'nonunique', set: [0, 2] }, { data: x(0, 2), status: 'nonunique', set: [0, 2] }, none(x(-1, 0), 0)] },
  { title: 'centre below 5 open', model: { density: 'exp(-abs(x-m))/2', support: 'x in R', parameters: { m: 'm < 5' } }, samples: [{ data: x(4, 7), status: 'nonunique', set: [4, 5] }, none(x(6, 7), 5)] },
  { title: 'max power on (theta, theta+1)', model: { density: '(k+1)*(x-t)^k', support: 't <= x <= t+1', parameters: { t: 't in R' }, known: { k: 'k > 0' } }, samples: [{ data: { x: [2, 2.5], known: { k: 2 } }, status: 'maximum', value: 1.5 }] },
]

/** Not decided yet. */
export const open: ReadonlySet<string> = new Set([
  'product of two coins', 'unbounded at a point', 'binomial N sample', 'trials of a fair coin, two rounds', 'chi square df integer', 'marked fish K unknown', 'laplace exp centre', 'change of rate', 'cauchy scale abs', 'triangular location', 'raised cosine location', 'triangular one', 'cosine one', 'jump at a break',
  'binomial n fixed p half, pairs', 'uniform (sqrt t, 2)', 'cosine bump', 'tent scale', 'even cosine',
  'allele freq dominant', 'uniform with 1/t end', 'step with c',
])
