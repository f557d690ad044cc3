import Execution
import Foundation
import Testing

struct DescriptorLimitTests {
  @Test func `every descriptor that is open counts`() throws {
    let before = try #require(DescriptorLimit.openCount)
    let handles = try (0..<60).map { _ in
      try #require(FileHandle(forReadingAtPath: "/dev/null"))
    }
    // Tests beside this one open and close files too, but not nearly as many.
    let during = try #require(DescriptorLimit.openCount)
    #expect(during > before + 30)
    for handle in handles { try handle.close() }
  }
}
