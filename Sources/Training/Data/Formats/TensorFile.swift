import Foundation

/// Named arrays of floats in safetensors format: a JSON header with names, shapes and places, then the numbers.
///
/// Reference: Hugging Face, safetensors, "Format" in its README: eight bytes with the header's length, the
/// header, then little-endian numbers without holes.
package struct TensorFile: Sendable, Equatable {
  /// One array, in memory order of its shape.
  package struct Entry: Sendable, Equatable {
    package let shape: [Int]
    package let numbers: [Float]

    package init(shape: [Int], numbers: [Float]) {
      precondition(
        shape.reduce(1, *) == numbers.count,
        "\(numbers.count) numbers for shape \(shape)"
      )
      self.shape = shape
      self.numbers = numbers
    }
  }

  package var entries: [String: Entry]

  package init(_ entries: [String: Entry]) { self.entries = entries }

  private struct Header: Codable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  /// Reads a file.
  ///
  /// - Throws: `TrainingError.unreadableFile` where it is cut short, contradicts itself, or holds numbers that
  ///   are not 32-bit floats.
  package init(bytes: UnsafeRawBufferPointer, name: String) throws {
    func fault(_ reason: String) -> TrainingError { .unreadableFile(name, reason: reason) }
    guard bytes.count >= 8 else { throw fault("it is too short to be a safetensors file") }
    let length = bytes.loadUnaligned(as: UInt64.self).littleEndian
    guard length <= UInt64(bytes.count - 8) else {
      throw fault("its header is said to be \(length) bytes long, but the file ends before")
    }
    let start = 8 + Int(length)
    let headers: [String: Header]
    do {
      let json = try JSONDecoder().decode(
        [String: HeaderOrMetadata].self,
        from: Data(bytes[8..<start])
      )
      headers = json.compactMapValues(\.header)
    } catch {
      throw fault("its header is not the JSON of a safetensors file")
    }
    entries = [:]
    for (key, header) in headers {
      guard header.dtype == "F32" else {
        throw fault("'\(key)' has numbers of type \(header.dtype), not F32")
      }
      let count = header.shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
      guard header.shape.allSatisfy({ $0 >= 0 }), header.data_offsets.count == 2,
        header.data_offsets[0] >= 0,
        header.data_offsets[1] - header.data_offsets[0] == 4 * count,
        header.data_offsets[1] <= bytes.count - start
      else {
        throw fault("the numbers of '\(key)' do not lie where its header says")
      }
      let first = start + header.data_offsets[0]
      let numbers = (0..<count).map {
        Float(
          bitPattern: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: first + 4 * $0, as: UInt32.self)
          )
        )
      }
      entries[key] = Entry(shape: header.shape, numbers: numbers)
    }
  }

  /// A header's value: an array's place, or the file's free text, which is not needed.
  private struct HeaderOrMetadata: Decodable {
    let header: Header?

    init(from decoder: any Decoder) throws {
      let isMetadata = decoder.codingPath.last?.stringValue == "__metadata__"
      header = isMetadata ? nil : try Header(from: decoder)
    }
  }

  /// The file's bytes; the same arrays always give the same ones.
  package var bytes: [UInt8] {
    var headers: [String] = []
    var numbers: [UInt8] = []
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let start = numbers.count
      for number in entry.numbers {
        withUnsafeBytes(of: number.bitPattern.littleEndian) { numbers += $0 }
      }
      let shape = entry.shape.map(String.init).joined(separator: ",")
      headers.append(
        "\"\(name)\":{\"dtype\":\"F32\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(start),\(numbers.count)]}"
      )
    }
    var header = Array("{\(headers.joined(separator: ","))}".utf8)
    // The format lets spaces fill the header, so that the numbers start on a multiple of eight.
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + numbers
  }
}
