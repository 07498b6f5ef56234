/** One model of every shape that the grammar has: what the readers, the likelihood, the draws and the search are tried on. */
export const modelTexts = {
  normal: `density: 1/sqrt(2*pi*v)*exp(-(x-mu)^2/(2*v))
support: x in R
parameters:
  mu: mu in R
  v: v > 0
`,
  shifted: `density: 1/s*exp(-(x-m)/s)
support: x >= m
parameters: {m: m in R, s: s > 0}
`,
  uniform: `density: 1/(b-a)
support: a <= x <= b
parameters:
  a: a in R
  b: b in R
constraints:
  - a < b
`,
  regression: `density: 1/sqrt(2*pi*v)*exp(-(y-a-b*x)^2/(2*v))
observation: y
support: y in R
covariates: [x]
parameters: {a: a in R, b: b in R, v: v > 0}
`,
  'vector regression': `density: 1/sqrt(2*pi*v)*exp(-(y-sum(b[j]*x[j],j,1,k))^2/(2*v))
observation: y
support: y in R
covariates:
  x: x[j] in R, j in 1..k
parameters:
  b: b[j] in R, j in 1..k
  v: v > 0
`,
  logistic: `density: exp(y*(a+b*x))/(1+exp(a+b*x))
observation: y
support: y in {0,1}
covariates: x
parameters: {a: a in R, b: b in R}
`,
  exposure: `density: (lambda*t)^y*exp(-lambda*t)/y!
observation: y
support: y in {0..}
covariates:
  t: t > 0
parameters:
  lambda: lambda > 0
`,
  'binomial sizes': `density: choose(m, x)*p^x*(1-p)^(m-x)
support: x in {0..m}
covariates:
  m: m in {1..}
parameters:
  p: 0 <= p <= 1
`,
  cells: `likelihood: n!/prod(c[j]!, j, 1, k)*prod(p[j]^c[j], j, 1, k)
data:
  c: c[j] in {0..}, j in 1..k
  n: n = sum(c[j], j, 1, k)
parameters:
  p: 0 <= p[j] <= 1, j in 1..k
constraints:
  - sum(p[j], j, 1, k) = 1
`,
  linkage: `likelihood: (2+t)^a*(1-t)^(b+c)*t^d
data:
  a: a in {0..}
  b: b in {0..}
  c: c in {0..}
  d: d in {0..}
  n: n = a+b+c+d
parameters:
  t: 0 <= t <= 1
`,
  'no data': `likelihood: 27*theta^8*(1-theta)^4
parameters:
  theta: 0 <= theta <= 1
`,
  autoregression: `likelihood: prod(1/sqrt(2*pi)*exp(-(x[i]-phi*x[i-1])^2/2), i, 2, n)
data:
  x: x[i] in R, i in 1..n
parameters:
  phi: phi in R
`,
  'autoregression with constant': `likelihood: prod(1/sqrt(2*pi*v)*exp(-(x[i]-c-phi*x[i-1])^2/(2*v)), i, 2, n)
data:
  x: x[i] in R, i in 1..n
parameters:
  c: c in R
  phi: -1 < phi < 1
  v: v > 0
`,
  chain: `likelihood: prod(x[i-1]=0 ? a^x[i]*(1-a)^(1-x[i]) : b^(1-x[i])*(1-b)^x[i], i, 2, n)
data:
  x: x[i] in {0,1}, i in 1..n
parameters:
  a: 0 <= a <= 1
  b: 0 <= b <= 1
`,
  'ordered means': `samples:
  x:
    density: 1/sqrt(2*pi*v)*exp(-(x-a)^2/(2*v))
    support: x in R
  y:
    density: 1/sqrt(2*pi*v)*exp(-(y-b)^2/(2*v))
    support: y in R
    size: m
parameters:
  a: a in R
  b: b in R
  v: v > 0
constraints:
  - a <= b
`,
  'two samples, one with covariates': `samples:
  y:
    density: lambda*t*exp(-lambda*t*y)
    support: y > 0
    covariates:
      t: t > 0
  z:
    density: mu^z*exp(-mu)/z!
    support: z in {0..}
    size: 5
parameters: {lambda: lambda > 0, mu: mu > 0}
`,
  'pairs and times': `samples:
  first:
    observation: [t, d]
    contribution: lambda^d*exp(-lambda*t)
    support: ["t > 0", "d in {0,1}"]
  u:
    density: lambda*exp(-lambda*u)
    support: u > 0
    size: m
parameters: {lambda: lambda > 0}
`,
  censored: `contribution: lambda^d*exp(-lambda*t)
observation: [t, d]
support: [t > 0, "d in {0, 1}"]
parameters: {lambda: lambda > 0}
`,
  intervals: `contribution: exp(-lambda*l) - exp(-lambda*r)
observation: [l, r]
support: [l >= 0, r > l]
parameters: {lambda: lambda > 0}
`,
  bivariate: `density: 1/(2*pi*s*t*sqrt(1-r^2))*exp(-1/(2*(1-r^2))*((x-a)^2/s^2-2*r*(x-a)*(y-b)/(s*t)+(y-b)^2/t^2))
observation: [x, y]
parameters:
  a: a in R
  b: b in R
  s: s > 0
  t: t > 0
  r: -1 < r < 1
`,
  vectors: `density: prod(1/sqrt(2*pi*v)*exp(-(x[j]-m[j])^2/(2*v)), j, 1, d)
support: x[j] in R, j in 1..d
parameters:
  m: m[j] in R, j in 1..d
  v: v > 0
`,
  'three categories': `density: lambda[x]
support: x in {1..3}
parameters:
  lambda: lambda[j] > 0, j in 1..3
constraints: lambda[1]+lambda[2]+lambda[3] = 1
`,
  'known vector': `density: sum(w[j]*exp(-x/s[j])/s[j], j, 1, k)
support: x > 0
parameters:
  w: 0 <= w[j] <= 1, j in 1..k
known:
  s: s[j] > 0, j in 1..k
constraints:
  - sum(w[j], j, 1, k) = 1
`,
  mixture: `density: p/sqrt(2*pi)*exp(-x^2/2) + (1-p)/sqrt(2*pi)*exp(-(x-m)^2/2)
support: x in R
parameters:
  p: 0 <= p <= 1
known:
  m: m in R
`,
  'unknown function': `density: 1/sqrt(2*pi*v)*exp(-(y-mu(x, w))^2/(2*v))
observation: y
support: y in R
covariates: [x]
functions: ["mu(x, w)"]
parameters:
  w: w in R
  v: v > 0
`,
  'capture and recapture': `density: choose(K, x)*choose(N-K, c-x)/choose(N, c)
support: x in {max(0, c+K-N)..min(K, c)}
parameters:
  N: N in {max(K, c)..}
known: {K: "K in {1..}", c: "c in {1..}"}
size: 1
`,
  'one observation': `density: choose(N, x)/2^N
support: x in {0..N}
parameters:
  N: N in {0..}
size: 1
`,
  'integer end': `density: 1/N
support: x in {1..N}
parameters:
  N: N in {1..}
`,
  'finite space': `density: p^x*(1-p)^(1-x)
support: x in {0,1}
parameters:
  p: p in {1/3, 2/3}
`,
  table: `density: t == 1 ? (x == 0 ? 1/2 : x == 1 ? 1/4 : 1/4) : (x == 0 ? 1/3 : x == 1 ? 1/3 : 1/3)
support: x in {0,1,2}
parameters:
  t: t in {1, 2}
`,
  'centre and width': `density: 1/(2*s)
support: abs(x - m) < s
parameters:
  m: m in R
  s: s > 0
`,
  'two levels': `likelihood: prod(x[i] <= c ? a : b, i, 1, n)
data:
  x: 0 < x[i] < 1, i in 1..n
parameters:
  a: a > 0
  b: b > 0
known:
  c: 0 < c < 1
constraints:
  - a*c + b*(1-c) = 1
`,
  triangle: `density: x <= theta ? 2*x/theta : 2*(1-x)/(1-theta)
support: 0 < x < 1
parameters:
  theta: 0 < theta < 1
`,
  'size three': `density: p^x*(1-p)^(1-x)
support: x in {0,1}
parameters: {p: 0 <= p <= 1}
size: 3
`,
  assumption: `density: lambda*exp(-lambda*x)
support: x > 0
parameters: {lambda: lambda > 0}
assume: [x[1] = 3]
`,
  'blood groups': `likelihood: (p^2+2*p*r)^a*(q^2+2*q*r)^b*(2*p*q)^c*(r^2)^d
data:
  a: a in {0..}
  b: b in {0..}
  c: c in {0..}
  d: d in {0..}
parameters:
  p: 0 <= p <= 1
  q: 0 <= q <= 1
  r: 0 <= r <= 1
constraints:
  - p + q + r = 1
`,
  process: `likelihood: lambda^n*exp(-lambda*T)
data:
  n: n in {0..}
known:
  T: T > 0
parameters:
  lambda: lambda > 0
`,
  'first r': `likelihood: prod(lambda*exp(-lambda*x[i]), i, 1, r)*exp(-lambda*(n-r)*x[r])
data:
  x: x[i] > 0, i in 1..r
known:
  n: n in {1..}
parameters:
  lambda: lambda > 0
`,
  'vector of counts': `density: prod(exp(-l[j])*l[j]^x[j]/x[j]!, j, 1, k)
support: x[j] in {0..}, j in 1..k
parameters:
  l: l[j] > 0, j in 1..k
`,
  'ordered rates': `likelihood: prod(exp(-l[j]*t[j])*(l[j]*t[j])^x[j]/x[j]!, j, 1, k)
data:
  x: x[j] in {0..}, j in 1..k
known:
  t: t[j] > 0, j in 1..k
parameters:
  l: l[j] > 0, j in 1..k
constraints:
  - l[j] <= l[j+1], j in 1..k-1
`,
  LaTeX: `density: \\frac{1}{\\sqrt{2\\pi\\sigma^2}} e^{-\\frac{(y-\\alpha-\\beta x)^2}{2\\sigma^2}}
observation: y
support: y \\in \\mathbb{R}
covariates: [x]
parameters:
  alpha: \\alpha \\in \\mathbb{R}
  beta: \\beta \\in \\mathbb{R}
  sigma2: \\sigma^2 > 0
`,
  groups: `density: l[g]*exp(-l[g]*x)
support: x > 0
covariates:
  g: g in {1..k}
parameters:
  l: l[j] > 0, j in 1..k
`,
  'common slope': `samples:
  y: {density: "1/sqrt(2*pi)*exp(-(y-b*u)^2/2)", support: y in R, covariates: [u]}
  z: {density: "1/sqrt(2*pi)*exp(-(z-b*w)^2/2)", support: z in R, covariates: [w], size: m}
parameters: {b: b in R}
`,
  'pieces with counts': `likelihood: t <= 1/2 ? (t/2)^a*(1-t/2)^b : (t^2)^a*(1-t^2)^b
data:
  a: a in {0..}
  b: b in {0..}
parameters:
  t: 0 < t < 1
`,
  categories: `density: p[x]
support: x in {1..k}
parameters:
  p: 0 <= p[j] <= 1, j in 1..k
constraints:
  - sum(p[j], j, 1, k) = 1
`,
  grouped: `likelihood: (1-exp(-lambda))^a*(exp(-lambda)-exp(-2*lambda))^b*exp(-2*lambda*c)
data: {a: "a in {0..}", b: "b in {0..}", c: "c in {0..}"}
parameters:
  lambda: lambda > 0
`,
  'two samples': `samples:
  x:
    density: a*exp(-a*x)
    support: x > 0
  y:
    density: b*exp(-b*y)
    support: y > 0
    size: m
parameters: {a: a > 0, b: b > 0}
`,
  multinomial: `density: m!/prod(x[j]!, j, 1, k)*prod(p[j]^x[j], j, 1, k)
support: x[j] in {0..m}, j in 1..k
parameters:
  p: 0 <= p[j] <= 1, j in 1..k
known:
  m: m in {1..}
constraints:
  - sum(p[j], j, 1, k) = 1
`,
  'multinomial of different totals': `density: m!/prod(x[j]!, j, 1, k)*prod(p[j]^x[j], j, 1, k)
observation: x
support: x[j] in {0..}, j in 1..k
parameters:
  p[j]: p[j] > 0, j in 1..k
covariates:
  m: m in {1..}
constraints:
  - sum(p[j], j, 1, k) = 1
`,
} as const
