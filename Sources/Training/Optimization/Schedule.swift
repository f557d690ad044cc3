/// How the learning rate moves over the steps of a phase.
package enum Schedule: Sendable, Equatable {
  case constant
  /// Down from the top to 0 along half a cosine wave.
  case cosine
  /// Up from a share of the top along a cosine for a share of the steps, then down to 0.
  ///
  /// Reference: Smith and Topin (2018), Super-convergence, arXiv 1708.07120; the places of the steps are
  /// those of `torch.optim.lr_scheduler.OneCycleLR`.
  case oneCycle(warmUpShare: Double, startShare: Double)

  /// A quarter of the steps up from a twenty-fifth.
  package static let oneCycle = Schedule.oneCycle(warmUpShare: 0.25, startShare: 1.0 / 25)

  /// The schedules by the names of the setting.
  package static let named: [(name: String, schedule: Schedule)] = [
    ("one_cycle", .oneCycle), ("cosine", .cosine), ("constant", .constant),
  ]

  /// The share of the highest rate.
  ///
  /// - Parameters:
  ///   - step: Counts from 0.
  ///   - total: Steps of the phase.
  /// - Returns: From 0 to 1.
  package func share(step: Int, of total: Int) -> Double {
    switch self {
    case .constant: 1
    case .cosine: Self.wave(from: 1, to: 0, at: Double(step) / Double(total))
    case .oneCycle(let warmUpShare, let startShare):
      Self.cycle(step: step, of: total, warmUpShare: warmUpShare, startShare: startShare)
    }
  }

  /// How far up the rate's way a step is, where it goes up and down: 0 at both ends and 1 at the top.
  ///
  /// The momentum that falls by this share of its cycle is that of `OneCycleLR` with `cycle_momentum`.
  package func height(step: Int, of total: Int) -> Double {
    guard case .oneCycle(let warmUpShare, _) = self else { return 0 }
    return Self.cycle(step: step, of: total, warmUpShare: warmUpShare, startShare: 0)
  }

  private static func cycle(
    step: Int,
    of total: Int,
    warmUpShare: Double,
    startShare: Double
  ) -> Double {
    let peak = warmUpShare * Double(total) - 1
    let end = Double(total) - 1
    let position = Double(step)
    if position <= peak {
      return wave(from: startShare, to: 1, at: peak == 0 ? 1 : position / peak)
    }
    let start = max(peak, 0)
    return wave(from: 1, to: 0, at: end > start ? (position - start) / (end - start) : 0)
  }

  /// Half a cosine wave between two values.
  private static func wave(from start: Double, to end: Double, at share: Double) -> Double {
    end + (start - end) / 2 * (1 + Elementary.cosine(Double.pi * share))
  }
}
