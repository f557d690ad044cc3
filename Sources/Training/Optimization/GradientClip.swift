/// A gradient that is shortened where it is too long, all parameters that learn taken together.
///
/// Reference: `torch.nn.utils.clip_grad_norm_`, its epsilon included.
package enum GradientClip {
  package static func apply(_ longest: Double, to parameters: [LearningParameter]) {
    var sum = 0.0
    for range in parameters.ranges {
      for i in 0..<range.count { sum += Double(range.gradients[i]) * Double(range.gradients[i]) }
    }
    let factor = longest / (sum.squareRoot() + 1e-6)
    guard factor < 1 else { return }
    for range in parameters.ranges {
      for i in 0..<range.count { range.gradients[i] *= Float(factor) }
    }
  }
}
