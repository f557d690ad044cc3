import Notation

/// Named arrays of floats in safetensors format: a JSON header with names, shapes and offsets, then the numbers.
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
  /// Free text by its key, which a header may carry.
  package var texts: [String: String] = [:]

  package init(_ entries: [String: Entry]) { self.entries = entries }

  /// Reads a file; whole numbers, such as PyTorch's `num_batches_tracked`, are no weights and are left out.
  ///
  /// - Throws: `TrainingError.unreadableFile` where it is cut short, contradicts itself, or holds numbers that
  ///   are neither 32-bit floats nor whole.
  package init(bytes: UnsafeRawBufferPointer, name: String) throws {
    func fault(_ reason: String) -> TrainingError { .unreadableFile(name, reason: reason) }
    guard bytes.count >= 8 else { throw fault("it is too short to be a safetensors file") }
    let length = bytes.loadUnaligned(as: UInt64.self).littleEndian
    guard length <= UInt64(bytes.count - 8) else {
      throw fault("its header is said to be \(length) bytes long, but the file ends before")
    }
    let start = 8 + Int(length)
    var reader = JSONReader(SourceText(path: name, bytes: Array(bytes[8..<start])))
    guard let header = reader.document()?.value.object, reader.faults.isEmpty else {
      throw fault("its header is not the JSON of a safetensors file")
    }
    entries = [:]
    for text in header[Self.freeText]?.object?.members ?? [] { texts[text.key] = text.value.string }
    for member in header.members where member.key != Self.freeText {
      guard let array = ArrayHeader(member.value) else {
        throw fault("its header is not the JSON of a safetensors file")
      }
      guard let size = array.type == "F32" ? 4 : Self.wholeSizes[array.type] else {
        throw fault("'\(member.key)' has numbers of type \(array.type), not F32")
      }
      guard let range = array.range(ofSize: size), range.upperBound <= bytes.count - start else {
        throw fault("the numbers of '\(member.key)' do not lie where its header says")
      }
      guard array.type == "F32" else { continue }
      let own = bytes[start + range.lowerBound..<start + range.upperBound]
      entries[member.key] = Entry(shape: array.shape, numbers: Self.numbers(own))
    }
  }

  private static func numbers(_ bytes: Slice<UnsafeRawBufferPointer>) -> [Float] {
    let bits = [UInt32](unsafeUninitializedCapacity: bytes.count / 4) { bits, count in
      UnsafeMutableRawBufferPointer(bits).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes))
      count = bytes.count / 4
    }
    return bits.map { Float(bitPattern: UInt32(littleEndian: $0)) }
  }

  /// Bytes of one number of each type of whole numbers.
  private static let wholeSizes = [
    "BOOL": 1, "U8": 1, "I8": 1, "U16": 2, "I16": 2, "U32": 4, "I32": 4, "U64": 8, "I64": 8,
  ]

  /// A header's key for text that is no array.
  private static let freeText = "__metadata__"

  /// What a header says of an array.
  private struct ArrayHeader {
    let type: String
    let shape: [Int]
    private let offsets: [Int]

    /// nil where it is not written as the format has it.
    init?(_ json: JSON) {
      func whole(_ key: String) -> [Int]? {
        guard case .array(let elements)? = json.object?[key] else { return nil }
        let numbers = elements.compactMap(\.integer)
        return numbers.count == elements.count ? numbers : nil
      }
      guard let type = json.object?["dtype"]?.string, let shape = whole("shape"),
        let offsets = whole("data_offsets")
      else { return nil }
      (self.type, self.shape, self.offsets) = (type, shape, offsets)
    }

    /// The bytes of the numbers, nil where they are not as many as the shape asks for.
    func range(ofSize size: Int) -> Range<Int>? {
      guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else { return nil }
      var bytes = size
      for length in shape {
        let (product, overflows) = bytes.multipliedReportingOverflow(by: length)
        guard length >= 0, !overflows else { return nil }
        bytes = product
      }
      return offsets[1] - offsets[0] == bytes ? offsets[0]..<offsets[1] : nil
    }
  }

  /// The file's bytes; the same arrays always give the same ones.
  package var bytes: [UInt8] {
    var headers = JSONObject()
    if !texts.isEmpty {
      let members = texts.sorted { $0.key < $1.key }
        .map { JSONObject.Member(key: $0.key, value: .string($0.value)) }
      headers[Self.freeText] = .object(JSONObject(members))
    }
    var numbers: [UInt8] = []
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let start = numbers.count
      entry.numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { numbers += $0 }
      func whole(_ numbers: [Int]) -> JSON { .array(numbers.map { .number(JSONNumber($0)) }) }
      headers[name] = [
        "dtype": "F32", "shape": whole(entry.shape),
        "data_offsets": whole([start, numbers.count]),
      ]
    }
    var header = Array(JSON.object(headers).text.utf8)
    // The format lets spaces fill the header, so that the numbers start on a multiple of eight.
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + numbers
  }
}
