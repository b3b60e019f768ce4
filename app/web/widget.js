/**
 * <replique-chat>: sends an objection to Réplique's API and shows the answers, each with its sources.
 *
 * One file, no dependency, no build step: this is the source. Attributes, slots, events and errors: README.md.
 * It stores nothing, asks nothing before the visitor opens it, and turns data into DOM nodes, never into HTML.
 */
(() => {
  "use strict";

  const TAG = "replique-chat";
  if (customElements.get(TAG)) return; // a page may include the script twice
  // In a browser that is too old, what the page wrote inside the element stays in its place.
  if (!AbortSignal.any || !CSS.supports("color", "light-dark(red, red)")) return;

  // Every word the widget says on its own behalf. In French, \u202f is the narrow no-break space of its typography.
  const STRINGS = {
    fr: {
      name: "Réplique",
      launch: "Une objection\u202f?",
      close: "Fermer la conversation",
      conversation: "Conversation",
      greeting: "Quelle objection aux communs numériques voulez-vous examiner\u202f? Écrivez-la avec vos mots.",
      starters: "Souvent entendu\u202f:",
      privacy: "Réponses écrites à l’avance, sans cookie. N’écrivez rien de confidentiel.",
      label: "Votre objection",
      placeholder: "Ex.\u202f: on va nous copier",
      hint: "Entrée pour envoyer, Maj + Entrée pour aller à la ligne",
      send: "Envoyer",
      empty: "Écrivez d’abord une objection.",
      counter: (used, limit) => `${used} caractères sur ${limit}`,
      full: (limit) => `Limite de ${limit} caractères atteinte.`,
      you: "Vous\u202f: ",
      bot: "Réplique\u202f: ",
      searching: "Je cherche dans l’argumentaire…",
      slow: "C’est plus long que d’habitude, je cherche encore…",
      sure: "J’en suis sûr.",
      fairlySure: "J’en suis assez sûr.",
      unsure: "Je n’en suis pas sûr.",
      concession: "Ce qui est juste dans l’objection",
      details: "Plus de détails",
      sources: "Sources",
      caveat: "Réserve\u202f: ",
      newTab: " (nouvel onglet)",
      question: "À demander en retour",
      others: (count) => (count > 1 ? `${count} autres arguments` : "Un autre argument"),
      copy: "Copier avec les sources",
      copied: "Copié",
      notCopied: "La copie a échoué",
      grade: "Niveau de preuve ",
      grades: {
        A: "étude relue par des pairs, norme ou loi",
        B: "rapport public ou grande enquête",
        C: "cas rapporté par un tiers",
        D: "témoignage, atelier ou opinion",
      },
      retry: "Réessayer",
      errors: {
        offline: "La connexion n’a pas abouti. Votre texte est conservé\u202f; vérifiez votre réseau, puis réessayez.",
        slow: "La réponse n’est pas arrivée à temps. Votre texte est conservé.",
        busy: "Beaucoup de demandes arrivent en ce moment. Votre texte est conservé\u202f; réessayez dans un instant.",
        service: "Le service ne peut pas répondre pour le moment. Votre texte est conservé.",
        refused: "Le message n’a pas pu être traité. Votre texte est conservé.",
      },
    },
    en: {
      name: "Réplique",
      launch: "An objection?",
      close: "Close the conversation",
      conversation: "Conversation",
      greeting: "Which objection to digital commons would you like to examine? Type it in your own words.",
      starters: "Often heard:",
      privacy: "Answers written beforehand, no cookies. Type nothing confidential.",
      label: "Your objection",
      placeholder: "E.g. they will copy us",
      hint: "Enter to send, Shift + Enter for a new line",
      send: "Send",
      empty: "Type an objection first.",
      counter: (used, limit) => `${used} of ${limit} characters`,
      full: (limit) => `Limit of ${limit} characters reached.`,
      you: "You: ",
      bot: "Réplique: ",
      searching: "Searching the arguments…",
      slow: "This is taking longer than usual, still searching…",
      sure: "I am sure of it.",
      fairlySure: "I am fairly sure of it.",
      unsure: "I am not sure of it.",
      concession: "What is right in the objection",
      details: "More detail",
      sources: "Sources",
      caveat: "Caveat: ",
      newTab: " (new tab)",
      question: "To ask in return",
      others: (count) => (count > 1 ? `${count} other arguments` : "One other argument"),
      copy: "Copy with sources",
      copied: "Copied",
      notCopied: "Copying failed",
      grade: "Grade of evidence ",
      grades: {
        A: "peer-reviewed study, standard or law",
        B: "public report or large survey",
        C: "case told by a third party",
        D: "testimony, workshop or opinion",
      },
      retry: "Try again",
      errors: {
        offline: "The connection failed. Your text is kept; check your network, then try again.",
        slow: "The answer did not arrive in time. Your text is kept.",
        busy: "Many questions are coming in right now. Your text is kept; try again in a moment.",
        service: "The service cannot answer for the moment. Your text is kept.",
        refused: "The message could not be handled. Your text is kept.",
      },
    },
  };

  const MAX_LENGTH = 2000; // the API refuses longer objections
  const COUNTER_FROM = 1800; // below, counting would only distract
  const STARTERS = 5;
  const SURE = 0.8; // calibrated probabilities, said in words
  const FAIRLY_SURE = 0.5;
  const SLOW_AFTER = 4000; // milliseconds before we say that it takes longer than usual
  const GIVE_UP_AFTER = 30000;
  const COPIED_FOR = 2500;
  const NARROW = "(max-width: 30rem)"; // where the bubble's panel takes the whole screen

  // Read now: `currentScript` is null as soon as the script has run.
  const OWN_ORIGIN = document.currentScript?.src ? new URL(document.currentScript.src).origin : location.origin;

  const STYLE = `
    :host {
      display: block;
      color-scheme: light dark;
      --accent: var(--replique-accent, light-dark(#0d5c63, #86d3d0));
      --on-accent: var(--replique-on-accent, light-dark(#fff, #06282b));
      --background: var(--replique-background, light-dark(#fff, #16191c));
      --surface: var(--replique-surface, light-dark(#f3f5f4, #21262a));
      --text: var(--replique-text, light-dark(#171b1e, #eceff0));
      --muted: var(--replique-muted, light-dark(#565e64, #a9b2b8));
      --line: var(--replique-line, light-dark(#dde1e0, #343b40));
      --control: var(--replique-control, light-dark(#79838a, #7d8890));
      --danger: var(--replique-danger, light-dark(#9c2b1f, #f3aa9f));
      --radius: var(--replique-radius, 0.75em);
      --gutter: max(1.125rem, (100% - 44rem) / 2); /* lines stay short enough to read in a wide frame */
    }
    :host([theme="light"]) { color-scheme: light; }
    :host([theme="dark"]) { color-scheme: dark; }
    :host([hidden]), [hidden] { display: none !important; }
    :host([mode="page"]) { display: flex; flex-direction: column; }

    /* What the page says of \`*\` or of the element itself stops here. */
    .panel, .launcher { all: initial; box-sizing: border-box; color-scheme: inherit; color: var(--text);
      font: 400 var(--replique-font-size, 1rem)/1.55 var(--replique-font, system-ui, -apple-system, "Segoe UI", Roboto,
        "Noto Sans", "Liberation Sans", sans-serif); -webkit-text-size-adjust: 100%; }
    *, ::before, ::after { box-sizing: border-box; }
    h2, h3, p, ul, ol, hgroup, figure { margin: 0; padding: 0; font: inherit; }
    ul { list-style: none; }
    button { font: inherit; letter-spacing: inherit; color: inherit; cursor: pointer; border: 0; background: none;
      padding: 0; }
    svg { width: 1.25em; height: 1.25em; fill: none; stroke: currentColor; stroke-width: 1.75; flex: none;
      stroke-linecap: round; stroke-linejoin: round; }
    a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; overflow-wrap: anywhere; }
    a:hover { text-decoration-thickness: 2px; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 0.25em; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap; }
    .small { font-size: 0.875em; color: var(--muted); }

    /* The frame: a bubble's dialog, a block in a page, or a page of its own. */
    .launcher { position: fixed; right: 1.25rem; bottom: 1.25rem; z-index: var(--replique-z-index, 1000);
      display: flex; align-items: center; gap: 0.6em; cursor: pointer; min-height: 3.25em; padding: 0 1.4em 0 1.15em;
      border-radius: 2em; background: var(--accent); color: var(--on-accent); font-weight: 600;
      box-shadow: 0 1px 2px rgb(0 0 0 / 0.2), 0 6px 20px rgb(0 0 0 / 0.16); }
    .launcher:hover { box-shadow: 0 1px 2px rgb(0 0 0 / 0.25), 0 8px 28px rgb(0 0 0 / 0.26); }
    .launcher:focus-visible { outline-offset: 3px; border-radius: 2em; }
    dialog { position: fixed; inset: auto 1.25rem 1.25rem auto; z-index: var(--replique-z-index, 1000);
      width: min(var(--replique-width, 27rem), 100vw - 2.5rem);
      height: min(var(--replique-height, 43rem), 100dvh - 2.5rem);
      max-width: none; max-height: none; margin: 0; padding: 0; border: 1px solid var(--line);
      border-radius: var(--radius); background: var(--background); color: inherit; overflow: hidden;
      box-shadow: 0 2px 6px rgb(0 0 0 / 0.08), 0 16px 48px rgb(0 0 0 / 0.2); }
    .panel { container-type: inline-size; display: flex; flex-direction: column; min-width: 0; height: 100%;
      background: var(--background); }
    .panel.inline { height: var(--replique-height, 38rem); border: 1px solid var(--line); border-radius: var(--radius);
      overflow: hidden; }
    .panel.page { height: auto; flex: 1; }
    header { display: flex; align-items: center; gap: 0.75em; padding: 0.6em 0.75em 0.6em var(--gutter);
      flex: none; border-bottom: 1px solid var(--line); }
    .heading { flex: 1; min-width: 0; }
    h2 { font-weight: 650; letter-spacing: -0.01em; }
    h2:focus { outline: none; }
    .page header { border: 0; padding: 0; }
    .close { display: grid; place-items: center; width: 2.5em; height: 2.5em; border-radius: 0.5em; color: var(--muted); }
    .close:hover { background: var(--surface); color: var(--text); }

    /* The conversation. */
    .log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; position: relative;
      padding: 1.25em var(--gutter); display: flex; flex-direction: column; gap: 1.5em; }
    .log:focus-visible { outline-offset: -2px; }
    .page .log { overflow: visible; padding: 2em 0 2.5em; }
    .turn { scroll-margin-top: 1rem; min-width: 0; }
    .yours { align-self: flex-end; max-width: 85%; padding: 0.6em 1em; background: var(--surface);
      border-radius: var(--radius) var(--radius) 0.2em var(--radius); overflow-wrap: anywhere; }
    .yours .said { display: block; white-space: pre-wrap; }
    .message { overflow-wrap: anywhere; text-wrap: pretty; }
    .page .greeting { font-size: 1.375em; line-height: 1.32; font-weight: 600; letter-spacing: -0.012em; }
    .chips { display: flex; flex-wrap: wrap; gap: 0.5em; margin-top: 0.75em; }
    .chip { min-height: 2.4em; padding: 0.35em 1em; font-size: 0.9375em; border: 1px solid var(--control); border-radius: 1.2em;
      text-align: start; line-height: 1.35; overflow-wrap: anywhere; }
    .chip:hover { border-color: var(--accent); background: var(--surface); }
    .chip:focus-visible { border-radius: 1.2em; }

    /* An answer: said aloud first, proven right below. */
    .answer { margin-top: 1.1em; }
    .line { font-size: 1.375em; line-height: 1.32; font-weight: 600; letter-spacing: -0.012em; text-wrap: pretty;
      overflow-wrap: anywhere; }
    .title { margin-top: 0.6em; color: var(--muted); overflow-wrap: anywhere; }
    .term { font-size: 0.875em; font-weight: 600; color: var(--muted); }
    .part { margin-top: 1.1em; overflow-wrap: anywhere; text-wrap: pretty; }
    .concession { padding-inline-start: 0.9em; border-inline-start: 3px solid var(--accent); }
    summary { cursor: pointer; min-height: 1.75em; border-radius: 0.25em; }
    .more { margin-top: 1em; }
    .more > summary { color: var(--accent); font-weight: 600; width: fit-content; padding-block: 0.15em; }
    .more > summary:hover { text-decoration: underline; text-underline-offset: 0.2em; }
    .text { display: grid; gap: 0.8em; padding-top: 0.6em; overflow-wrap: anywhere; }
    .text .summary { font-weight: 500; }
    .text ul, .text ol { display: grid; gap: 0.4em; padding-inline-start: 1.25em; }
    .text ul { list-style: disc; }
    .sources { display: grid; gap: 0.9em; margin-top: 0.5em; }
    .source { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 0.75em; line-height: 1.45; }
    .grade { display: grid; place-items: center; width: 1.75em; height: 1.75em; border-radius: 0.3em; font-size: 0.875em;
      font-weight: 700; border: 1.5px solid var(--control); color: var(--muted); margin-top: 0.05em; }
    .grade.A { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
    .grade.B { border-color: var(--accent); color: var(--accent); }
    .caveat { margin-top: 0.2em; color: var(--text); }
    .copy { display: inline-flex; align-items: center; gap: 0.5em; min-height: 2.25em; margin-top: 1em; padding: 0 0.85em;
      border: 1px solid var(--line); border-radius: 0.5em; font-size: 0.875em; font-weight: 500; }
    .copy:hover { border-color: var(--control); background: var(--surface); }
    .others { margin-top: 1.75em; border-top: 1px solid var(--line); padding-top: 1em; }
    .other { border-bottom: 1px solid var(--line); }
    .other:last-child { border: 0; }
    .other > summary { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1em; padding: 0.8em 0;
      list-style: none; align-items: start; }
    .other > summary::-webkit-details-marker { display: none; }
    .other > summary:hover h3 { text-decoration: underline; text-underline-offset: 0.2em; }
    .other h3 { font-weight: 600; line-height: 1.4; overflow-wrap: anywhere; }
    .other .said { grid-column: 1; color: var(--muted); line-height: 1.45; overflow-wrap: anywhere; }
    .other[open] .said { font-size: 1.2em; color: var(--text); font-weight: 600; line-height: 1.35; padding-top: 0.3em; }
    .other svg { margin-top: 0.1em; color: var(--muted); }
    .other[open] > summary svg { transform: rotate(180deg); }
    .other > .body { padding-bottom: 1.5em; }
    .other > .body > :first-child { margin-top: 0.2em; }

    /* Below the conversation: what is going on, what went wrong, and the field. */
    .foot { flex: none; position: relative; z-index: 1; padding: 0 var(--gutter); background: var(--background);
      box-shadow: 0 -0.75em 0.75em var(--background); }
    .page .foot { padding: 0 0 0.5em; }
    .status:not(:empty) { display: flex; align-items: center; gap: 0.6em; padding-bottom: 0.75em; color: var(--muted);
      font-size: 0.9375em; }
    .busy .status::before { content: ""; width: 0.9em; height: 0.9em; border-radius: 50%; flex: none;
      border: 2px solid var(--line); border-top-color: var(--accent); }
    .error { display: flex; flex-wrap: wrap; align-items: center; gap: 0.6em 1em; margin-bottom: 0.75em;
      padding: 0.7em 0.7em 0.7em 1em; border: 1px solid var(--danger); border-radius: var(--radius); line-height: 1.45; }
    .error p { flex: 1 1 15em; overflow-wrap: anywhere; }
    .retry { min-height: 2.25em; padding: 0 1em; border: 1px solid var(--control); border-radius: 0.5em;
      font-weight: 600; }
    .retry:hover { background: var(--surface); }
    form { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: end; gap: 0 0.75em;
      padding: 0.6em 0.6em 0.6em 1em; border: 1px solid var(--control); border-radius: var(--radius); }
    form:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
    label { grid-column: 1 / -1; font-size: 0.8125em; font-weight: 600; color: var(--muted); }
    textarea { grid-column: 1 / -1; width: 100%; min-height: 1.6em; max-height: 9.5em; padding: 0.1em 0; border: 0;
      resize: none; field-sizing: content; background: none; color: inherit; font: inherit; }
    textarea:focus-visible { outline: none; } /* the whole form shows the focus */
    textarea::placeholder { color: var(--muted); opacity: 1; }
    .notes { align-self: center; font-size: 0.8125em; line-height: 1.35; color: var(--muted); }
    .counter { font-variant-numeric: tabular-nums; }
    .send { display: flex; align-items: center; gap: 0.5em; min-height: 2.5em; padding: 0 1em; border-radius: 0.5em;
      background: var(--accent); color: var(--on-accent); font-weight: 600; }
    .send svg { width: 1.1em; height: 1.1em; }
    .send[aria-disabled="true"] { background: var(--surface); color: var(--muted); cursor: progress; }
    .privacy { flex: none; padding: 0.75em var(--gutter) 0.9em; font-size: 0.8125em; line-height: 1.4; color: var(--muted);
      text-wrap: pretty; }
    .page .privacy { padding: 0.5em 0 1.5em; }

    @container (max-width: 26rem) {
      .line, .page .greeting { font-size: 1.25em; }
    }
    /* In a narrow frame the conversation gets the room: one row for the field and a button without words. */
    @container (max-width: 32rem) {
      textarea { grid-column: 1; }
      .send { grid-area: 2 / 2; padding: 0 0.7em; }
      .send span, .hint { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
        white-space: nowrap; }
      .notes { grid-column: 1 / -1; }
    }
    @media ${NARROW} {
      dialog { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; }
    }
    /* On a short screen a fixed field would leave no room to read. */
    @media (min-height: 32rem) {
      .page .foot { position: sticky; bottom: 0; }
      /* What gets the focus must not end up behind the field. */
      .page .log :is(a, button, summary) { scroll-margin-block: 1rem 13rem; }
    }
    @media (prefers-reduced-motion: no-preference) {
      .log { scroll-behavior: smooth; }
      .busy .status::before { animation: turn 0.9s linear infinite; }
      .other > summary svg { transition: transform 0.15s; }
      @keyframes turn { to { transform: rotate(1turn); } }
    }
    @media (forced-colors: active) {
      .grade, .send, .launcher, .yours { border: 1px solid; }
    }
    @media print { .foot, .launcher, .copy { display: none; } }
  `;

  // Constructed, so that a page whose CSP forbids inline styles needs no exception for us; shared by all widgets.
  const SHEET = new CSSStyleSheet();
  SHEET.replaceSync(STYLE);

  const ICONS = {
    speak: "M4 5.5h16v10.5H11l-4.5 3.5v-3.5H4z",
    close: "M6 6l12 12M18 6L6 18",
    send: "M5 12h13M12.5 6l6 6-6 6",
    copy: "M9 9h10v11H9zM15 9V4H5v11h4",
    open: "M6 9.5l6 6 6-6",
  };

  /** Make an element: `on…` attributes are listeners; null and false attributes, and empty children, are left out. */
  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children.filter(Boolean));
    return node;
  }

  function icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  /** Return a link to an http(s) address, which opens beside the conversation, or the text alone. */
  function link(address, text, say) {
    if (!/^https?:\/\//i.test(address ?? "")) return make("span", {}, text);
    const note = make("span", { class: "hidden" }, say.newTab);
    return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text, note);
  }

  /** Render the part of Markdown that arguments use: paragraphs and lists. */
  function renderMarkdown(markdown, say) {
    const blocks = [];
    let open = null;
    for (const line of markdown.split(/\r?\n/)) {
      const item = line.match(/^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/);
      if (!line.trim()) {
        open = null;
      } else if (item) {
        const tag = item[1] ? "ol" : "ul";
        if (open?.tag !== tag) blocks.push((open = { tag, start: item[1], texts: [] }));
        open.texts.push(item[2]);
      } else if (open) {
        open.texts.push(`${open.texts.pop()} ${line.trim()}`);
      } else {
        blocks.push((open = { tag: "p", texts: [line.trim()] }));
      }
    }
    return blocks.map(({ tag, start, texts }) =>
      tag === "p"
        ? make("p", {}, ...renderInline(texts[0], say))
        : make(tag, { start }, ...texts.map((text) => make("li", {}, ...renderInline(text, say)))),
    );
  }

  /** Render **bold**, *italic* and [links](https://…); anything else, HTML included, stays text. */
  function renderInline(text, say) {
    const marked = /\*\*(.+?)\*\*|\*(?!\s)([^*]+?)\*|\[([^\]]+)\]\((https?:\/\/[^\s()]+)\)/g;
    const nodes = [];
    let from = 0;
    for (const found of text.matchAll(marked)) {
      const [whole, bold, italic, label, address] = found;
      nodes.push(text.slice(from, found.index));
      if (bold) nodes.push(make("strong", {}, ...renderInline(bold, say)));
      else if (italic) nodes.push(make("em", {}, ...renderInline(italic, say)));
      else nodes.push(link(address, label, say));
      from = found.index + whole.length;
    }
    return [...nodes, text.slice(from)];
  }

  /** Render the argument to say first: open, its one-liner in large type. */
  function renderFirst(answer, say) {
    const { language: lang } = answer;
    return make(
      "div",
      { class: "answer" },
      make(
        "hgroup",
        { lang },
        make("p", { class: "line" }, answer.one_liner),
        make("h3", { class: "title" }, answer.title),
      ),
      ...renderParts(answer, say),
    );
  }

  /** Render an argument of a lower rank: one tap away. */
  function renderOther(answer, say) {
    const { language: lang } = answer;
    return make(
      "details",
      { class: "other" },
      make(
        "summary",
        {},
        make("h3", { lang }, answer.title),
        icon("open"),
        make("span", { class: "said", lang }, answer.one_liner),
      ),
      make("div", { class: "body" }, ...renderParts(answer, say)),
    );
  }

  function renderParts(answer, say) {
    return [
      renderPart("part concession", say.concession, answer.concession, answer.language),
      renderDetails(answer, say),
      renderSources(answer.sources ?? [], say),
      renderPart("part", say.question, answer.return_question, answer.language),
      renderCopy(answer, say),
    ];
  }

  function renderPart(className, term, text, lang) {
    return text && make("div", { class: className }, make("p", { class: "term" }, term), make("p", { lang }, text));
  }

  function renderDetails(answer, say) {
    const text = make("div", { class: "text", lang: answer.language });
    text.append(make("p", { class: "summary" }, answer.summary), ...renderMarkdown(answer.body ?? "", say));
    return make("details", { class: "more" }, make("summary", {}, say.details), text);
  }

  function renderSources(sources, say) {
    const items = sources.map((source) => renderSource(source, say));
    // Read on demand: announced with the answer, they would bury it.
    return make(
      "div",
      { class: "part", "aria-live": "off" },
      make("p", { class: "term", "aria-hidden": "true" }, say.sources),
      make("ul", { class: "sources", role: "list", "aria-label": say.sources }, ...items),
    );
  }

  function renderSource(source, say) {
    const { grade } = source;
    const known = say.grades[grade];
    // An institution is often both author and publisher: said once.
    const facts = [...new Set([source.authors, source.year, source.publisher])].filter(Boolean).join(", ");
    return make(
      "li",
      { class: "source" },
      make("span", { class: `grade ${known ? grade : ""}` }, make("span", { class: "hidden" }, say.grade), grade),
      make(
        "div",
        {},
        make("p", {}, link(source.url, source.title, say)),
        make("p", { class: "small" }, facts, known && ` · ${known}`),
        source.caveat && make("p", { class: "small caveat" }, make("strong", {}, say.caveat), source.caveat),
      ),
    );
  }

  /** Render the button that copies the one-liner and its sources, as text to paste in a message or a slide. */
  function renderCopy(answer, say) {
    const label = make("span", {}, say.copy);
    const news = make("span", { class: "hidden", role: "status" });
    const sources = (answer.sources ?? []).map(({ citation, url }) => `- ${citation}${url ? ` ${url}` : ""}\n`);
    const copy = async () => {
      const done = await copyText(`${answer.one_liner}\n\n${say.sources}\n${sources.join("")}`, button);
      label.textContent = news.textContent = done ? say.copied : say.notCopied;
      setTimeout(() => {
        label.textContent = say.copy;
        news.textContent = "";
      }, COPIED_FOR);
    };
    const button = make("button", { class: "copy", type: "button", onclick: copy }, icon("copy"), label);
    return make("div", {}, button, news);
  }

  async function copyText(text, beside) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // No clipboard for pages served over plain http, nor in some iframes: the older command works there.
      const area = make("textarea", { class: "hidden", "aria-hidden": "true" });
      area.value = text;
      beside.after(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      beside.focus();
      return done;
    }
  }

  /** Why an exchange failed: `kind` is a key of the strings' `errors`. */
  class Failure extends Error {
    constructor(kind, { status = 0, problem = null } = {}) {
      super(problem?.detail ?? kind);
      Object.assign(this, { kind, status, problem });
    }

    static of(response, problem) {
      const { status } = response;
      const kind = status === 429 ? "busy" : status >= 400 && status < 500 ? "refused" : "service";
      return new Failure(kind, { status, problem });
    }
  }

  class RepliqueChat extends HTMLElement {
    /** The words of every widget on the page; a host may change one, or add a language. */
    static strings = STRINGS;
    static observedAttributes = ["mode", "lang", "greeting", "argumentaire"];

    #busy = false;
    #context = null; // what the server wants back with the next message; it keeps nothing itself
    #failed = null; // the message to send again
    #connection = null; // aborted when the element leaves the page
    #startersKey = null; // what the starter chips were asked for

    connectedCallback() {
      this.#connection = new AbortController();
      if (!this.shadowRoot) this.#build();
      this.#arrange();
    }

    disconnectedCallback() {
      this.#connection.abort();
      if (!this.#starters.childElementCount) this.#startersKey = null; // the request under way ends here
      if (this.#dialog.open) this.#dialog.close();
    }

    attributeChangedCallback() {
      if (this.shadowRoot && this.isConnected) this.#arrange();
    }

    /** `bubble`, `inline` or `page`. */
    get mode() {
      const mode = this.getAttribute("mode");
      return mode === "inline" || mode === "page" ? mode : "bubble";
    }

    /** Open the bubble; the other modes are always open. */
    open() {
      if (this.mode !== "bubble" || this.#dialog.open || !this.isConnected) return;
      // Over the whole screen, the page behind must be out of reach of Tab and of screen readers.
      if (matchMedia(NARROW).matches) this.#dialog.showModal();
      else this.#dialog.show();
      this.#launcher.hidden = true;
      // A touch keyboard would cover the greeting, so only a real keyboard starts in the field.
      (matchMedia("(pointer: fine)").matches ? this.#field : this.#title).focus();
      this.#loadStarters();
    }

    /** Close the bubble; focus goes back to the button that opened it. */
    close() {
      this.#dialog?.close();
    }

    /** Send an objection, as if the visitor had typed it. */
    async ask(text, { language = null, objectionId = null } = {}) {
      const objection = text.trim();
      if (this.#busy || !objection || !this.isConnected) return;
      this.open();
      this.#clearError();
      this.#setBusy(true);
      const question = this.#showQuestion(objection); // after what changes the height of the conversation
      let reply;
      try {
        reply = await this.#exchange("/api/v1/answers", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({
            objection,
            language,
            argumentaire: this.getAttribute("argumentaire") || null,
            context: objectionId ? { ...this.#context, objection_id: objectionId } : this.#context,
          }),
        });
      } catch (failure) {
        question.remove();
        this.#keep(objection, { language, objectionId });
        if (failure.kind !== "left") this.#showError(failure);
        return;
      } finally {
        this.#setBusy(false);
      }
      this.#context = reply.context ?? null;
      this.#showReply(reply, question);
      this.#emit(reply.outcome === "declined" ? "declined" : "answer", reply);
    }

    /**
     * Make one HTTP request: the only place that touches the network, for a host or a test to override.
     * @returns {Promise<Response>}
     */
    request(path, options) {
      const base = this.getAttribute("api") || OWN_ORIGIN;
      return fetch(base.replace(/\/+$/, "") + path, options);
    }

    // ---- Talking with the service

    async #exchange(path, options = {}) {
      const signal = AbortSignal.any([this.#connection.signal, AbortSignal.timeout(GIVE_UP_AFTER)]);
      const headers = { Accept: "application/json", "Accept-Language": this.#language, ...options.headers };
      let response, body;
      try {
        response = await this.request(path, { credentials: "omit", ...options, headers, signal });
        body = await response.json().catch(() => null);
        signal.throwIfAborted(); // the body may have been cut short
      } catch (error) {
        throw new Failure({ AbortError: "left", TimeoutError: "slow" }[error.name] ?? "offline");
      }
      if (!response.ok || !body) throw Failure.of(response, body);
      return body;
    }

    async #loadStarters() {
      const query = new URLSearchParams({ language: this.#language });
      const argumentaire = this.getAttribute("argumentaire");
      if (argumentaire) query.set("argumentaire", argumentaire);
      const key = String(query);
      if (this.#startersKey === key) return;
      this.#startersKey = key;
      try {
        const { items } = await this.#exchange(`/api/v1/objections?${query}`);
        if (this.#startersKey === key) this.#showStarters(items ?? []);
      } catch (failure) {
        // A convenience: without chips one can still type, and the next opening tries again.
        if (failure.kind !== "left") this.#startersKey = null;
      }
    }

    // ---- The frame

    #panel;
    #title;
    #close;
    #log;
    #greeting;
    #startersTerm;
    #starters;
    #status;
    #error;
    #form;
    #label;
    #field;
    #hint;
    #counter;
    #send;
    #privacy;
    #launcher;
    #dialog;

    #build() {
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [SHEET];
      this.#launcher = make("button", { class: "launcher", type: "button", "aria-haspopup": "dialog" });
      this.#launcher.addEventListener("click", () => this.open());
      this.#dialog = make("dialog", { "aria-labelledby": "title", onclose: () => this.#onClosed() });
      this.#privacy = make("slot", { name: "privacy" });
      const privacy = make("div", { class: "privacy" }, this.#privacy);
      this.#panel = make("section", {}, this.#buildHeader(), this.#buildLog(), this.#buildFoot(), privacy);
      this.#panel.addEventListener("keydown", (event) => this.#onPanelKey(event));
    }

    #buildHeader() {
      this.#title = make("h2", { id: "title", tabindex: "-1" });
      this.#close = make("button", { class: "close", type: "button", onclick: () => this.close() }, icon("close"));
      const heading = make("div", { class: "heading" }, make("slot", { name: "header" }, this.#title));
      return make("header", {}, heading, this.#close);
    }

    #buildLog() {
      this.#greeting = make("p", { class: "message greeting" });
      this.#startersTerm = make("p", { class: "part term", id: "starters" });
      this.#starters = make("ul", { class: "chips", role: "list", "aria-labelledby": "starters" });
      // The chips arrive by themselves: not worth an interruption.
      const starters = make("div", { "aria-live": "off" }, this.#startersTerm, this.#starters);
      const welcome = make("div", { class: "turn" }, this.#greeting, starters);
      return (this.#log = make("div", { class: "log", role: "log", "aria-live": "polite" }, welcome));
    }

    #buildFoot() {
      this.#status = make("p", { class: "status", role: "status" });
      this.#error = make("div", { role: "alert" });
      this.#label = make("label", { for: "field" });
      this.#field = make("textarea", {
        id: "field",
        rows: "1",
        maxlength: MAX_LENGTH,
        dir: "auto",
        enterkeyhint: "send",
        autocomplete: "off",
        "aria-describedby": "hint counter",
        oninput: () => this.#onInput(),
        onkeydown: (event) => this.#onFieldKey(event),
      });
      this.#hint = make("span", { class: "hint", id: "hint" });
      this.#counter = make("span", { class: "counter", id: "counter", hidden: true });
      this.#send = make("button", { class: "send", type: "submit" });
      const notes = make("p", { class: "notes" }, this.#hint, this.#counter);
      this.#form = make("form", { novalidate: true }, this.#label, this.#field, notes, this.#send);
      this.#form.addEventListener("submit", (event) => this.#onSubmit(event));
      return make("div", { class: "foot" }, this.#status, this.#error, this.#form);
    }

    /** Put the frame and its words in the state that the attributes ask for. */
    #arrange() {
      const { mode } = this;
      if (!this.#panel.classList.contains(mode)) this.#place(mode);
      const say = this.#words(this.#language);
      this.#panel.lang = this.#launcher.lang = this.#language;
      this.#launcher.replaceChildren(icon("speak"), say.launch);
      this.#title.textContent = say.name;
      this.#close.setAttribute("aria-label", say.close);
      this.#log.setAttribute("aria-label", say.conversation);
      this.#greeting.textContent = this.getAttribute("greeting") || say.greeting;
      this.#startersTerm.textContent = say.starters;
      this.#startersTerm.hidden = !this.#starters.childElementCount;
      this.#label.textContent = say.label;
      this.#field.placeholder = say.placeholder;
      this.#hint.textContent = say.hint;
      this.#send.replaceChildren(make("span", {}, say.send), icon("send"));
      this.#privacy.textContent = say.privacy;
      if (mode !== "bubble" || this.#dialog.open) this.#loadStarters();
    }

    #place(mode) {
      const bubble = mode === "bubble";
      if (this.#dialog.open) this.#dialog.close();
      this.#panel.className = `panel ${mode}`;
      this.#close.hidden = !bubble;
      this.#title.classList.toggle("hidden", mode === "page"); // the page has its own title
      // What scrolls must be reachable with a keyboard; in `page` mode the page itself scrolls.
      if (mode === "page") this.#log.removeAttribute("tabindex");
      else this.#log.tabIndex = 0;
      if (bubble) this.#panel.removeAttribute("aria-labelledby"); // the dialog carries the name
      else this.#panel.setAttribute("aria-labelledby", "title");
      this.#dialog.replaceChildren(...(bubble ? [this.#panel] : []));
      this.shadowRoot.replaceChildren(...(bubble ? [this.#launcher, this.#dialog] : [this.#panel]));
    }

    #onClosed() {
      this.#launcher.hidden = false;
      if (this.isConnected) this.#launcher.focus();
    }

    #onPanelKey(event) {
      // In an input method, Escape belongs to the composition.
      if (event.key !== "Escape" || event.isComposing || !this.#dialog.open) return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }

    // ---- The field

    #onFieldKey(event) {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    }

    #onInput() {
      const { length } = this.#field.value;
      const say = this.#words(this.#language);
      const format = new Intl.NumberFormat(this.#language);
      const near = length >= COUNTER_FROM;
      this.#counter.hidden = !near;
      this.#hint.hidden = near;
      this.#counter.textContent = near ? say.counter(format.format(length), format.format(MAX_LENGTH)) : "";
      if (!this.#busy) this.#status.textContent = length >= MAX_LENGTH ? say.full(format.format(MAX_LENGTH)) : "";
    }

    #onSubmit(event) {
      event.preventDefault();
      if (this.#busy) return;
      const text = this.#field.value;
      if (!text.trim()) {
        this.#status.textContent = this.#words(this.#language).empty;
        this.#field.focus();
        return;
      }
      this.#setField("");
      this.ask(text);
    }

    #setField(text) {
      this.#field.value = text;
      this.#onInput();
    }

    /** Keep a message that could not be sent: back in the field, unless the visitor has begun another one there. */
    #keep(text, options) {
      const inField = !this.#field.value.trim();
      this.#failed = { text, options, inField };
      if (inField) this.#setField(text);
    }

    #retry() {
      const { text, options, inField } = this.#failed;
      this.#field.focus(); // the retry button is about to go
      if (!inField) {
        this.ask(text, options);
      } else if (this.#field.value.trim() === text) {
        this.#setField("");
        this.ask(text, options);
      } else {
        this.#form.requestSubmit(); // the visitor has mended the text
      }
    }

    #slowTimer;

    #setBusy(busy) {
      const say = this.#words(this.#language);
      this.#busy = busy;
      this.#panel.classList.toggle("busy", busy);
      this.#send.setAttribute("aria-disabled", busy); // not `disabled`, which would throw the focus away
      this.#status.textContent = busy ? say.searching : "";
      clearTimeout(this.#slowTimer);
      if (busy) this.#slowTimer = setTimeout(() => (this.#status.textContent = say.slow), SLOW_AFTER);
    }

    // ---- The conversation

    #showStarters(items) {
      const language = this.#language;
      const chips = items.slice(0, STARTERS).map(({ title, objection_id: objectionId }) => ({ title, objectionId }));
      this.#starters.replaceChildren(...this.#chips(chips, language));
      this.#startersTerm.hidden = !chips.length;
    }

    #chips(themes, language) {
      return themes.map(({ title, objectionId }) => {
        const choose = () => this.ask(title, { language, objectionId });
        return make("li", {}, make("button", { class: "chip", type: "button", lang: language, onclick: choose }, title));
      });
    }

    #showQuestion(text) {
      const said = make("span", { class: "said", dir: "auto" }, text); // not on the turn: the prefix would decide
      const prefix = make("span", { class: "hidden" }, this.#words(this.#language).you);
      // The visitor knows what they typed: only answers are announced.
      const turn = make("div", { class: "turn yours", "aria-live": "off" }, prefix, said);
      this.#log.append(turn);
      this.#reveal(turn);
      return turn;
    }

    /** Show a reply, added whole, so that it is announced once. */
    #showReply(reply, question) {
      const say = this.#words(reply.language);
      const turn = make("div", { class: "turn", lang: reply.language });
      const prefix = make("span", { class: "hidden" }, say.bot);
      turn.append(make("p", { class: "message" }, prefix, reply.message));
      const [first, ...others] = (reply.answers ?? []).map((answer) => ({ language: reply.language, ...answer }));
      if (first) {
        const confidence = reply.matches?.[0]?.confidence;
        if (confidence !== undefined) turn.append(make("p", { class: "small" }, confidenceInWords(confidence, say)));
        turn.append(renderFirst(first, say));
      }
      if (others.length) {
        const items = others.map((answer) => renderOther(answer, say));
        const term = make("p", { class: "term" }, say.others(items.length));
        turn.append(make("div", { class: "others", "aria-live": "off" }, term, ...items));
      }
      if (reply.suggestions?.length) {
        const themes = reply.suggestions.map(({ title, objection_id: objectionId }) => ({ title, objectionId }));
        turn.append(make("ul", { class: "chips", role: "list" }, ...this.#chips(themes, reply.language)));
      }
      this.#log.append(turn);
      this.#reveal(question);
    }

    /** Scroll so that the question is on top and its answer below, where reading starts. */
    #reveal(turn) {
      if (this.mode === "page") turn.scrollIntoView({ block: "start" });
      else this.#log.scrollTop = turn.offsetTop - 16; // `scrollIntoView` would scroll the host page as well
    }

    #showError(failure) {
      const say = this.#words(this.#language);
      const told = [failure.problem?.detail, ...(failure.problem?.errors ?? []).map(({ message }) => message)];
      const reason = failure.kind === "refused" && told.filter(Boolean).join(" ");
      const message = make("p", {}, [reason, reason ? "" : say.errors[failure.kind]].filter(Boolean).join(" "));
      this.#error.className = "error";
      this.#error.replaceChildren(
        message,
        make("button", { class: "retry", type: "button", onclick: () => this.#retry() }, say.retry),
      );
      const { kind, status, problem } = failure;
      this.#emit("error", { kind, status, problem, message: message.textContent });
    }

    #clearError() {
      this.#failed = null;
      this.#error.className = "";
      this.#error.replaceChildren();
    }

    #emit(name, detail) {
      this.dispatchEvent(new CustomEvent(`replique:${name}`, { detail, bubbles: true, composed: true }));
    }

    // ---- Languages

    /** The language of the frame: the element's, else the page's, else the browser's, else French. */
    get #language() {
      const wanted = [this.lang, this.parentElement?.closest("[lang]")?.lang, navigator.language];
      const spoken = wanted.map((tag) => tag?.toLowerCase().split("-")[0]);
      return spoken.find((language) => Object.hasOwn(RepliqueChat.strings, language)) ?? "fr";
    }

    /** The words of a language, completed with the French ones. */
    #words(language) {
      return { ...RepliqueChat.strings.fr, ...RepliqueChat.strings[language] };
    }
  }

  function confidenceInWords(confidence, say) {
    if (confidence >= SURE) return say.sure;
    return confidence >= FAIRLY_SURE ? say.fairlySure : say.unsure;
  }

  customElements.define(TAG, RepliqueChat);
})();
