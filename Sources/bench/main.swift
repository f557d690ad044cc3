// Times the trainer's own work: `bench step NETWORK SECONDS`.
// Sources/bench/compare.py runs it in turn with PyTorch; see `make bench`.

import Foundation

let arguments = CommandLine.arguments
switch (arguments.dropFirst().first, arguments.count) {
case ("step", 4):
  let name = arguments[2]
  guard let workload = try Workload.named(name), let seconds = Double(arguments[3]) else {
    fail("Known networks are \(Workload.names.joined(separator: ", ")).")
  }
  print(try workload.measure(seconds: seconds).line)
default:
  fail("Usage: bench step NETWORK SECONDS")
}

func fail(_ sentence: String) -> Never {
  FileHandle.standardError.write(Data((sentence + "\n").utf8))
  exit(64)
}
