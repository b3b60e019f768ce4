// The language of the page is in its address (/?lang=en), so that nothing is stored and a link can be shared.
(() => {
  "use strict";

  const WORDS = {
    en: {
      title: "Réplique: answering the objections to digital commons",
      skip: "Go to the conversation",
      promise: "Answering the objections to digital commons, with the sources to prove it.",
      navigation: "Language and documentation",
      argumentaire: "All arguments",
      api: "API",
    },
  };

  const language = new URLSearchParams(location.search).get("lang");
  const words = WORDS[language];
  if (!words) return; // the page is written in French

  document.documentElement.lang = language;
  document.title = words.title;
  for (const node of document.querySelectorAll("[data-words]")) node.textContent = words[node.dataset.words];
  for (const node of document.querySelectorAll("[data-words-label]")) {
    node.setAttribute("aria-label", words[node.dataset.wordsLabel]);
  }
  for (const link of document.querySelectorAll("[data-reading]")) link.search = `?lang=${language}`;
  for (const link of document.querySelectorAll("[data-switch]")) link.hidden = link.dataset.switch === language;
})();
