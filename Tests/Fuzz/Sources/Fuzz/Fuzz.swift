import Foundation

/// What libFuzzer calls with each input; the variable `FUZZ_TARGET` says which reader gets it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let target: Target = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = Target(rawValue: name) else {
    let names = Target.allCases.map(\.rawValue).joined(separator: " ")
    preconditionFailure("FUZZ_TARGET is '\(name)'; there is: \(names)")
  }
  return target
}()
