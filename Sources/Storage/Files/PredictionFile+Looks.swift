package import Foundation
package import Sweeps

/// The looks of a rule of seeds in the chain.
extension PredictionFile {
  /// Seals a spec before anything of it runs, where nobody has predicted on it yet.
  ///
  /// - Parameters:
  ///   - spec: The spec that will be run.
  ///   - date: When it is sealed.
  /// - Throws: `PredictionChainError`, `PredictionFileError`, or that the file cannot be written.
  package func seal(_ spec: Spec, at date: Date) throws {
    try appending(of: spec, at: date) { _ in }
  }

  /// Appends the looks that the chain does not hold yet; durable when it returns.
  ///
  /// - Parameters:
  ///   - looks: All that were taken, the first one first.
  ///   - spec: The spec whose rule took them.
  ///   - date: When they were taken.
  /// - Throws: `PredictionChainError`, `PredictionFileError`, or that the file cannot be written.
  package func append(_ looks: [TakenLook], of spec: Spec, at date: Date) throws {
    try appending(of: spec, at: date) { chain in
      for look in looks.dropFirst(chain.looks.count) { chain.append(look) }
    }
  }
}
