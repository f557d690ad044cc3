import Foundation

/// Where the program begins, by the name that the package's linker gives to it.
@_cdecl("Fuzz_main")
public func main(
  _ count: CInt,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  var (count, words) = (count, words)
  return runDriver(&count, &words) { start, size in
    target.read(Array(UnsafeBufferPointer(start: start, count: size)))
    return 0
  }
}

/// libFuzzer's own main function.
///
/// Reference: https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ read: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The reader that gets the inputs, as the variable `FUZZ_TARGET` says.
private let target: Target = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = Target(rawValue: name) else {
    let names = Target.allCases.map(\.rawValue).joined(separator: " ")
    preconditionFailure("FUZZ_TARGET is '\(name)'; there is: \(names)")
  }
  return target
}()
