/// Adjusts p values so that the chance of any false rejection in the family stays below the level.
///
/// - Parameter pValues: One per contrast; nil where a contrast has no test, which does not count in
///   the family.
/// - Returns: The adjusted values in the same order, at most 1, never below the originals.
///
/// Reference: Holm (1979), A simple sequentially rejective multiple test procedure, Scand. J.
/// Statist. 6. It agrees with `statsmodels.stats.multitest.multipletests(method="holm")` in the
/// tests.
package func holm(_ pValues: [Double?]) -> [Double?] {
  let family = ascending(pValues)
  var adjusted = [Double?](repeating: nil, count: pValues.count)
  var running = 0.0
  for (rank, entry) in family.enumerated() {
    running = max(running, Double(family.count - rank) * entry.p)
    adjusted[entry.index] = min(1, running)
  }
  return adjusted
}

/// Adjusts p values so that the expected share of false rejections among all rejections stays below
/// the level.
///
/// - Parameter pValues: One per contrast; nil where a contrast has no test, which does not count in
///   the family.
/// - Returns: The adjusted values (often called q) in the same order.
///
/// Reference: Benjamini, Hochberg (1995), Controlling the false discovery rate, J. R. Statist. Soc.
/// B 57. It agrees with `statsmodels.stats.multitest.multipletests(method="fdr_bh")` in the tests.
package func benjaminiHochberg(_ pValues: [Double?]) -> [Double?] {
  let family = ascending(pValues)
  var adjusted = [Double?](repeating: nil, count: pValues.count)
  var running = 1.0
  for (rank, entry) in family.enumerated().reversed() {
    running = min(running, entry.p * Double(family.count) / Double(rank + 1))
    adjusted[entry.index] = running
  }
  return adjusted
}

private func ascending(_ pValues: [Double?]) -> [(index: Int, p: Double)] {
  pValues.enumerated()
    .compactMap { index, p in p.map { (index: index, p: $0) } }
    .sorted { ($0.p, $0.index) < ($1.p, $1.index) }
}
