import Foundation
import Statistics
import Sweeps

/// How much luck there is in a run, what comparing within seeds saves, and what the finite validation set adds.
struct SpreadSection: ReportSection {
  private let effects: [Effects]
  private let runs: PairedRuns
  private let records: [Record]
  private let spec: Spec

  init(_ findings: Findings) {
    effects = findings.analysis.effects
    runs = findings.runs
    records = findings.evidence.records
    spec = findings.evidence.spec
  }

  var sections: [Section] {
    let rows = effects.compactMap(spreadRow)
    guard !rows.isEmpty else { return [] }
    var blocks: [Block] = [
      .table(
        Table(
          columns: [
            .words("metric"), .numbers("sd between runs"), .numbers("cells"),
            .numbers("saved by pairing"),
          ],
          rows: rows,
          note: """
            The standard deviation between runs of one cell that differ in nothing but the seed, pooled over \
            cells with two runs or more. Saved by pairing: how much smaller the variance of a change is \
            because both of its runs share a seed, 1 − var(D) / Σ var(arm), median over the changes; \
            below 0 where sharing did not help.
            """
        )
      )
    ]
    blocks += effects.flatMap(validationError)
    return [Section("How much is luck", blocks)]
  }

  private func spreadRow(_ effects: Effects) -> [String]? {
    guard let spread = effects.cells.runSpread else { return nil }
    let gains = effects.main.compactMap(\.result.pairingGain).sorted()
    let gain = gains.isEmpty ? nil : (gains[(gains.count - 1) / 2] + gains[gains.count / 2]) / 2
    let factor = effects.metric.scale == .linear ? effects.metric.displayFactor : 1
    return [
      effects.metric.name + (effects.metric.scale == .log ? " (ln)" : ""),
      Numeral.significant(spread * factor), "\(effects.cells.cells.count { $0.count > 1 })",
      gain.map { Numeral.fixed($0 * 100, decimals: 0) + " %" } ?? "–",
    ]
  }

  // MARK: The validation set

  /// What the validation set's size adds to the changes of a share of its images that are right.
  private func validationError(_ effects: Effects) -> [Block] {
    guard effects.metric.measurand == .accuracy, let images = validationImages, images > 0 else {
      return []
    }
    let accuracy = effects.metric
    let needsRatio = ErrorRatio.applies(to: effects.cells)
    let rows: [[String]] = effects.main.compactMap { effect in
      let result = effect.result
      guard let estimate = result.estimate, let test = result.test,
        let error = validationError(of: effect.change, images: images)
      else { return nil }
      let both = ValidationError.combined(seeds: test.standardError, validation: error)
      let decimals = Numeral.decimals(for: both * accuracy.displayFactor)
      func shown(_ value: Double) -> String {
        Numeral.fixed(value * accuracy.displayFactor, decimals: decimals)
      }
      var row = [
        effect.change.label, Numeral.signed(estimate * accuracy.displayFactor, decimals: decimals),
        shown(test.standardError), shown(error), shown(both),
      ]
      if needsRatio { row.append(errorRatio(effect.change, of: accuracy, images: images)) }
      return row
    }
    guard !rows.isEmpty else { return [] }
    let columns: [Table.Column] =
      [
        .words("change of accuracy"), .numbers("effect"), .numbers("se over seeds"),
        .numbers("se of the images"), .numbers("both"),
      ] + (needsRatio ? [.numbers("times as many errors")] : [])
    return [
      .paragraph(
        """
        All runs are judged by the same \(Numeral.counted(images, "validation image")). An interval over \
        seeds does not say how much of a change is owed to just these images; for new seeds and \
        new images the standard errors add up as \(code: "√(se² + se²)").
        """
      ),
      .table(
        Table(
          columns: columns,
          rows: rows,
          note: needsRatio
            ? """
            The error of the images is that of the mean difference image by image (McNemar's for one pair \
            of runs). Times as many errors, with its 95 % interval over seeds: near an end of the scale a \
            difference shrinks for want of room, a ratio of errors does not.
            """
            : """
            The error of the images is that of the mean difference image by image (McNemar's for one pair \
            of runs).
            """
        )
      ),
    ]
  }

  /// How many images the runs were validated on, from one run's bits and its accuracy; nil without bits.
  private var validationImages: Int? {
    for record in records {
      let bits = record.measurements.correct
      guard !bits.isEmpty, let accuracy = record.final(.accuracy, spec) else { continue }
      let right = bits.reduce(0) { $0 + $1.nonzeroBitCount }
      // The bits are padded to whole bytes; the share of right ones tells where they end.
      guard accuracy > 0 else { return 8 * bits.count }
      guard let count = Int(exactly: (Double(right) / accuracy).rounded()) else { return nil }
      return (8 * bits.count - 7...8 * bits.count).contains(count) ? count : nil
    }
    return nil
  }

  /// The standard error, from the images, of a change averaged over all pairs of runs; nil without bits.
  private func validationError(of change: Effects.Change, images: Int) -> Double? {
    guard let axis = spec.axis(named: change.factor)?.index else { return nil }
    var before: [String: Record] = [:]
    var after: [String: Record] = [:]
    for record in records
    where record.status == .ok && record.measurements.correct.count == (images + 7) / 8 {
      var others = record.run.levels
      let level = others[axis]
      others[axis] = ""
      let key = others.joined(separator: "\u{0}") + "\u{0}\(record.run.seed)"
      if level == change.from { before[key] = record }
      if level == change.to { after[key] = record }
    }
    let keys = before.keys.filter { after[$0] != nil }
    guard !keys.isEmpty else { return nil }
    var sums = [Int](repeating: 0, count: 8 * ((images + 7) / 8))
    for key in keys {
      add(before[key]?.measurements.correct ?? [], times: -1, to: &sums)
      add(after[key]?.measurements.correct ?? [], times: 1, to: &sums)
    }
    return ValidationError.averaged(
      sums.prefix(images).map { Double($0) / Double(keys.count) }
    )
  }

  private func add(_ bits: [UInt8], times sign: Int, to sums: inout [Int]) {
    for (place, byte) in bits.enumerated() where byte != 0 {
      for bit in 0..<8 where byte & (0x80 >> UInt8(bit)) != 0 { sums[8 * place + bit] += sign }
    }
  }

  private func errorRatio(_ change: Effects.Change, of metric: Metric, images: Int) -> String {
    let contrast = Contrast.change(of: change.factor, from: change.from, to: change.to)
    guard let ratio = ErrorRatio(contrast, metric: metric.name, examples: images, runs: runs) else {
      return "–"
    }
    let interval = ratio.confidence95.map {
      " (\(Numeral.fixed($0.lower, decimals: 2)) to \(Numeral.fixed($0.upper, decimals: 2)))"
    }
    return Numeral.fixed(ratio.ratio, decimals: 2) + (interval ?? "")
  }
}
