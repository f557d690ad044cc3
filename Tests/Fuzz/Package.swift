// swift-tools-version: 6.2

import PackageDescription

let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"]),
]

/// The readers of what comes from outside, compiled for libFuzzer with the address sanitizer.
///
/// The C parts have the sanitizer for undefined behaviour too. The modules are those of the program, by links.
let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  targets: [
    // In place of the library: a check sum that an input may guess, so that what lies behind a chain's links and a
    // run's identity is reached.
    .target(name: "Crypto", swiftSettings: house),
    .target(name: "Statistics", swiftSettings: house),
    .target(name: "Notation", dependencies: ["Crypto"], swiftSettings: house),
    .target(
      name: "Kernels",
      exclude: ["data"],
      cSettings: [
        .unsafeFlags([
          "-fsanitize=fuzzer-no-link,address,undefined", "-fsanitize-trap=undefined",
        ])
      ],
      linkerSettings: [
        .linkedLibrary("png16", .when(platforms: [.linux])),
        .linkedLibrary("jpeg", .when(platforms: [.linux])),
        .linkedLibrary("webp", .when(platforms: [.linux])),
        .linkedLibrary("z"),
      ]
    ),
    .target(
      name: "Training",
      dependencies: ["Kernels", "Notation", "Statistics"],
      swiftSettings: house
    ),
    .target(
      name: "Sweeps",
      dependencies: ["Crypto", "Notation", "Statistics"],
      swiftSettings: house
    ),
    .target(name: "Worker", dependencies: ["Notation", "Sweeps"], swiftSettings: house),
    .target(name: "Forms", swiftSettings: house),
    .target(name: "Storage", dependencies: ["Notation", "Sweeps"], swiftSettings: house),
    .target(
      name: "Cluster",
      dependencies: ["Notation", "Storage", "Sweeps"],
      swiftSettings: house
    ),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Cluster", "Forms", "Kernels", "Notation", "Statistics", "Sweeps", "Training", "Worker",
      ],
      swiftSettings: house,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]
    ),
  ],
  swiftLanguageModes: [.v6]
)
