import Foundation

/// Student's t of ever more of the same seeds, where the true change is the one that is tested.
///
/// The angle θ of n seeds has tan θ = t/√(n − 1). Given the angle of one seed more it depends on nothing else but an
/// independent ψ with density proportional to cosⁿ⁻²: tan θₙ = (√n·tan θₙ₊₁ + sin ψ)/(√(n + 1)·cos ψ). What is kept is
/// H(θ), the probability that no look before crossed its bound, given the angle now. H ends in a square root at the
/// largest angle that is still possible, so that it is tabulated in s, θ = top − (top + π/2)·s², where it is smooth.
///
/// Assumes normal differences. The levels that follow from it agree with direct quadrature and simulation in
/// `Reference/Sequential/crosscheck.py`.
struct NullChain {
  /// How finely H is tabulated, and how many nodes an integral has.
  struct Resolution {
    let steps: Int
    let nodes: Int

    /// Levels within 2·10⁻⁸ up to 40 seeds, and 2·10⁻⁶ of themselves up to 100.
    static let fine = Resolution(steps: 400, nodes: 48)
    /// A third of the work, within 5·10⁻⁵ of themselves.
    static let quick = Resolution(steps: 200, nodes: 32)
  }

  private(set) var seeds: Int
  private var top = Double.pi / 2
  private var cut = Double.pi / 2
  private var survival: [Double]
  private let rule: GaussLegendre
  /// sin(πx/2) at the nodes, and their weights times its derivative: both ends of an integral are square roots.
  private let bent: [Double]
  private let bentWeights: [Double]

  /// Widths of ψ beyond which the density does not count.
  private static let span = 7.0

  init(seeds: Int, resolution: Resolution) {
    self.seeds = seeds
    survival = Array(repeating: 1, count: resolution.steps + 1)
    rule = GaussLegendre(nodes: resolution.nodes)
    bent = rule.points.map { sin(.pi / 2 * $0) }
    bentWeights = zip(rule.points, rule.weights).map { $1 * .pi / 2 * cos(.pi / 2 * $0) }
  }

  private var steps: Int { survival.count - 1 }

  /// What makes cosⁿ⁻² a density.
  private var density: Double {
    exp(logGamma(Double(seeds) / 2) - logGamma(Double(seeds - 1) / 2)) / Double.pi.squareRoot()
  }

  /// H between its points, by the cubic through four neighbours.
  private func survival(at theta: Double) -> Double {
    let place = (max(top - theta, 0) / (top + .pi / 2)).squareRoot() * Double(steps)
    let index = min(max(Int(place), 1), steps - 2)
    let f = place - Double(index)
    return survival.withUnsafeBufferPointer { h in
      let outer =
        f * (f + 1) * (f - 1) / 6 * h[index + 2] - f * (f - 1) * (f - 2) / 6 * h[index - 1]
      let inner =
        (f + 1) * (f - 1) * (f - 2) / 2 * h[index] - (f + 1) * f * (f - 2) / 2 * h[index + 1]
      return outer + inner
    }
  }

  /// Ends all tables whose t is above a bound.
  mutating func stop(above t: Double) {
    cut = min(top, atan(t / Double(seeds - 1).squareRoot()))
  }

  /// Goes on by one seed.
  mutating func step() {
    let n = Double(seeds)
    let slope = tan(cut)
    let a = (1 + (n + 1) * slope * slope).squareRoot()
    let eta = atan2(1, (n + 1).squareRoot() * slope)
    let newTop = atan(a / n.squareRoot())
    let width = min(.pi / 2, Self.span / n.squareRoot())
    let (rootN, rootNext, power) = (n.squareRoot(), (n + 1).squareRoot(), n - 2)
    let constant = density
    var next = survival
    next[0] = 0
    next[steps] = 1
    for step in 1..<steps {
      let s = Double(step) / Double(steps)
      let tangent = tan(newTop - (newTop + .pi / 2) * s * s)
      let omega = acos(min(max(rootN * tangent / a, -1), 1))
      let low = max(-width, -eta - omega)
      let high = max(low, min(width, omega - eta))
      let half = (high - low) / 2
      var sum = 0.0
      for node in bent.indices {
        let psi = (low + high) / 2 + half * bent[node]
        let cosine = cos(psi)
        let theta = atan2(rootN * tangent + sin(psi), rootNext * cosine)
        sum += bentWeights[node] * survival(at: min(theta, cut)) * pow(cosine, power)
      }
      next[step] = constant * half * sum
    }
    survival = next
    top = newTop
    cut = newTop
    seeds += 1
  }

  private static let panels = 8

  /// The probability that no look before crossed its bound and that t is above one now.
  func exceeding(_ t: Double) -> Double {
    let theta = atan(t / Double(seeds - 1).squareRoot())
    guard theta < top else { return 0 }
    let length = top + .pi / 2
    let panel = ((top - theta) / length).squareRoot() / Double(Self.panels)
    let power = Double(seeds - 2)
    var sum = 0.0
    for index in 0..<Self.panels {
      for (point, weight) in zip(rule.points, rule.weights) {
        let s = panel * (Double(index) + (point + 1) / 2)
        let angle = top - length * s * s
        sum += weight * panel / 2 * 2 * length * s * survival(at: angle) * pow(cos(angle), power)
      }
    }
    return density * sum
  }
}

/// The nodes and weights that integrate polynomials over [−1, 1] exactly, by Newton's method.
///
/// Reference: Abramowitz, Stegun (1964), 25.4.29.
struct GaussLegendre {
  let points: [Double]
  let weights: [Double]

  init(nodes count: Int) {
    var points: [Double] = []
    var weights: [Double] = []
    for index in 0..<count {
      var x = -cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 0.0
      for _ in 0..<100 {
        var (before, value) = (1.0, x)
        for degree in 2...count {
          let k = Double(degree)
          (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k)
        }
        slope = Double(count) * (x * value - before) / (x * x - 1)
        let change = value / slope
        x -= change
        if abs(change) < 1e-15 { break }
      }
      points.append(x)
      weights.append(2 / ((1 - x * x) * slope * slope))
    }
    self.points = points
    self.weights = weights
  }
}
