import Foundation
import Notation
package import Statistics

/// Something that experience says to look at before a sweep is run.
package struct Finding: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case diverges
    case fails
    case missingBaseline = "missing-baseline"
    case differsWhenRepeated = "differs-when-repeated"
    case noEffect = "no-effect"
    case sameLevels = "same-levels"
    case neverRead = "never-read"
    case initialLoss = "initial-loss"
    case cannotOverfit = "cannot-overfit"
    case overlap
    case leftOut = "left-out"
    case nearDuplicates = "near-duplicates"
    case premise
    case noHeadroom = "no-headroom"
    case learningRate = "learning-rate"
    case shrink
    case flips
    case validationSet = "validation-set"
    case unmeasured
  }

  package let kind: Kind
  /// Whether the sweep's answer would mean nothing.
  package let isFatal: Bool
  /// What was found and what to do, in one sentence.
  package let sentence: String

  private init(_ kind: Kind, isFatal: Bool, _ sentence: String) {
    self.kind = kind
    self.isFatal = isFatal
    self.sentence = sentence
  }
}

/// The rules: each looks at what was measured and returns a finding or nil.
extension Finding {
  /// A training that ends in numbers that are not finite.
  package static func divergence(_ reason: String, of cell: String) -> Finding {
    Finding(
      .diverges,
      isFatal: true,
      "\(cell) does not train: \(reason); lower the learning rate before anything is compared."
    )
  }

  /// The cell in which every axis is at its first level is not part of the grid.
  package static let missingBaseline = Finding(
    .missingBaseline,
    isFatal: false,
    "The spec leaves out the cell in which every axis is at its first level, so that nothing could be tried beside it; put first the levels that comparisons begin with."
  )

  /// A baseline without a result.
  package static func failure(_ reason: String, lastLine: String?) -> Finding {
    let said = lastLine.map { ", last line '\($0)'" } ?? ""
    return Finding(
      .fails,
      isFatal: true,
      "The baseline gives no result (\(reason)\(said)), so that there is nothing to compare with."
    )
  }

  /// The same cell and seed twice must give the same bits, or a difference between cells means nothing.
  package static func repetition(_ first: [String: Double], _ second: [String: Double]) -> Finding?
  {
    let names = first.keys.sorted().filter { first[$0]?.bitPattern != second[$0]?.bitPattern }
    guard let name = names.first else { return nil }
    return Finding(
      .differsWhenRepeated,
      isFatal: true,
      "The same cell and seed gave two results (\(name): \(first[name] ?? .nan) and "
        + "\(second[name] ?? .nan)), so that seeds do not pair runs."
    )
  }

  /// An axis, or the seed, whose levels all give the same results.
  ///
  /// - Parameters:
  ///   - factor: The axis, or `seed`.
  ///   - results: Final metrics at each of its levels, all else being equal.
  /// - Returns: nil where some metric differs, or where there is one level only.
  package static func effect(of factor: String, _ results: [[String: Double]]) -> Finding? {
    guard results.count > 1, results.allSatisfy({ $0.isIdentical(to: results[0]) }) else {
      return nil
    }
    return Finding(
      .noEffect,
      isFatal: true,
      factor == "seed"
        ? "Two seeds gave identical results, so that more seeds tell nothing."
        : "All levels of '\(factor)' gave identical results: nothing reads it in this set-up."
    )
  }

  /// Levels of an axis that are one and the same thing, where others differ.
  ///
  /// - Parameters:
  ///   - levels: Their texts, two or more.
  ///   - axis: The axis.
  /// - Returns: Never fatal: a question may be about just that.
  package static func sameLevels(_ levels: [String], of axis: String) -> Finding {
    Finding(
      .sameLevels,
      isFatal: false,
      "Levels \(levels.map { "'\($0)'" }.joined(separator: " and ")) of '\(axis)' gave identical results: in this "
        + "set-up they are the same thing, and comparing them says nothing."
    )
  }

  /// A fixed setting whose default gives identical results.
  package static func reading(
    of setting: String,
    _ given: [String: Double],
    default other: [String: Double]
  ) -> Finding? {
    guard given.isIdentical(to: other) else { return nil }
    return Finding(
      .neverRead,
      isFatal: false,
      "The setting '\(setting)' is never read here: with its default the results are identical."
    )
  }

