import Execution
import Foundation
import Testing

struct DescriptorLimitTests {
  @Test func `every descriptor that is open counts`() throws {
    let before = try #require(DescriptorLimit.openCount)
    // Closed in programs that tests beside this one start, for they have limits of their own.
    let descriptors = (0..<60).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
    defer { for descriptor in descriptors { close(descriptor) } }
    try #require(descriptors.allSatisfy { $0 >= 0 })
    // Tests beside this one open and close files too, but not nearly as many.
    let during = try #require(DescriptorLimit.openCount)
    #expect(during > before + 30)
  }
}
