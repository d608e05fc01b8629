/* Peeks at footnotes, and the search. Everything else works without this file, and this file writes text alone. */
"use strict";

/* A footnote that is out of sight is shown over the page. */
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("a[role=doc-noteref]");
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const note = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
  const box = note?.getBoundingClientRect();
  if (!note?.showPopover || (box.top >= 0 && box.bottom <= innerHeight)) return;
  event.preventDefault();
  note.showPopover();
});

/* The index: files in parts, which call these functions. */
const index = { about: null, parts: new Map(), waiting: new Map() };
function briefingAbout(about) { index.about = about; }
function briefingPart(name, data) { index.parts.set(name, data); }

function load(name) {
  if (!index.waiting.has(name)) {
    index.waiting.set(name, new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `search/${name.replaceAll("~", "%7E")}.js`;
      script.onload = script.onerror = () => resolve(index.parts.get(name) ?? null);
      document.head.append(script);
    }));
  }
  return index.waiting.get(name);
}

/* Folding, as `briefing search` folds. */
const ALIKE = new Map();
for (const [to, from] of [["'", "‘’‚‛′ʼ`´"], ['"', "“”„‟″«»"], ["-", "‐‑‒–—―−"], [" ", "\u00a0\u2002\u2003\u2009\u202f\u3000\t\n"]]) {
  for (const one of from) ALIKE.set(one, to);
}
const STROKES = { "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "n", "ß": "ss", "ς": "σ" };
const IDEOGRAPHIC = /[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u30fa\u30fc-\u318e\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\u{1b000}-\u{1b16f}\u{20000}-\u{3ffff}]/u;
const NOTHING = /[\p{Mn}\p{Me}\p{Cf}]/u;
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\uaa60-\uaa7f]+/gu;

function foldedCharacter(character) {
  if (character === "\u00ad") return "";
  let plain = (ALIKE.get(character) ?? character).normalize("NFKD").replace(/[\p{Mn}\p{Me}]/gu, "").toLowerCase();
  plain = [...plain].map((one) => STROKES[one] ?? ALIKE.get(one) ?? one).join("").normalize("NFC");
  let folded = "";
  for (const one of plain) {
    folded += IDEOGRAPHIC.test(one) ? ` ${one} ` : /[\p{L}\p{N}\p{Mc}]/u.test(one) ? one : NOTHING.test(one) ? "" : " ";
  }
  return folded || NOTHING.test(character) ? folded : " ";
}

function wordsOf(text) {
  let folded = "";
  for (const character of text.normalize("NFC")) folded += foldedCharacter(character);
  folded = folded.replace(UNSPACED, (run) => {
    const letters = [...run];
    const pairs = letters.length > 1 ? letters.slice(1).map((one, at) => letters[at] + one) : letters;
    return ` ${pairs.join(" ")} `;
  });
  return folded.split(" ").filter(Boolean);
}

