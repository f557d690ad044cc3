extension Effects: Encodable {
  private enum CodingKeys: String, CodingKey {
    case delta, main, trend, interactions, cells
    case runSpread = "run_sd"
    case levelMeans = "level_means"
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(metric.delta, forKey: .delta)
    try object.encode(number: cells.runSpread, forKey: .runSpread)
    try object.encode(main, forKey: .main)
    try object.encode(trends, forKey: .trend)
    try object.encode(interactions, forKey: .interactions)
    try object.encode(levelMeans, forKey: .levelMeans)
    try object.encode(cells.cells, forKey: .cells)
  }
}

extension Effects.Main: Encodable {
  private enum CodingKeys: String, CodingKey {
    case factor, from, to
    case pHolm = "p_holm"
  }

  package func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(change.factor, forKey: .factor)
    try object.encode(change.from, forKey: .from)
    try object.encode(change.to, forKey: .to)
    try object.encode(number: pHolm, forKey: .pHolm)
  }
}

extension Effects.Trend: Encodable {
  private enum CodingKeys: CodingKey { case factor, weights }

  package func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(factor, forKey: .factor)
    try object.encode(weights, forKey: .weights)
  }
}

extension Effects.Interaction: Encodable {
  private enum CodingKeys: String, CodingKey {
    case first = "factor_a"
    case firstFrom = "from_a"
    case firstTo = "to_a"
    case second = "factor_b"
    case secondFrom = "from_b"
    case secondTo = "to_b"
    case pFalseDiscovery = "p_bh"
  }

  package func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(first.factor, forKey: .first)
    try object.encode(first.from, forKey: .firstFrom)
    try object.encode(first.to, forKey: .firstTo)
    try object.encode(second.factor, forKey: .second)
    try object.encode(second.from, forKey: .secondFrom)
    try object.encode(second.to, forKey: .secondTo)
    try object.encode(number: pFalseDiscovery, forKey: .pFalseDiscovery)
  }
}
