import Notation
import Storage
package import Sweeps

/// What a command line says about a start of a coordinator.
package struct CoordinatorOptions: Sendable {
  /// Programs at a time.
  package let jobs: Int
  package let repeats: RunPlan.Repeats
  /// What is known of the durations of runs beforehand, for the estimate that the report compares with.
  package let costs: RunCosts?
  /// Says of the id of a planned run whether it is wanted this time.
  package let isSelected: @Sendable (String) -> Bool
  /// Whether a lock that a process of another machine left is cleared.
  package let takesOver: Bool
  /// The path of the spec's file.
  package let file: String
  /// The program and arguments that call ``Sentry/watch(mark:input:)`` with one more argument; empty for none.
  package let sentry: [String]
  /// Gives the head of the sweep's chain of predictions at this moment.
  package let predictionHead: @Sendable () -> String

  package init(
    jobs: Int,
    repeats: RunPlan.Repeats = RunPlan.Repeats(),
    costs: RunCosts? = nil,
    isSelected: @escaping @Sendable (String) -> Bool = { _ in true },
    takesOver: Bool = false,
    file: String = "",
    sentry: [String] = [],
    predictionHead: @escaping @Sendable () -> String = { PredictionChain.noHead }
  ) {
    self.jobs = jobs
    self.repeats = repeats
    self.costs = costs
    self.isSelected = isSelected
    self.takesOver = takesOver
    self.file = file
    self.sentry = sentry
    self.predictionHead = predictionHead
  }
}