/* The English stemmer (Porter 2), for words that the library has in other forms alone. */
const EXCEPTIONS = { skis: "ski", skies: "sky", dying: "die", lying: "lie", tying: "tie", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl", sky: "sky", news: "news", howe: "howe", atlas: "atlas", cosmos: "cosmos", bias: "bias", andes: "andes" };
const UNCHANGED = /^(evening|inning|outing|canning|herring|earring|proceed|exceed|succeed)s?$/;
const VOWEL = "[aeiouy]";
const DOUBLE = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const STEP2 = { tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize", ational: "ate", ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulness: "ful", ousli: "ous", ousness: "ous", iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", fulli: "ful", lessli: "less" };
const STEP3 = { ational: "ate", tional: "tion", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "" };
const STEP4 = ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"];

function region(word, from) {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
  return found ? from + found.index + 2 : word.length;
}
const isShort = (word) => /(past|^[aeiouy][^aeiouy]|[^aeiouy][aeiouy][^aeiouywxY])$/.test(word);
const longest = (word, endings) => Object.keys(endings).filter((one) => word.endsWith(one)).sort((a, b) => b.length - a.length)[0];

function stemmed(word) {
  if (word.length < 3) return word;
  if (EXCEPTIONS[word]) return EXCEPTIONS[word];
  word = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const begin = /^(gener|commun|arsen|past|univers|later|emerg|organ|inter)/.exec(word);
  const r1 = begin ? begin[0].length : region(word, 0), r2 = region(word, r1);
  if (/sses$/.test(word)) word = word.slice(0, -2);
  else if (/(ied|ies)$/.test(word)) word = word.slice(0, word.length > 4 ? -2 : -1);
  else if (/s$/.test(word) && !/(us|ss)$/.test(word) && new RegExp(`${VOWEL}.+s$`).test(word)) word = word.slice(0, -1);
  if (UNCHANGED.test(word)) return word.toLowerCase();
  let found = /(eedly|eed|ingly|edly|ing|ed)$/.exec(word)?.[0];
  if (found?.startsWith("eed")) { if (word.length - found.length >= r1) word = `${word.slice(0, -found.length)}ee`; }
  else if (found && new RegExp(VOWEL).test(word.slice(0, -found.length))) {
    word = word.slice(0, -found.length);
    if (/(at|bl|iz)$/.test(word)) word += "e";
    else if (DOUBLE.test(word)) word = /^[aeo]..$/.test(word) ? word : word.slice(0, -1);
    else if (r1 >= word.length && isShort(word)) word += "e";
  }
  if (word.length > 2 && /[^aeiouy][yY]$/.test(word)) word = `${word.slice(0, -1)}i`;
  found = longest(word, { ...STEP2, ogist: "", ogi: "", li: "" });
  if (found && word.length - found.length >= r1) {
    const stem = word.slice(0, -found.length);
    if (found.startsWith("ogi")) { if (stem.endsWith("l")) word = `${stem}og`; }
    else if (found === "li") { if (/[cdeghkmnrt]$/.test(stem)) word = stem; }
    else word = stem + STEP2[found];
  }
  found = longest(word, { ...STEP3, ative: "" });
  if (found && word.length - found.length >= r1) {
    if (found !== "ative") word = word.slice(0, -found.length) + STEP3[found];
    else if (word.length - found.length >= r2) word = word.slice(0, -found.length);
  }
  found = STEP4.filter((one) => word.endsWith(one)).sort((a, b) => b.length - a.length)[0];
  if (found && word.length - found.length >= r2 && (found !== "ion" || /[st]$/.test(word.slice(0, -3)))) word = word.slice(0, -found.length);
  if (word.endsWith("e") && (word.length - 1 >= r2 || (word.length - 1 >= r1 && !isShort(word.slice(0, -1))))) word = word.slice(0, -1);
  else if (word.endsWith("ll") && word.length - 1 >= r2) word = word.slice(0, -1);
  return word.toLowerCase();
}

/* The query: words, phrases and fields. */
class Refusal extends Error {}
const TOKEN = /\s+|(?<operator>[()]|[-−](?=\S))|(?<name>\p{L}[\p{L}\p{N}_]*):(?![\s)]|$)(?<value>(?:[<>]=?|[≤≥])?["“”„‟″«»][^"“”„‟″«»]*["“”„‟″«»]?|[^\s()"“”„‟″«»]*)|(?<bare>\p{L}[\p{L}\p{N}_]*):(?=[\s)]|$)|(?<phrase>["“”„‟″«»][^"“”„‟″«»]*["“”„‟″«»]?)|(?<word>[^\s()"“”„‟″«»]+)/gu;
const SCHEMES = new Set(["http", "https", "ftp", "mailto", "doi", "isbn", "issn", "urn"]);
const plain = (value) => value.trim().toLowerCase().replace(/[_-]/g, " ");