  /// A network that has learned nothing should be undecided: its loss is the logarithm of the number of classes.
  ///
  /// Half a nat and half as much again are room for the weights' random start.
  package static func initialLoss(_ loss: Double, logClasses: Double) -> Finding? {
    guard abs(loss - logClasses) > 0.5 + 0.5 * logClasses else { return nil }
    return Finding(
      .initialLoss,
      isFatal: false,
      "The loss before the first step is \(threeDigits(loss)), far from \(threeDigits(logClasses)), the "
        + "logarithm of the number of classes: look at the data's labels and scale."
    )
  }

  /// A few images, with nothing that regularizes, can be learned by heart.
  package static func smallBatch(trainLoss: Double, images: Int) -> Finding? {
    guard !(trainLoss <= 0.1) else { return nil }
    return Finding(
      .cannotOverfit,
      isFatal: true,
      "\(images) images cannot be learned by heart even without regularization (training loss "
        + "\(threeDigits(trainLoss))), so that something in the set-up keeps it from learning."
    )
  }

  /// Images that are in the training and in the validation set.
  package static func overlap(_ count: Int, of validation: Int) -> Finding? {
    guard count > 0 else { return nil }
    return Finding(
      .overlap,
      isFatal: Double(count) > 0.01 * Double(validation),
      "\(count) of \(validation) validation images are in the training data too, so that "
        + "validation measures memory."
    )
  }

  /// Files of a folder of pictures that no picture was made of.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - files: What is wrong with which of them, a line for each reason.
  ///   - folder: What they lie in.
  /// - Returns: nil where there are none.
  package static func leftOut(_ count: Int, _ files: [String], of folder: String) -> Finding? {
    guard count > 0 else { return nil }
    return Finding(
      .leftOut,
      isFatal: false,
      "\(count == 1 ? "1 file" : "\(count) files") in '\(folder)' cannot be used and "
        + "\(count == 1 ? "is" : "are") left out:" + listed(files)
    )
  }

  /// Pictures that are almost the same on both sides of the split.
  ///
  /// - Parameters:
  ///   - pairs: A validation picture and the training picture that it is like, each.
  ///   - folder: What they lie in.
  /// - Returns: nil where there are none.
  package static func nearDuplicates(_ pairs: [String], of folder: String) -> Finding? {
    guard !pairs.isEmpty else { return nil }
    return Finding(
      .nearDuplicates,
      isFatal: false,
      "\(pairs.count == 1 ? "1 validation picture" : "\(pairs.count) validation pictures") of '\(folder)' "
        + "\(pairs.count == 1 ? "looks" : "look") almost like a training picture, so that validation measures memory; keep "
        + "them on one side by 'split_by', or take one of each pair away:" + listed(pairs)
    )
  }

  private static let listedCount = 50

  /// Each on a line of its own.
  private static func listed(_ lines: [String]) -> String {
    let rest = lines.count - listedCount
    return lines.prefix(listedCount).map { "\n    \($0)" }.joined()
      + (rest > 0 ? "\n    ... and \(rest) more" : "")
  }

  /// The textbook speaks of a baseline that over-fits.
  ///
  /// - Parameters:
  ///   - trainAccuracy: Of the baseline, as a fraction.
  ///   - gap: Its validation loss less its training loss.
  ///   - isAsked: Whether a forecast of the spec depends on it.
  /// - Returns: nil where the baseline over-fits.
  package static func premise(trainAccuracy: Double, gap: Double, isAsked: Bool) -> Finding? {
    guard trainAccuracy < 0.99 || gap <= 0.05 else { return nil }
    return Finding(
      .premise,
      isFatal: false,
      "The baseline does not over-fit (training accuracy \(threeDigits(trainAccuracy)), gap "
        + "\(threeDigits(gap))), so that regularizers have little to cure"
        + (isAsked ? " and the textbook's premise is not met." : ".")
    )
  }

