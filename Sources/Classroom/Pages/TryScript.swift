/// How a phone draws, makes photographs small and sends them, `/try.js`.
///
/// A drawing is white on black, with a pen that is a twelfth of the canvas wide: so strokes are about as thick as the set's
/// once the server has scaled the box around them to 20 pixels. A photograph's shorter side becomes 320 pixels at most.
package enum TryScript {
  package static let text = """
    (() => {
      'use strict';
      const limit = 200000, shorter = 320;
      const pad = () => document.getElementById('pad');
      const form = () => document.getElementById('try');
      const say = text => { const said = document.getElementById('said'); if (said) said.textContent = text; };
      let pen = null, isSending = false;

      const clear = canvas => {
        const context = canvas.getContext('2d');
        context.fillStyle = '#000';
        context.fillRect(0, 0, canvas.width, canvas.height);
        delete canvas.dataset.drawn;
      };
      const at = (canvas, event) => {
        const box = canvas.getBoundingClientRect();
        return [(event.clientX - box.left) * canvas.width / box.width,
          (event.clientY - box.top) * canvas.height / box.height];
      };
      const stroke = (canvas, from, to) => {
        const context = canvas.getContext('2d');
        context.strokeStyle = '#fff';
        context.lineCap = context.lineJoin = 'round';
        context.lineWidth = canvas.width / 12;
        context.beginPath();
        context.moveTo(...from);
        context.lineTo(...to);
        context.stroke();
      };
      const isPad = target => target instanceof HTMLCanvasElement && target.id === 'pad'
        && target.closest('form').dataset.kind === 'drawing';
      addEventListener('pointerdown', event => {
        if (!isPad(event.target)) return;
        event.preventDefault();
        const canvas = event.target;
        if (!canvas.dataset.drawn) clear(canvas);
        canvas.dataset.drawn = '1';
        pen = at(canvas, event);
        canvas.setPointerCapture(event.pointerId);
        stroke(canvas, pen, pen);
      });
      addEventListener('pointermove', event => {
        if (!pen || !isPad(event.target)) return;
        for (const each of event.getCoalescedEvents ? event.getCoalescedEvents() : [event]) {
          const next = at(event.target, each);
          stroke(event.target, pen, next);
          pen = next;
        }
      });
      for (const kind of ['pointerup', 'pointercancel']) addEventListener(kind, () => { pen = null; });
      // A finger that draws must not move the page.
      addEventListener('touchstart', event => { if (isPad(event.target)) event.preventDefault(); }, { passive: false });

      addEventListener('click', event => {
        if (event.target.id !== 'wipe' || !pad()) return;
        clear(pad());
        say('');
      });
      addEventListener('change', event => {
        const file = event.target.id === 'picture' && event.target.files[0];
        if (!file) return;
        const reader = new FileReader();
        reader.onload = () => {
          const image = new Image();
          image.onerror = () => say('This file is no picture that the browser can show.');
          image.onload = () => draw(image);
          image.src = reader.result;
        };
        reader.readAsDataURL(file);
      });
      const draw = image => {
        const canvas = pad();
        if (!canvas) return;
        const context = canvas.getContext('2d');
        if (form().dataset.kind === 'drawing') {
          clear(canvas);
          const scale = Math.min(canvas.width / image.width, canvas.height / image.height);
          const [width, height] = [image.width * scale, image.height * scale];
          context.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
        } else {
          const scale = Math.min(1, shorter / Math.min(image.width, image.height));
          canvas.width = Math.max(1, Math.round(image.width * scale));
          canvas.height = Math.max(1, Math.round(image.height * scale));
          // A panorama stays within what is taken: its middle is what networks look at.
          canvas.width = Math.min(canvas.width, 4 * shorter);
          canvas.height = Math.min(canvas.height, 4 * shorter);
          const [width, height] = [image.width * scale, image.height * scale];
          context.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
        }
        canvas.dataset.drawn = '1';
        say('');
      };

      const blob = (canvas, kind, quality) => new Promise(done => canvas.toBlob(done, kind, quality));
      const small = async canvas => {
        const png = await blob(canvas, 'image/png');
        if (png.size <= limit) return png;
        for (const quality of [0.92, 0.8, 0.6]) {
          const jpeg = await blob(canvas, 'image/jpeg', quality);
          if (jpeg.size <= limit) return jpeg;
        }
        return null;
      };
      const send = async () => {
        const canvas = pad();
        if (!canvas || !canvas.dataset.drawn) {
          return say(form().dataset.kind === 'drawing' ? 'Draw something first.' : 'Take a photograph first.');
        }
        isSending = true;
        document.getElementById('ask').setAttribute('aria-busy', 'true');
        say('The networks look at it …');
        const patience = new AbortController();
        const end = setTimeout(() => patience.abort(), 60000);
        try {
          const picture = await small(canvas);
          if (!picture) return say('This picture cannot be made small enough. Take another.');
          const query = new URLSearchParams({ kind: form().dataset.kind, as: form().dataset.as });
          const ask = () => fetch('/picture?' + query, {
            method: 'POST', body: picture, headers: { 'Content-Type': picture.type }, signal: patience.signal,
          });
          let answer = await ask();
          // A whole class has pressed at once: who finds no room waits for it.
          while (answer.status === 503) {
            say('Others are waiting, too …');
            await new Promise(done => setTimeout(done, 1000 + 1000 * Math.random()));
            answer = await ask();
          }
          const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
          const said = document.getElementById('said');
          if (!said) return;
          if (answer.ok) {
            said.replaceChildren(...page.body.childNodes);
            said.scrollIntoView({ block: 'start' });
            // What is on the canvas was answered: the page may go on with the lesson.
            delete canvas.dataset.drawn;
          } else {
            say([...page.querySelectorAll('main h1, main p')].map(part => part.textContent).join(' '));
          }
        } catch {
          say('No answer came. Try again.');
        } finally {
          clearTimeout(end);
          isSending = false;
          const button = document.getElementById('ask');
          if (button) button.removeAttribute('aria-busy');
        }
      };
      addEventListener('submit', event => {
        if (event.target.id !== 'try') return;
        event.preventDefault();
        if (!isSending) send();
      });
    })();

    """
}
