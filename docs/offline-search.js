// Search without a server. The site's search is a Worker, and a browser starts none from a file: here a hidden frame takes
// its place. It loads the same script, and what it posts goes to whoever made it.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      const url = new URL(address, document.baseURI);
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      const room = frame.contentWindow;
      const waiting = [];
      room.postMessage = (data) => {
        const event = new MessageEvent("message", { data });
        this.dispatchEvent(event);
        if (this.onmessage) this.onmessage(event);
      };
      room.importScripts = (...urls) => urls.reduce((before, each) => before.then(() => load(each)), Promise.resolve());
      const load = (each) => new Promise((done) => {
        const script = room.document.createElement("script");
        script.src = new URL(each, url);
        script.onload = done;
        room.document.body.append(script);
      });
      const deliver = (data) => room.dispatchEvent(new MessageEvent("message", { data }));
      this.postMessage = (data) => waiting.push(data);
      load(url).then(() => {
        this.postMessage = deliver;
        waiting.forEach(deliver);
      });
    }
    terminate() {}
  };
}