function parsed(text) {
  const items = [];
  for (const { 0: whole, groups } of text.matchAll(TOKEN)) {
    const name = groups.name?.toLowerCase();
    if (groups.operator) throw new Refusal(`This page looks for words, “phrases” and field:value; “${groups.operator}” works in briefing search.`);
    if (name !== undefined && (SCHEMES.has(name) || groups.value.startsWith("//")) && !index.about.fields[name]) items.push({ kind: "word", text: whole });
    else if (name !== undefined) items.push(field(name, groups.value));
    else if (groups.bare && index.about.fields[groups.bare.toLowerCase()]) throw new Refusal(`${groups.bare}: needs its value right behind it, such as ${index.about.fields[groups.bare.toLowerCase()].example}`);
    else if (groups.bare) items.push({ kind: "word", text: whole });
    else if (groups.phrase) items.push({ kind: "phrase", words: wordsOf(unquoted(groups.phrase)) });
    else if (groups.word === "OR") throw new Refusal("This page looks for all of the words; OR works in briefing search.");
    else if (groups.word?.endsWith("*")) throw new Refusal("This page looks for whole words in all their forms; begin* works in briefing search.");
    else if (groups.word) items.push({ kind: "word", text: groups.word });
  }
  return items.filter((item) => item.kind === "field" || wordsOf(item.text ?? item.words.join(" ")).length);
}

