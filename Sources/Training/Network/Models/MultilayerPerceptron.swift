extension Model.Plan {
  /// Dense layers: the hidden ones are the body, the last is the head, after dropout p.
  ///
  /// Without activation the stack is one linear map, whatever its depth.
  var multilayerPerceptron: [NetworkDescription.Node] {
    var nodes = [NetworkDescription.Node("body.flatten", .flatten, .body(stage: 0))]
    for stage in 0..<depth {
      let (number, part) = (stage + 1, Parameter.Part.body(stage: stage))
      nodes.append(.init("body.linear\(number)", .linear(outputs: width), part))
      if hasBatchNorm { nodes.append(.init("body.norm\(number)", .batchNorm(), part)) }
      nodes.append(.init("body.activation\(number)", .activation(activation), part))
    }
    return nodes + linear
  }
}
