// A secret that is shown once: it can be copied, and leaving the page asks as long as it was not.
'use strict';
(() => {
  let isCopied = false;
  const secret = () => document.querySelector('[data-secret]');
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    try {
      await navigator.clipboard.writeText(secret().textContent);
      button.textContent = 'Copied';
      isCopied = true;
    } catch {
      getSelection().selectAllChildren(secret());
      button.textContent = 'Selected: press Ctrl+C';
    }
  });
  document.addEventListener('copy', () => { if (secret()) isCopied = true; });
  document.addEventListener('htmx:after:swap', () => {
    isCopied = false;
    document.querySelectorAll('#page .with-script').forEach((element) => { element.hidden = false; });
  });
  addEventListener('beforeunload', (event) => { if (secret() && !isCopied) event.preventDefault(); });
})();
