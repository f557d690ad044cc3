import Hummingbird
import NIOCore

/// What somebody asks for, after the gate has let it in.
struct Visit: Sendable {
  let path: String
  let query: FormFields
  /// The fields of a form that was sent; nil for a page that is looked at.
  let form: FormFields?
  /// The bytes of a picture that was sent; nil where there is none.
  let picture: [UInt8]?
  /// Whose browser it is; nil for one that has no token yet.
  let device: SharedDevice?
  /// Whether a link on a page of another server leads here.
  let isFromElsewhere: Bool
  /// Whether the browser runs on this machine.
  let isHere: Bool
  /// The version of the page that the browser has, as the server named it.
  let knownVersion: String?
  /// The host that the browser knows this server by.
  let host: String

  /// Of whoever has the device.
  var token: RoomToken? { device?.current }
}

/// What Hummingbird knows of a request beside its text.
struct VisitContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