function unquoted(text) {
  if (text.length < 2 || !/["“”„‟″«»]$/.test(text)) throw new Refusal(`This quotation mark is not closed: ${text}`);
  return text.slice(1, -1);
}

function field(name, written) {
  const known = index.about.fields[name];
  if (name === "is") throw new Refusal("What you have read is known to your own reader alone; is: works there.");
  if (!known) throw new Refusal(`There is no field ${name}; there are ${Object.keys(index.about.fields).join(", ")}.`);
  const sign = /^([<>]=?|[≤≥])/.exec(written)?.[0] ?? "";
  let value = written.slice(sign.length);
  if (/^["“”„‟″«»]/.test(value)) value = unquoted(value);
  if (known.match === "date") return { kind: "field", name, days: days(value, known) };
  if (!known.values.length) {
    const words = wordsOf(value);
    if (!words.length) throw new Refusal(`${name}: needs a word after it, such as ${known.example}`);
    return { kind: "field", name, words };
  }
  return { kind: "field", name, values: values(name, known, sign, value) };
}

function matching(name, known, written, begins) {
  const wanted = plain(written);
  const begun = known.values.filter((one) => plain(one).startsWith(wanted));
  const same = begun.filter((one) => plain(one) === wanted);
  const found = same.length ? same : begins ? begun : [];
  if (!found.length) throw new Refusal(`${name}: has no value “${written}”; there are ${known.values.slice(0, 9).join(", ")}${known.values.length > 9 ? " …" : ""}`);
  return found;
}

function values(name, known, sign, written) {
  const rank = new Map(known.values.map((one, at) => [one, known.ranked.length ? known.ranked[at] : at]));
  if (sign && known.ranked.length) {
    const bound = matching(name, known, written, false).map((one) => rank.get(one));
    const holds = { ">=": (a, b) => a >= b, "≥": (a, b) => a >= b, "<=": (a, b) => a <= b, "≤": (a, b) => a <= b, ">": (a, b) => a > b, "<": (a, b) => a < b }[sign];
    const at = holds(0, 1) ? Math.max(...bound) : Math.min(...bound);
    return known.values.filter((one) => holds(rank.get(one), at));
  }
  const dots = written.indexOf("..");
  if (dots < 0 || !known.ranged) return matching(name, known, sign + written, false);
  let [low, high] = [written.slice(0, dots), written.slice(dots + 2)];
  const isRating = name === "rating";
  if (isRating && low && high) [low, high] = [low, high].sort();
  const first = low ? matching(name, known, low, isRating)[0] : known.values[0];
  const last = high ? matching(name, known, high, isRating).at(-1) : known.values.at(-1);
  const [least, most] = [rank.get(first), rank.get(last)].sort((a, b) => a - b);
  const found = known.values.filter((one) => least <= rank.get(one) && rank.get(one) <= most);
  const figures = [first[1], last[1]].sort();
  return isRating ? found.filter((one) => figures[0] <= one[1] && one[1] <= figures[1]) : found;
}

function days(written, known) {
  let [low, high] = written.includes("/") ? written.split("/").map((one) => one.replace(/^\.+|\.+$/g, "")) : written.includes("..") ? written.split("..") : [written, written];
  const ends = [low, high ?? low].map((one) => {
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(one);
    const isDay = found && (!found[2] || (found[2] >= 1 && found[2] <= 12)) && (!found[3] || (found[3] >= 1 && found[3] <= 31));
    if (one && !isDay) throw new Refusal(`date: needs a date or a range, such as 2025, 2025-04 or 2025-04..2025-06`);
    return one ? [found[1], found[2], found[3]] : null;
  });
  if (!ends[0] && !ends[1]) throw new Refusal(`date: needs a date or a range, such as ${known.example}`);
  const number = (day, month, last) => Number(day[0]) * 10000 + Number(day[1] ?? month) * 100 + Number(day[2] ?? last(day));
  const lastDay = (day) => new Date(Date.UTC(Number(day[0]), Number(day[1] ?? 12), 0)).getUTCDate();
  return [ends[0] ? number(ends[0], 1, () => 1) : 0, ends[1] ? number(ends[1], 12, lastDay) : 99999999];
}

/* The spellings of a word, such as KN-23 and KN23. */
const PREFIXES = new Set("anti co counter cyber de e ex extra inter intra mid multi non over post pre pro pseudo quasi re self semi sub super trans ultra un under vice".split(" "));
const ARTICLES = ["ال", "وال", "بال", "فال", "كال", "لل"];

function variants(text) {
  const own = wordsOf(text), found = [own], joined = own.join("");
  if (own.length > 1 && /^[\x00-\x7f]*$/.test(joined)) found.push([joined]);
  if (/^[A-Z]{2,5}$/.test(text)) found.push([...text.toLowerCase()]);
  if (own.length === 1 && /^[\u0621-\u064a]+$/.test(own[0])) {
    const article = ARTICLES.find((one) => own[0].startsWith(one) && own[0].length - one.length >= 3) ?? "";
    const bare = own[0].slice(article.length);
    found.push([bare], ...ARTICLES.map((one) => [one + bare]));
  }
  const parts = /^([a-z]{1,4})([0-9]{1,4})([a-z]?)$/.exec(joined);
  if (parts) found.push([parts[1], parts[2] + parts[3]]);
  if (own.length === 1) {
    for (let end = 1; end <= Math.min(7, own[0].length - 4); end += 1) {
      if (PREFIXES.has(own[0].slice(0, end))) found.push([own[0].slice(0, end), own[0].slice(end)]);
    }
  }
  return found;
}

/* One bucket of the index: its words and its fields. What was read stays parsed. */
const number = (text) => parseInt(text, 36);
function distances(text) {
  if (!text) return [];
  let at = 0;
  return text.split(",").map((one) => (at += number(one)));
}
const partName = (beginning) => [...beginning].map((one) => (one.codePointAt(0) < 128 ? one : `~${one.codePointAt(0).toString(16)}`)).join("");
const isAlphabetic = (word) => /^\p{L}+$/u.test(word);

/* The documents of a word, with its positions in each. */
class Postings {
  constructor(line) {
    const count = line ? line.split(";") : [];
    this.documents = new Int32Array(count.length);
    this.firsts = new Int32Array(count.length);
    this.written = new Array(count.length);
    this.read = new Array(count.length);
    let document = 0;
    count.forEach((one, at) => {
      const dot = one.indexOf(".");
      this.documents[at] = document += number(one.slice(0, dot));
      this.written[at] = one.slice(dot + 1);
      this.firsts[at] = number(this.written[at]);
    });
  }

  /* The index of a document, or -1. */
  find(document) {
    let low = 0, high = this.documents.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1, one = this.documents[middle];
      if (one === document) return middle;
      if (one < document) low = middle + 1; else high = middle - 1;
    }
    return -1;
  }

  positions(at) { return this.read[at] ??= distances(this.written[at]); }
}
const NOWHERE = new Postings("");

class Bucket {
  constructor(name, parts) { this.name = name; this.parts = new Set(parts.words); this.count = parts.documents; this.kept = new Map(); }

  async once(name, read) {
    if (!this.kept.has(name)) this.kept.set(name, read(await load(`${this.name}/${name}`)));
    return this.kept.get(name);
  }

  async words(word) {
    const letters = [...word], first = partName(letters[0]), both = partName(letters.slice(0, 2).join(""));
    const name = [first, ...(letters.length > 1 ? [both] : [`${first}_`])].find((one) => this.parts.has(one));
    return name ? this.once(`w-${name}`, (data) => {
      const terms = data[0].split(" "), stems = data[1].split("|");
      return { lines: data[2].split("\n"), places: new Map(terms.map((one, at) => [one, at])), terms, stems: terms.map((one, at) => stemsOf(one, stems[at])), kept: [], alphabetic: terms.map(isAlphabetic) };
    }) : null;
  }

  async exact(word) {
    const part = await this.words(word), at = part?.places.get(word);
    return at === undefined ? NOWHERE : part.kept[at] ??= new Postings(part.lines[at]);
  }

  async forms(word) {
    const part = await this.words(word);
    if (!part) return [];
    const place = part.places.get(word), found = new Set(place === undefined ? [] : [place]);
    if (word.length >= 3 && isAlphabetic(word)) {
      const own = place === undefined ? index.about.stemmers.map((one) => (one === "english" ? stemmed(word) : null)) : part.stems[place];
      const beginnings = own.map((stem) => beginning(word, stem));
      part.terms.forEach((term, at) => {
        if (term.length < 3 || term.length > word.length + 6 || !part.alphabetic[at]) return;
        if (part.stems[at].some((stem, which) => stem === own[which] && term.startsWith(beginnings[which]))) found.add(at);
      });
    }
    return [...found].map((at) => part.kept[at] ??= new Postings(part.lines[at]));
  }

  /* The first position of a word in each document, counted from 1; 0 where it is not. */
  async word(text) {
    const firsts = new Int32Array(this.count);
    const put = (document, at) => { if (!firsts[document] || firsts[document] > at + 1) firsts[document] = at + 1; };
    for (const words of variants(text)) {
      if (words.length > 1) (await this.phrase(words)).forEach((at, document) => { if (at) put(document, at - 1); });
      else for (const one of await this.forms(words[0])) one.documents.forEach((document, at) => put(document, one.firsts[at]));
    }
    if (text.includes("#")) {
      const wanted = wordsOf(text).join(" ");
      (await this.once("names", (data) => data.split("\n"))).forEach((one, at) => { if (!firsts[at] && one.includes("#") && wordsOf(one).join(" ") === wanted) firsts[at] = 1; });
    }
    return firsts;
  }

  async phrase(words, spans = null) {
    const firsts = new Int32Array(this.count), all = [];
    for (const word of words) all.push(await this.exact(word));
    let rarest = 0;
    all.forEach((one, at) => { if (one.documents.length < all[rarest].documents.length) rarest = at; });
    const { documents } = all[rarest], others = all.map((one, after) => [one, after - rarest]).filter(([, after]) => after);
    others.sort(([one], [other]) => one.documents.length - other.documents.length);
    for (let at = 0; at < documents.length; at += 1) {
      const document = documents[at];
      let starts = all[rarest].positions(at);
      for (const [one, after] of others) {
        const place = one.find(document);
        starts = place < 0 ? [] : following(starts, one.positions(place), after);
        if (!starts.length) break;
      }
      if (spans) starts = starts.filter((one) => inside(spans[document], one - rarest, one - rarest + words.length - 1));
      if (starts.length) firsts[document] = starts[0] - rarest + 1;
    }
    return firsts;
  }

  async quoted(words) { return this.phrase(words, await this.once("quotes", (data) => data.split(";").map(distances))); }

  async field(item) {
    const firsts = new Int32Array(this.count);
    if (item.name === "quote") return this.quoted(item.words);
    if (item.days) {
      const all = await this.once("f-date", (data) => data[0]);
      all.forEach(([first, last], at) => { if (first !== undefined && first <= item.days[1] && last >= item.days[0]) firsts[at] = 1; });
      return firsts;
    }
    const known = await this.once(`f-${item.name}`, (data) => data.map((one) => new Map(one.split("\n").map((line) => { const at = line.lastIndexOf(" "); return [line.slice(0, at), line.slice(at + 1)]; }))));
    const lines = item.values ? known[0] : known[1], terms = item.values?.map((one) => one.split(" ").join("_")) ?? item.words;
    for (const term of terms) for (const document of distances(lines.get(term))) firsts[document] += 1;
    return item.values ? firsts : firsts.map((met) => Number(met === terms.length));
  }

  async hits(items) {
    const scores = new Float64Array(this.count).fill(1e-9);
    for (const item of items) {
      const firsts = item.kind === "field" ? await this.field(item) : item.kind === "word" ? await this.word(item.text) : await this.phrase(item.words);
      let met = 0;
      for (let at = 0; at < firsts.length; at += 1) met += firsts[at] ? 1 : 0;
      const rarity = item.kind === "field" ? 0 : Math.log(1 + this.count / (1 + met));
      for (let at = 0; at < firsts.length; at += 1) {
        if (firsts[at]) scores[at] += scores[at] ? rarity * (1 + 4 / (3 + firsts[at])) : 0; else scores[at] = 0;
      }
    }
    const found = [];
    scores.forEach((score, document) => { if (score) found.push({ bucket: this, document, score }); });
    return found;
  }
}

/* The positions behind which, at a distance, another word stands. */
function following(positions, others, after) {
  const found = [];
  for (const one of positions) if (others.includes(one + after)) found.push(one);
  return found;
}

function inside(ends, first, last) {
  for (let at = 0; at < ends.length; at += 2) if (ends[at] <= first && last <= ends[at + 1]) return true;
  return false;
}

function stemsOf(term, codes) {
  return codes.split(" ").map((code) => (code ? term.slice(0, term.length - number(code[0])) + code.slice(1) : term));
}
function beginning(word, stem) {
  let at = 0;
  while (at < word.length && at < (stem ?? "").length && word[at] === stem[at]) at += 1;
  return at >= 2 ? word.slice(0, at) : "\u0000";
}

/* The page of the search. */
const buckets = [];
async function ready() {
  if (!index.about) {
    await load("about");
    if (!index.about) throw new Refusal("The index of this site cannot be loaded.");
    for (let at = 0; at < index.about.buckets; at += 1) buckets.push(new Bucket(String(at), await load(`${at}/parts`)));
  }
}
async function found(text) {
  await ready();
  const items = parsed(text), hits = [];
  for (const bucket of items.length ? buckets : []) hits.push(...await bucket.hits(items));
  /* Hits of one score keep their order. */
  return items.some((item) => item.kind !== "field") ? hits.sort((one, other) => other.score - one.score) : hits;
}
const namesOf = async (hits) => Promise.all(hits.map(async (hit) => (await load(`${hit.bucket.name}/names`)).split("\n")[hit.document]));

const counted = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
async function item(hit) {
  const [address, number, kind, heading, text] = (await load(`${hit.bucket.name}/d${Math.floor(hit.document / 64)}`))[hit.document % 64];
  const line = document.createElement("li"), title = document.createElement("h2"), link = document.createElement("a"), words = document.createElement("p"), where = document.createElement("p");
  link.href = address;
  link.textContent = heading || text.slice(0, 80);
  title.append(link);
  where.className = "meta";
  where.textContent = [kind, number, address.split("/")[0]].filter(Boolean).join(" · ");
  words.textContent = text;
  for (const one of [title, words]) one.dir = "auto";
  line.append(title, where, ...(text === heading ? [] : [words]));
  return line;
}

let asked = 0;
async function show(text, most = 20) {
  const list = document.getElementById("hits"), said = document.getElementById("said"), more = document.getElementById("more");
  const turn = asked += 1;
  try {
    const hits = await found(text);
    const lines = await Promise.all(hits.slice(0, most).map(item));
    if (turn !== asked) return;
    const { briefings, entries, sources } = index.about.counts;
    const where = `${counted(briefings, "briefing")}, ${counted(entries, "entry", "entries")}, ${counted(sources, "source")}`;
    said.textContent = text.trim() ? `${counted(hits.length, "hit")} in ${where}.` : `Words, “phrases” and field:value are looked for in ${where}.`;
    list.replaceChildren(...lines);
    said.dataset.query = text;
    more.hidden = hits.length <= most;
    more.onclick = () => show(text, most + 100);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (turn !== asked) return;
    said.textContent = error.message;
    said.dataset.query = text;
    list.replaceChildren();
    more.hidden = true;
  }
}

if (document.body?.classList.contains("search")) {
  const input = document.getElementById("q");
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(input.value)}`);
    show(input.value);
  });
  input.addEventListener("input", () => show(input.value));
  show(input.value);
}
