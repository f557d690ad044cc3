/// What a run may use before it is ended, and when the whole sweep gives up.
package struct Limits: Sendable, Equatable {
  /// How long one attempt may take.
  package enum Timeout: Sendable, Equatable {
    case duration(Duration)
    /// Per cent of the median duration of the runs that finished.
    case percentOfMedian(Double)
  }

  /// When no further run is started.
  package enum Halt: Sendable, Equatable {
    case never
    case firstFailure
    /// Per cent of the planned runs that failed.
    case percentFailed(Double)
  }

  package let timeout: Timeout?
  /// Further attempts of a failed run within one start.
  package let retries: Int
  /// Bytes of resident memory that one run may use.
  package let memoryBytes: Int?
  /// Processors that one run occupies.
  package let cores: Int
  /// nil where the spec does not say, which lets a sweep stop whose first runs all fail alike.
  package let halt: Halt?

  package init(
    timeout: Timeout? = nil,
    retries: Int = 0,
    memoryBytes: Int? = nil,
    cores: Int = 1,
    halt: Halt? = nil
  ) {
    self.timeout = timeout
    self.retries = retries
    self.memoryBytes = memoryBytes
    self.cores = cores
    self.halt = halt
  }
}
