// What the pages do beyond links and forms. Without it they work all the same.
'use strict';
(() => {
  const find = (selector, from = document) => from.querySelector(selector);
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  let failed = null; // The form or field whose request got no answer, or an answer that asks to try again.
  let retrying = 0;
  let sending = null; // The upload that has no answer yet. Sent again it has the same key, so that nothing is imported twice.
  let outdated = false; // What a column means was changed during a preview, which must follow it.

  // Notices above the page.
  const notice = (style, ...children) => find('#notice').replaceChildren(make('div', { className: `notice ${style}` }, ...children));
  const retry = () => {
    clearTimeout(retrying);
    if (failed && failed === sending?.form) send();
    else if (!failed?.isConnected) location.reload();
    else if (failed.id === 'search') htmx.trigger(find('#q'), 'input');
    else failed.requestSubmit();
  };
  const retryButton = () => make('button', { type: 'button', textContent: 'Retry', onclick: retry });
  const offline = () => {
    notice('bad row', make('span', {}, 'The service cannot be reached. Your text is kept; trying again every few seconds.'), retryButton());
    clearTimeout(retrying);
    retrying = setTimeout(retry, 5000);
  };
  const countDown = (element) => {
    let left = Number(element.dataset.retryAfter);
    const tick = () => {
      if (!element.isConnected) return;
      element.textContent = left > 0 ? `${'again' in element.dataset ? 'Trying' : 'Try'} again in ${left} ${left === 1 ? 'second' : 'seconds'}.` : 'You can try again now.';
      if (left-- > 0) setTimeout(tick, 1000);
      else if ('again' in element.dataset) retry();
    };
    tick();
  };

  // Drafts: what was typed is kept for a day, and offered again.
  const day = 86400000;
  const fields = (form) => [...form.elements].filter((field) => field.name && !['hidden', 'submit', 'button'].includes(field.type));
  const textOf = (form) => JSON.stringify(fields(form).map((field) => [field.name, field.value]));
  const draftKey = () => `draft:${location.pathname}`;
  const store = (work) => { try { return work(localStorage); } catch { return null; } };
  const dropDraft = () => store((kept) => kept.removeItem(draftKey()));
  const isDirty = () => { const form = find('form[data-draft]'); return form?.dataset.shown !== undefined && form.dataset.shown !== textOf(form); };
  const keepDraft = (form) => (isDirty() ? store((kept) => kept.setItem(draftKey(), JSON.stringify({ at: Date.now(), text: textOf(form) }))) : dropDraft());
  const offerDraft = (form) => {
    const draft = store((kept) => JSON.parse(kept.getItem(draftKey())));
    if (!draft || Date.now() - draft.at > day || draft.text === textOf(form)) return dropDraft();
    const close = () => find('#notice').replaceChildren();
    const use = () => {
      for (const [name, value] of JSON.parse(draft.text)) if (form.elements[name]) form.elements[name].value = value;
      close();
      fields(form)[0]?.focus();
    };
    return notice('row', make('span', {}, `You typed something here at ${new Date(draft.at).toLocaleTimeString([], { timeStyle: 'short' })} that was not saved.`),
      make('span', { className: 'actions' }, make('button', { type: 'button', textContent: 'Use it', onclick: use }),
        make('button', { type: 'button', textContent: 'Discard', onclick: () => { dropDraft(); close(); } })));
  };

  // Live changes: they are marked and counted, and nothing moves by itself.
  let stream = null;
  let since = document.body.dataset.revision;
  let news = 0;
  const show = () => location.assign(location.pathname + location.search.replace(/([?&])saved=[^&]*&?/, '$1').replace(/[?&]$/, ''));
  const announce = (text) => {
    const live = find('#live');
    if (live) live.replaceChildren(make('div', { className: 'notice row' }, make('span', {}, text), make('button', { type: 'button', textContent: 'Show', onclick: show })));
  };
  const isMine = (change) => change.Revision === new URLSearchParams(location.search).get('saved');
  const changed = (change) => {
    const page = find('[data-film-page]');
    if (isMine(change) || (page && page.dataset.filmPage !== change.Id)) return;
    news += 1;
    for (const row of document.querySelectorAll('[data-film]')) if (row.dataset.film === change.Id) row.classList.add('is-changed');
    announce(page ? `${change.By} has ${change.Deleted ? 'deleted' : 'changed'} this film.` : `${news} ${news === 1 ? 'change' : 'changes'} since you opened this page.`);
  };
  const listen = () => {
    if (stream || !since || document.hidden) return;
    stream = new EventSource(`/changes?since=${encodeURIComponent(since)}`);
    stream.onmessage = (event) => { since = event.lastEventId; changed(JSON.parse(event.data)); };
    stream.addEventListener('reset', (event) => { // The stream is refused: for good only if the catalogue is another one.
      stream.close();
      since = null;
      if (JSON.parse(event.data).status === 410 && !sessionStorage.getItem('reset')) { sessionStorage.setItem('reset', '1'); location.reload(); }
    });
    stream.onopen = () => store(() => sessionStorage.removeItem('reset'));
  };
  const deafen = () => { stream?.close(); stream = null; };

  // Uploads: htmx uses fetch, which does not tell how much has been sent. The file stays chosen for the import after the preview.
  const options = () => new URLSearchParams([...new FormData(find('#options'))].filter(([, value]) => value !== ''));
  const fileOf = (form) => {
    const text = form.elements.text?.value.trim();
    return text === undefined ? form.elements.file.files[0] : new File([text], `pasted.${{ '{': 'ndjson', '[': 'json' }[text[0]] ?? 'csv'}`);
  };
  const upload = (form, button) => {
    const [query, body] = [options(), new FormData()];
    outdated = false;
    if (button && 'preview' in button.dataset) query.set('dryRun', 'true');
    body.append('file', fileOf(form));
    sending = { form, query, body, key: [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
    send();
  };
  const send = () => {
    const { form, query, body, key } = sending;
    const [request, bar, cancel] = [new XMLHttpRequest(), find('#progress'), find('#cancel')];
    const busy = (is) => {
      bar.hidden = cancel.hidden = !is;
      document.querySelectorAll('form.upload button').forEach((button) => { button.disabled = is; });
    };
    const end = () => { busy(false); sending = null; };
    failed = form;
    request.open('POST', `/ui/import?${query}`);
    request.setRequestHeader('HX-Request', 'true');
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = ({ loaded, total }) => { bar.value = loaded / total; };
    request.upload.onload = () => { cancel.hidden = true; bar.removeAttribute('value'); };
    request.onload = () => {
      busy(false);
      if (![401, 429, 503].includes(request.status)) sending = null;
      const selector = request.getResponseHeader('HX-Retarget') ?? '#result';
      if (selector === '#result') find('#notice').replaceChildren();
      const target = find(selector);
      target.innerHTML = request.responseText;
      arrive(target);
      target.focus();
      if (!sending && outdated) { outdated = false; again(); }
    };
    request.onerror = () => {
      busy(false);
      notice('bad row', make('span', {}, 'The connection was lost before the service answered. Sending the file again imports nothing twice.'), retryButton());
    };
    request.onabort = () => { end(); notice('row', make('span', {}, 'The upload was cancelled. Nothing was stored.')); };
    cancel.onclick = () => request.abort();
    bar.value = 0;
    find('#notice').replaceChildren();
    busy(true);
    request.send(body);
  };
  const again = () => (sending ? (outdated = true) : find('form.upload [data-preview][data-last]')?.click());
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('form.upload')) return;
    if (event.submitter?.hasAttribute('data-plain')) {
      event.submitter.formAction = `/imports?${new URLSearchParams([...options(), ['dryRun', 'true'], ['report', 'lines']])}`;
      return;
    }
    event.preventDefault();
    document.querySelectorAll('[data-last]').forEach((button) => button.removeAttribute('data-last'));
    find('[data-preview]', event.target).setAttribute('data-last', '');
    upload(event.target, event.submitter);
  });

  // What a column of the file means is chosen above it, and the preview follows.
  document.addEventListener('change', (event) => {
    if (!event.target.matches('#sample select')) return;
    const columns = [...document.querySelectorAll('#sample select')];
    const quote = (name) => (/[,"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
    for (const other of columns) if (other !== event.target && other.value !== '' && other.value === event.target.value) other.value = '';
    find('#columns').value = columns.filter((column) => column.value).map((column) => quote(`${column.value}:${column.name}`)).join(',');
    find('#ignore').value = columns.filter((column) => !column.value).map((column) => quote(column.name)).join(',');
    again();
  });

  // Keyboard.
  const rows = () => [...document.querySelectorAll('tr[data-film] th a')];
  const move = (by) => { const all = rows(); all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + by))]?.focus(); };
  const keys = {
    '/': () => (find('#q') ? find('#q').select() : location.assign('/ui/films')),
    j: () => move(1),
    k: () => move(-1),
    n: () => (find('[data-key="n"]') ?? find('.brand')).click(),
    e: () => find('form[data-main] input:not([type="hidden"])')?.focus(),
    '?': () => find('#help').showModal(),
  };
  document.addEventListener('keydown', (event) => {
    const typing = event.target.matches('input, select, textarea');
    if ((event.ctrlKey || event.metaKey) && event.key === 's' && find('form[data-main]')) {
      event.preventDefault();
      find('form[data-main]').requestSubmit();
    } else if (event.key === 'Escape' && typing) {
      event.target.blur();
    } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && !find('dialog[open]') && keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  const arrive = (root) => {
    root.querySelectorAll('.with-script').forEach((element) => { element.hidden = false; });
    root.querySelectorAll('.without-script').forEach((element) => { element.hidden = true; });
    root.querySelectorAll('[data-retry-after]').forEach(countDown);
    const form = find('form[data-draft]');
    if (form && form.dataset.shown === undefined) form.dataset.shown = textOf(form);
    find('[data-focus]', root)?.focus();
    if (find('#notice [data-retry-now]')) retry();
  };
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-retry]')) retry();
    if (event.target.closest('[data-help]')) keys['?']();
  });
  document.addEventListener('input', (event) => { const form = event.target.closest('form[data-draft]'); if (form) keepDraft(form); });
  document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => { clearTimeout(retrying); find('#results')?.setAttribute('aria-busy', 'true'); if (!ctx.sourceElement.closest('#notice')) failed = ctx.sourceElement; });
  document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
    if (ctx.response.status < 400) find('#notice').replaceChildren();
    if (ctx.response.headers.has('HX-Redirect')) { dropDraft(); delete find('form[data-draft]')?.dataset.shown; }
  });
  document.addEventListener('htmx:finally:request', () => find('#results')?.removeAttribute('aria-busy'));
  document.addEventListener('htmx:after:swap', () => arrive(document));
  document.addEventListener('htmx:error', ({ detail }) => { if (detail.ctx?.request && !detail.ctx.response) offline(); });
  addEventListener('online', () => { if (find('#notice .bad')) retry(); });
  addEventListener('beforeunload', (event) => { if (isDirty()) event.preventDefault(); });
  addEventListener('pagehide', deafen);
  addEventListener('pageshow', listen);
  document.addEventListener('visibilitychange', () => (document.hidden ? deafen() : listen()));

  if (find('[data-saved]')) dropDraft();
  arrive(document);
  if (find('form[data-draft]')) offerDraft(find('form[data-draft]'));
  listen();
})();
