extension Model.Plan {
  /// One dense layer, after dropout p of its inputs.
  var linear: [NetworkDescription.Node] {
    [
      .init("head.dropout", .dropout(probability: dropout, key: 1), .head),
      .init("head.flatten", .flatten, .head),
      .init("head.output", .linear(outputs: outputs), .head),
    ]
  }
}
