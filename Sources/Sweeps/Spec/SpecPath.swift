import Foundation

/// Paths of a spec, which are relative to its folder.
package enum SpecPath {
  /// A path of a spec as seen from the root; `directory` is what it is relative to.
  package static func absolute(_ path: String, in directory: String) -> String {
    if path.hasPrefix("/") { return path }
    return (directory as NSString).appendingPathComponent(path)
  }
}
