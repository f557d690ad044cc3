import Foundation

/// Whether the long tests of `make slow` run: with `SLOW=1`, and never without it.
///
/// Any other value ends the tests at once, because a proof that was asked for and quietly left out is none.
package let runsLongTests: Bool = {
  switch ProcessInfo.processInfo.environment["SLOW"] {
  case nil: return false
  case "1": return true
  case let value?:
    preconditionFailure("SLOW is '\(value)'; long tests run with SLOW=1, and otherwise without it")
  }
}()
