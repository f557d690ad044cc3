package import Notation
package import Statistics

/// What a spec needs to know of the built-in trainer, which this module never imports.
package struct Trainer: Sendable {
  /// Raised by hand when the trainer's bits change.
  package let version: Int
  package let settings: [Setting]
  /// Everything it can print.
  package let metrics: [MetricDescription]
  /// The settings that say which files a run reads, such as `dataset` and `body`.
  package let dataSettings: [String]
  /// The digest, in hexadecimal, of all that a run with these settings reads; paths in them are relative to a folder.
  package let dataDigest: @Sendable (_ settings: JSONObject, _ folder: String) throws -> String
  /// The sentence that says why these settings, each right by itself, do not go together; nil where they do.
  package let contradiction: @Sendable (JSONObject) -> String?
  /// The sentence that says why runs with these settings cannot leave these files; nil where they can.
  package let faultOfKeeping: @Sendable (JSONObject, [KeptFile]) -> String?
  /// Whether runs with these settings look features up that other runs left in the cache.
  package let sharesFeatures: @Sendable (JSONObject) -> Bool

  package init(
    version: Int,
    settings: [Setting],
    metrics: [MetricDescription],
    dataSettings: [String],
    dataDigest: @escaping @Sendable (_ settings: JSONObject, _ folder: String) throws -> String,
    contradiction: @escaping @Sendable (JSONObject) -> String? = { _ in nil },
    faultOfKeeping: @escaping @Sendable (JSONObject, [KeptFile]) -> String? = { _, _ in nil },
    sharesFeatures: @escaping @Sendable (JSONObject) -> Bool = { _ in false }
  ) {
    self.version = version
    self.settings = settings
    self.metrics = metrics
    self.dataSettings = dataSettings
    self.dataDigest = dataDigest
    self.contradiction = contradiction
    self.faultOfKeeping = faultOfKeeping
    self.sharesFeatures = sharesFeatures
  }

  /// The names of the metrics that it prints at the end of a run; those of single classes aside.
  package var finalMetrics: [String] {
    metrics.filter { !$0.isPattern && $0.roles != [.curve] }.map(\.name)
  }

  /// Whether runs can end with a metric of this name.
  package func measures(_ name: String) -> Bool {
    metrics.contains { $0.roles != [.curve] && $0.describes(name) }
  }

  /// A setting by its name.
  package func setting(named name: String) -> Setting? {
    settings.first { $0.name == name }
  }
}