  /// A share that is so near 1 that it cannot rise by what matters.
  package static func headroom(_ metric: Metric, baseline: Double) -> Finding? {
    guard metric.better == .higher, metric.scale == .linear, baseline <= 1,
      metric.declaredDelta > 0,
      1 - baseline < metric.declaredDelta
    else { return nil }
    return Finding(
      .noHeadroom,
      isFatal: true,
      "The baseline's \(metric.name) is \(threeDigits(baseline)) and cannot rise by \(metric.declaredDelta), "
        + "the change that matters."
    )
  }

  /// A learning rate that a tenth or ten times of it beats by far.
  ///
  /// - Parameters:
  ///   - rate: The rate of the spec.
  ///   - loss: The training loss with it.
  ///   - others: Other rates, and the training loss with them after as many epochs.
  /// - Returns: nil where no other rate has less than half of the loss.
  package static func learningRate(
    _ rate: Double,
    loss: Double,
    others: [(rate: Double, loss: Double)]
  ) -> Finding? {
    guard let best = others.min(by: { $0.loss < $1.loss }), best.loss < loss / 2, loss > 0.1 else {
      return nil
    }
    return Finding(
      .learningRate,
      isFatal: false,
      "The learning rate \(rate) is far from sensible: after as many epochs \(shortest(best.rate)) has a "
        + "training loss of \(threeDigits(best.loss)) instead of \(threeDigits(loss))."
    )
  }

  /// Weight decay that is too weak to be seen.
  ///
  /// - Parameters:
  ///   - level: The weight decay.
  ///   - total: The sum over all steps of learning rate times weight decay.
  /// - Returns: nil for none at all and for enough.
  package static func shrink(level: String, total: Double) -> Finding? {
    guard total > 0, total < 0.3 else { return nil }
    return Finding(
      .shrink,
      isFatal: false,
      "Weight decay \(level) shrinks weights by a total of \(threeDigits(total)) over the run; below 0.3 "
        + "it is too small to see."
    )
  }

  /// Mirror images of things that have a right and a left.
  ///
  /// - Parameters:
  ///   - level: The augmentation.
  ///   - dataset: Whose images it mirrors.
  ///   - isAsked: Whether a question is about just that, so that the sweep's answer means something.
  /// - Returns: Fatal where nobody asks.
  package static func flips(_ level: String, dataset: String, isAsked: Bool) -> Finding {
    Finding(
      .flips,
      isFatal: !isAsked,
      "The augmentation \(level) mirrors images of '\(dataset)', which destroys their labels"
        + (isAsked ? "; a question asks what that does." : ".")
    )
  }

  /// A validation set whose own error is larger than the change that matters.
  ///
  /// - Parameters:
  ///   - metric: A share of validation images.
  ///   - value: Its value at the baseline.
  ///   - images: The validation images.
  /// - Returns: nil where the set is large enough.
  package static func validationSet(
    _ metric: Metric,
    value: Double,
    images: Int
  ) -> Finding? {
    guard images > 0, metric.declaredDelta > 0, metric.scale == .linear else { return nil }
    // The bound for two arms that are right or wrong independently of each other.
    let error = (2 * value * (1 - value) / Double(images)).squareRoot()
    let step = 1 / Double(images)
    guard error > metric.declaredDelta || step > metric.declaredDelta else { return nil }
    return Finding(
      .validationSet,
      isFatal: step > metric.declaredDelta,
      "\(images) validation images leave a standard error of up to \(threeDigits(max(error, step))) in a "
        + "difference of \(metric.name), more than \(metric.declaredDelta), the change that matters."
    )
  }

  /// A metric of the spec that the trainer does not give.
  package static func unmeasured(_ metric: String) -> Finding {
    Finding(
      .unmeasured,
      isFatal: true,
      "The metric '\(metric)' is not measured in this set-up, so that nothing can be said of it."
    )
  }

  /// A number that was computed from a declared one, without the digits of the computation.
  private static func shortest(_ value: Double) -> String { String(format: "%.6g", value) }

  private static func threeDigits(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    return JSONNumber((value * 1000).rounded() / 1000).text
  }
}

extension [String: Double] {
  /// Whether both have the same metrics with the same bits.
  fileprivate func isIdentical(to other: [String: Double]) -> Bool {
    count == other.count && allSatisfy { other[$0.key]?.bitPattern == $0.value.bitPattern }
  }
}
