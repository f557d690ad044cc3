/// The little that pages do by themselves, `/live.js`: they follow the lesson without being loaded again.
///
/// It listens to `/events` and asks every two seconds where that fails, fetches the page with `?live=1` and puts it into
/// `main` where it differs. Nothing that somebody is typing is touched; what could not be sent is sent again, and the
/// form's nonce makes it count once. Without it all forms work as they are.
package enum LiveScript {
  package static let text = """
    (() => {
      'use strict';
      const main = document.getElementById('live');
      const note = document.getElementById('note');
      const heard = document.getElementById('heard');
      const query = new URLSearchParams(location.search);
      query.set('live', '1');
      const address = location.pathname + '?' + query;
      let last = null, isAsking = false, isWanted = false, presses = 0, sending = 0;

      const fields = 'input[type=text], textarea';
      const isTyping = () => {
        const field = document.activeElement;
        return main.querySelector('canvas[data-drawn]') || (main.contains(field) && field.matches(fields + ', select'))
          || [...main.querySelectorAll(fields)].some(field => field.value !== field.defaultValue);
      };
      // A network that is gone may keep a request waiting for minutes.
      const ask = (path, options) => {
        const patience = new AbortController();
        const end = setTimeout(() => patience.abort(), 6000);
        return fetch(path, { ...options, signal: patience.signal }).finally(() => clearTimeout(end));
      };
      const say = text => { if (note.textContent !== text) note.textContent = text; };

      const show = text => {
        if (text === last) return;
        last = text;
        const focus = document.activeElement && document.activeElement.id;
        const open = [...main.querySelectorAll('details[open][id]')].map(part => part.id);
        const heading = main.querySelector('h1')?.textContent;
        main.innerHTML = text;
        for (const id of open) {
          const part = document.getElementById(id);
          if (part) part.open = true;
        }
        const again = focus && focus !== 'live' && document.getElementById(focus);
        if (again) again.focus({ preventScroll: true });
        const now = main.querySelector('h1')?.textContent;
        // For those who cannot see that the page is another one.
        if (now && now !== heading) { scrollTo(0, 0); heard.textContent = now; }
        tick();
      };

      const refresh = async () => {
        if (isAsking) { isWanted = true; return; }
        isAsking = true;
        try {
          const answer = await ask(address, { cache: 'no-store' });
          if (answer.ok) {
            const text = await answer.text();
            if (sending) isWanted = true;
            else if (!isTyping()) show(text);
            else if (text !== last) moved(text);
            if (note.dataset.lost) { delete note.dataset.lost; say(''); }
          }
        } catch { lost(); }
        isAsking = false;
        if (isWanted && !sending) { isWanted = false; refresh(); }
      };
      const lost = () => {
        note.dataset.lost = '1';
        say('No connection. This page tries again by itself.');
      };
      // Somebody is typing while the lesson went on: what is typed stays until they look.
      const moved = text => {
        const part = new DOMParser().parseFromString(text, 'text/html');
        const heading = part.querySelector('h1')?.textContent;
        const form = main.querySelector('form[id]');
        if (heading === main.querySelector('h1')?.textContent && (!form || part.getElementById(form.id))) return;
        note.textContent = 'The lesson has gone on. ';
        const link = document.createElement('a');
        link.href = location.href;
        link.textContent = 'Go there';
        note.append(link);
      };

      // One after the other, so that the last press is the last to arrive.
      let queue = Promise.resolve();
      const post = (form, submitter) => {
        const body = new URLSearchParams(new FormData(form));
        if (submitter && submitter.name) body.append(submitter.name, submitter.value);
        if (body.has('nonce')) body.set('nonce', body.get('nonce') + '.' + ++presses);
        sending += 1;
        main.setAttribute('aria-busy', 'true');
        if (submitter) submitter.setAttribute('aria-busy', 'true');
        queue = queue.then(() => send(form.action, body, submitter)).then(() => {
          if (!sending) main.removeAttribute('aria-busy');
        });
      };
      const send = async (action, body, submitter) => {
        let answer, text;
        while (!answer) {
          try {
            const arrived = await ask(action, { method: 'POST', body });
            text = await arrived.text();
            answer = arrived;
          } catch {
            lost();
            await new Promise(done => setTimeout(done, 2000));
          }
        }
        sending -= 1;
        const page = new DOMParser().parseFromString(text, 'text/html').getElementById('live');
        if (!answer.ok) {
          if (submitter) submitter.removeAttribute('aria-busy');
          say(page ? [...page.querySelectorAll('h1, p')].map(part => part.textContent).join(' ')
            : 'That was not taken.');
          return;
        }
        delete note.dataset.lost;
        say('');
        // Somebody else has the device, and is told other things.
        if (action.endsWith('/hand') && events) listen();
        if (sending) return;
        if (page && new URL(answer.url).pathname === location.pathname) {
          show(page.innerHTML);
          last = null;
        } else { await refresh(); }
      };
      addEventListener('submit', event => {
        const form = event.target;
        // A browser that does not say which button was pressed sends the form as it always did.
        if (!main.contains(form) || form.method !== 'post' || !event.submitter) return;
        event.preventDefault();
        post(form, event.submitter);
      });
      // A reason that was written and left is kept without a press.
      addEventListener('change', event => {
        const field = event.target;
        if (field.matches('textarea') && field.form) post(field.form, null);
      });

      addEventListener('keydown', event => {
        if (event.target.closest('button, summary, a, ' + fields + ', select')) return;
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const key = [' ', 'ArrowRight', 'PageDown'].includes(event.key) ? 'next'
          : ['ArrowLeft', 'PageUp'].includes(event.key) ? 'back' : null;
        const form = key && main.querySelector('form[data-key=' + key + ']');
        if (!form) return;
        event.preventDefault();
        if (!event.repeat && !sending) post(form, null);
      });

      const skew = new Map();
      const tick = () => {
        for (const clock of main.querySelectorAll('[data-until]')) {
          const sent = clock.dataset.now;
          if (!skew.has(sent)) skew.set(sent, sent - Date.now());
          const left = clock.dataset.until - Date.now() - skew.get(sent);
          clock.textContent = Math.max(0, Math.ceil(left / 1000)) + ' s';
        }
      };
      setInterval(tick, 1000);
      let events = null;
      const listen = () => {
        if (events) events.close();
        events = new EventSource('/events?place=' + document.body.className);
        events.onmessage = refresh;
      };
      if (window.EventSource) listen();
      setInterval(() => {
        if (!events || events.readyState !== 1) refresh();
        if (events && events.readyState === 2) listen();
      }, 2000);
      // A page that the back button brings back shows an old moment.
      addEventListener('pageshow', event => { if (event.persisted) refresh(); });
      addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
    })();

    """
}
