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

  // Notices above the page.
  const notice = (style, ...children) => find('#notice').replaceChildren(make('div', { className: `notice ${style}` }, ...children));
  const retry = () => {
    clearTimeout(retrying);
    if (!failed?.isConnected) location.reload();
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
      element.textContent = left > 0 ? `Try again in ${left} ${left === 1 ? 'second' : 'seconds'}.` : 'You can try again now.';
      if (left-- > 0) setTimeout(tick, 1000);
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
  const upload = (form, button) => {
    const [request, bar, key] = [new XMLHttpRequest(), find('#progress'), crypto.randomUUID?.()];
    const busy = (is) => { bar.hidden = !is; form.querySelectorAll('button').forEach((other) => { other.disabled = is; }); };
    const query = new URLSearchParams(new FormData(find('#options')));
    if (button && 'preview' in button.dataset) query.set('dryRun', 'true');
    request.open('POST', `/ui/import?${query}`);
    request.setRequestHeader('HX-Request', 'true');
    if (key) request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = ({ loaded, total }) => { bar.value = loaded / total; };
    request.onload = () => {
      busy(false);
      const target = find(request.getResponseHeader('HX-Retarget') ?? '#result');
      target.innerHTML = request.responseText;
      arrive(target);
      target.focus();
    };
    request.onerror = () => { busy(false); failed = form; notice('bad', make('p', { textContent: 'The file was not received completely. Nothing was stored unless the list of changes shows it.' })); };
    busy(true);
    const body = new FormData();
    body.append('file', find('#file').files[0]);
    request.send(body);
  };
  document.addEventListener('submit', (event) => { if (event.target.id === 'upload') { event.preventDefault(); upload(event.target, event.submitter); } });

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

  document.querySelectorAll('.with-script').forEach((element) => { element.hidden = false; });
  document.querySelectorAll('.without-script').forEach((element) => { element.hidden = true; });
  if (find('[data-saved]')) dropDraft();
  arrive(document);
  if (find('form[data-draft]')) offerDraft(find('form[data-draft]'));
  listen();
})();
