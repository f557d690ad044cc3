/// A gradient that is shortened where it is too long, all parameters that learn taken together.
///
/// Reference: `torch.nn.utils.clip_grad_norm_`, its epsilon included.
package enum GradientClip {
  package static func apply(_ longest: Double, to parameters: Parameters, groups: [ParameterGroup])
  {
    var sum = 0.0
    for group in groups {
      for place in group.range {
        sum += Double(parameters.gradients[place]) * Double(parameters.gradients[place])
      }
    }
    let factor = longest / (sum.squareRoot() + 1e-6)
    guard factor < 1 else { return }
    for group in groups {
      for place in group.range { parameters.gradients[place] *= Float(factor) }
    }
  }
}
