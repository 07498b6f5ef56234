/**
 * Problems with moving ends inside of which the maximum lies, supports written into the density, integers without a closed form,
 * censoring with a known end, concave scores with unknown ends. Rows as in `unseen-cases.ts`.
 */
// biome-ignore-all format: a table, one problem a line
import { any, between, den, edge, max, none, type Posed, tie, x } from './posed.ts'


const p = (value: number) => ({ known: { p: value } })

export const ends: readonly Posed[] = [
  { title: 'triangle around t', model: den('1-abs(x-t)', 't-1 <= x <= t+1', 't', 't in R'), samples: [max(x(2.5), 2.5), any(x(0, 0.3, 1.1)), any(x(0, 1.6)), any(x(3, 3.5, 3.6, 4.2))] },
  { title: 'triangle around t of known width', model: den('(1-abs(x-t)/c)/c', 't-c < x < t+c', 't', 't in R', { known: { c: 'c > 0' } }), samples: [any({ x: [0, 0.5, 2.5], known: { c: 2 } })] },
  { title: 'triangle around t, one observation', model: den('1-abs(x-t)', 't-1 < x < t+1', 't', 't in R', { size: '1' }), samples: [max(x(-2), -2)] },
  { title: 'tent of unknown width', model: den('(1-abs(x)/t)/t', '-t <= x <= t', 't', 't > 0'), samples: [max(x(1), 2), any(x(1, -2)), none(x(0, 0), 0)] },
  { title: 'raised cosine around t', model: den('(1+cos(x-t))/(2*pi)', 't-pi <= x <= t+pi', 't', 't in R'), samples: [max(x(1), 1), max(x(1, 3), 2), any(x(0, 1, 4))] },
  { title: 'cosine around t', model: den('cos(x-t)/2', 't-pi/2 <= x <= t+pi/2', 't', 't in R'), samples: [max(x(1), 1), max(x(1, 3), 2), any(x(0, 1, 2.4))] },
  { title: 'falling line from t', model: den('2*(x-t)/(1-t)^2', 't <= x <= 1', 't', '0 <= t < 1'), samples: [any(x(0.5, 0.9)), edge(x(0.2, 0.3), 0), none(x(1, 1), 1)] },
  { title: 'falling line to t, t at most 5', model: den('2*(t-x)/t^2', '0 <= x <= t', 't', '0 < t <= 5'), samples: [max(x(1), 2), edge(x(4), 5), none(x(0), 0)] },
  { title: 'gamma 2 from t > 0', model: den('(x-t)*exp(-(x-t))', 'x > t', 't', 't > 0'), samples: [max(x(3), 2), none(x(0.5), 0), any(x(2, 4))] },
  { title: 'Rayleigh from t >= 0', model: den('(x-t)*exp(-(x-t)^2/2)', 'x > t', 't', 't >= 0'), samples: [max(x(3), 2), edge(x(0.5), 0), any(x(2, 4))] },
  { title: 'exponential with start and mean t', model: den('exp(-(x-t)/t)/t', 'x >= t', 't', 't > 0'), samples: [max(x(2, 3), 2), max(x(1, 1), 1)] },
  { title: 'arcsine on (0, t)', model: den('2/(pi*sqrt(t^2-x^2))', '0 <= x < t', 't', 't > 0'), samples: [none(x(1, 2), 2)] },
  { title: 'branch for the support', model: den('x <= t ? 1/t : 0', 'x > 0', 't', 't > 0'), samples: [max(x(1, 3), 3)] },
  { title: 'branches for both ends', model: den('0 <= x and x <= t ? 2*x/t^2 : 0', 'x in R', 't', 't > 0'), samples: [max(x(1, 3), 3)] },
  { title: 'three branches', model: den('x < t ? 0 : x <= t+1 ? 1 : 0', 'x in R', 't', 't in R'), samples: [between(x(0.5, 1), 0, 0.5)] },
  { title: 'indicator for the support', model: den('indicator(x >= t)*exp(t-x)', 'x in R', 't', 't in R'), samples: [max(x(2, -1), -1)] },
  { title: 'branch for a support around 0', model: den('abs(x) <= t ? 1/(2*t) : 0', 'x in R', 't', 't > 0'), samples: [max(x(1, -3), 3)] },
  { title: 'tickets with a branch', model: den('x <= N ? 1/N : 0', 'x in {1..}', 'N', 'N in {1..}'), samples: [max(x(4, 7), 7)] },
  { title: 'number of trials, several counts', model: den('choose(N,x)*p^x*(1-p)^(N-x)', 'x in {0..N}', 'N', 'N in {1..}', { known: { p: '0 < p < 1' } }), samples: [any({ x: [3, 5, 4], ...p(0.5) }), edge({ x: [0, 0], ...p(0.3) }, 1), any({ x: [16, 18, 22, 25, 27], ...p(0.2) })] },
  { title: 'number of fair coins, several counts', model: den('choose(N,x)/2^N', 'x in {0..N}', 'N', 'N in {0..}'), samples: [tie(x(1), 1, 2), any(x(2, 3, 3)), edge(x(0, 0), 0)] },
  { title: 'number of coins up to 20', model: den('choose(N,x)/2^N', 'x in {0..N}', 'N', 'N in {0..20}'), samples: [any(x(2, 3, 3)), edge(x(18, 19), 20)] },
  { title: 'degrees of freedom', model: den('x^(k/2-1)*exp(-x/2)/(2^(k/2)*gamma(k/2))', 'x > 0', 'k', 'k in {1..}'), samples: [any(x(3, 5, 2)), edge(x(0.1), 1), any(x(30, 41))] },
  { title: 'number of failures before', model: den('choose(x+r-1,x)*p^r*(1-p)^x', 'x in {0..}', 'r', 'r in {1..}', { known: { p: '0 < p < 1' } }), samples: [any({ x: [3, 5], ...p(0.5) }), edge({ x: [0, 0], ...p(0.5) }, 1)] },
  { title: 'number of successes waited for, several', model: den('choose(x-1,r-1)*p^r*(1-p)^(x-r)', 'x in {r..}', 'r', 'r in {1..}', { known: { p: '0 < p < 1' } }), samples: [any({ x: [7, 9], ...p(0.5) }), any({ x: [3, 4], ...p(0.9) })] },
  { title: 'Erlang stages of known rate', model: den('l^k*x^(k-1)*exp(-l*x)/factorial(k-1)', 'x > 0', 'k', 'k in {1..}', { known: { l: 'l > 0' } }), samples: [any({ x: [3, 4], known: { l: 2 } })] },
  { title: 'waiting at most m tries', model: den('x < m ? p*(1-p)^x : (1-p)^m', 'x in {0..m}', 'p', '0 <= p <= 1', { known: { m: 'm in {1..}' } }), samples: [max({ x: [0, 2, 5, 1, 5], known: { m: 5 } }, 3 / 16), edge({ x: [3, 3], known: { m: 3 } }, 0), edge({ x: [0, 0], known: { m: 4 } }, 1)] },
  { title: 'life tests stopped at m', model: { contribution: 'x < m ? l*exp(-l*x) : exp(-l*m)', support: '0 < x <= m', known: { m: 'm > 0' }, parameters: { l: 'l > 0' } }, samples: [max({ x: [1, 2, 2], known: { m: 2 } }, 1 / 5), none({ x: [2, 2], known: { m: 2 } }, 0)] },
  { title: 'linear in the observation on a closed space', model: den('(1+a*c)/2', '-1 <= c <= 1', 'a', '-1 <= a <= 1', { observation: 'c' }), samples: [between({ c: [0, 0] }, -1, 1), edge({ c: [0.4] }, 1), max({ c: [0.5, -0.8] }, -0.375)] },
  { title: 'median on the log scale', model: den('exp(-abs(log(x/m)))/(2*x)', 'x > 0', 'm', 'm > 0'), samples: [max(x(1, 5, 2), 2), between(x(1, 2, 5, 9), 2, 5)] },
  { title: 'median on the log scale, scaled', model: den('exp(-abs(log(x)-log(m))/s)/(2*s*x)', 'x > 0', 'm', 'm > 0', { known: { s: 's > 0' } }), samples: [max({ x: [1, 5, 2], known: { s: 2 } }, 2)] },
  { title: 'two throws that differ', model: den('x == 1 ? 2*t*(1-t) : 1-2*t*(1-t)', 'x in {0, 1}', 't', '0 <= t <= 1'), samples: [tie(x(1, 0, 0, 0), (1 - Math.SQRT1_2) / 2, (1 + Math.SQRT1_2) / 2), max(x(1, 1, 0), 0.5), max(x(1, 0), 0.5), tie(x(0), 0, 1)] },
  { title: 'two throws that differ, the smaller probability', model: den('x == 1 ? 2*t*(1-t) : 1-2*t*(1-t)', 'x in {0, 1}', 't', '0 <= t <= 1/2'), samples: [max(x(1, 0, 0, 0), (1 - Math.SQRT1_2) / 2), edge(x(1, 1, 0), 0.5), edge(x(0), 0)] },
  { title: 'line on (0, 1) by its slope', model: den('t*x+1-t/2', '0 <= x <= 1', 't', '-2 <= t <= 2'), samples: [edge(x(0.9), 2), edge(x(0.1, 0.2), -2), between(x(0.5, 0.5), -2, 2), any(x(0.1, 0.2, 0.95, 0.8))] },
  { title: 'power of |x|', model: den('t/2*abs(x)^(t-1)', '-1 < x < 1', 't', 't > 0'), samples: [max(x(Math.exp(-1), -Math.exp(-3)), 0.5)] },
  { title: 'power of |x| from 0', model: den('(t+1)/2*abs(x)^t', '-1 <= x <= 1', 't', 't > 0'), samples: [max(x(Math.exp(-0.25), -Math.exp(-0.25)), 3), none(x(0.1), 0), none(x(1, -1), 'inf')] },
  { title: 'capture and recapture without a bound for K', model: den('choose(K,x)*choose(N-K,m-x)/choose(N,m)', 'x in {0..m}', 'N', 'N in {m+K..}', { size: '1', known: { m: 'm in {1..}', K: 'K in {1..}' } }), samples: [max({ x: [2], known: { m: 5, K: 7 } }, 17)] },
  { title: 'exponential cut at twice its scale', model: den('exp(-x/t)*2/(t*(2-2*exp(-2)))', '0 <= x <= 2*t', 't', 't > 0'), samples: [max(x(1, 2, 3), 2), max(x(0.1, 0.1, 5), 2.5), max(x(0, 0, 3), 1.5), none(x(0, 0), 0), max(x(1, 1), 1)] },
  { title: 'exponential from 1/t on', model: den('t*exp(-t*(x-1/t))', 'x >= 1/t', 't', 't > 0'), samples: [max(x(2, 4), 0.5), max(x(2, 2), 0.5)] },
  { title: 'falling line to t, one observation', model: den('2/t*(1-x/t)', '0 <= x <= t', 't', 't > 0', { size: '1' }), samples: [max(x(3), 6), none(x(0), 0)] },
]
