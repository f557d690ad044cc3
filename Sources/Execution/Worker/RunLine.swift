package import Notation
package import Sweeps

/// What a program that makes one run after another is told of the next one.
///
/// ```
/// {"run":"3f2a51c09b6d7e84","seed":0,"settings":{"degree":3},"run_dir":"/home/a/results/p/runs/3f2a51c09b6d7e84"}
/// ```
package struct RunLine: Sendable, Equatable {
  package let json: JSON

  /// - Parameters:
  ///   - run: The run.
  ///   - folder: The folder that is its own, as an absolute path.
  package init(_ run: Run, folder: String) {
    json = [
      "run": .string(run.id), "seed": JSON(run.seed), "settings": .object(run.settings),
      "run_dir": .string(folder),
    ]
  }

  /// The line without its end.
  package var text: String { json.text }
}
