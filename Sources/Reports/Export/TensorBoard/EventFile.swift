/// A file of TensorBoard: scalars, and what its HParams tab reads.
///
/// Reference: the messages of https://github.com/tensorflow/tensorboard, `event.proto`, `summary.proto` and
/// `tensor.proto` under `tensorboard/compat/proto`.
struct EventFile {
  private var records = RecordFile()
  private var value = ProtobufMessage()
  private var summary = ProtobufMessage()

  var bytes: [UInt8] { records.bytes }

  /// - Parameter wallTime: Seconds since 1970.
  init(wallTime: Double) {
    var event = ProtobufMessage()
    event.append(1, wallTime)
    event.append(3, "brain.Event:2")
    records.append(event.bytes)
  }

  /// A tag, encoded once for all its values.
  struct Tag {
    fileprivate let bytes: [UInt8]

    init(_ name: String) {
      var message = ProtobufMessage()
      message.append(1, name)
      bytes = message.bytes
    }
  }

  /// Adds what was measured at one step; TensorBoard keeps single precision.
  mutating func append(step: Int64, wallTime: Double, scalars: [(tag: Tag, value: Double)]) {
    guard !scalars.isEmpty else { return }
    summary.removeAll()
    for scalar in scalars {
      value.removeAll()
      value.append(encoded: scalar.tag.bytes)
      value.append(2, present: Float(scalar.value))
      summary.append(1, value)
    }
    append(step: step, wallTime: wallTime, summary)
  }

  /// Adds data of a plugin, which are a value without content whose metadata hold them.
  mutating func append(tag: String, plugin: String, content: ProtobufMessage, wallTime: Double) {
    var data = ProtobufMessage()
    data.append(1, plugin)
    data.append(2, content)
    var metadata = ProtobufMessage()
    metadata.append(1, data)
    // A tensor of floats (type 1) of the shape (0).
    var shape = ProtobufMessage()
    shape.append(2, ProtobufMessage())
    var tensor = ProtobufMessage()
    tensor.append(1, 1 as Int64)
    tensor.append(2, shape)
    var value = ProtobufMessage()
    value.append(1, tag)
    value.append(8, tensor)
    value.append(9, metadata)
    var summary = ProtobufMessage()
    summary.append(1, value)
    append(step: 0, wallTime: wallTime, summary)
  }

  private mutating func append(step: Int64, wallTime: Double, _ summary: ProtobufMessage) {
    var event = ProtobufMessage()
    event.append(1, wallTime)
    event.append(2, step)
    event.append(5, summary)
    records.append(event.bytes)
  }
}
