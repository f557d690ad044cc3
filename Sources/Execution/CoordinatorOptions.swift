package import Storage
package import Sweeps

/// What a command line says about a start of a coordinator.
package struct CoordinatorOptions: Sendable {
  package let repeats: RunPlan.Repeats
  /// What is known of the durations of runs beforehand, for the estimate that the report compares with.
  package let costs: RunCosts?
  /// Says of the id of a planned run whether it is wanted this time.
  package let isSelected: @Sendable (String) -> Bool
  /// Whether a lock that a process of another machine left is cleared.
  package let takesOver: Bool
  /// The path of the spec's file.
  package let file: String
  /// Gives the head of the sweep's chain of predictions at this moment.
  ///
  /// A file that is there and cannot be read must throw: taken for no predictions it would silence the seal.
  package let predictionHead: @Sendable () throws -> String

  /// Takes the looks that the stored results allow, writes them down, and says which runs are wanted by now; nil where
  /// every run of the grid is.
  package let demand: (@Sendable (Store, Enrollment) throws -> SeedDemand)?

  package init(
    repeats: RunPlan.Repeats = RunPlan.Repeats(),
    costs: RunCosts? = nil,
    isSelected: @escaping @Sendable (String) -> Bool = { _ in true },
    takesOver: Bool = false,
    file: String = "",
    predictionHead: @escaping @Sendable () throws -> String = { PredictionChain.noHead },
    demand: (@Sendable (Store, Enrollment) throws -> SeedDemand)? = nil
  ) {
    self.repeats = repeats
    self.costs = costs
    self.isSelected = isSelected
    self.takesOver = takesOver
    self.file = file
    self.predictionHead = predictionHead
    self.demand = demand
  }
}
