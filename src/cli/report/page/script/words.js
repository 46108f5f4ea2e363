// Facts and citations as people read them. The library writes facts in one plain form for all languages, such as
// "appointment person:1 → org:2 secretary elected [2019-03-01, )"; here nodes get their names and, in Chinese, the
// words theirs.
const phrases = ['has no value', 'last day', 'exists in', 'extended to', 'no.'];

function wordFor(word) {
  return payload.roles[word] || (hasLabel('word.' + word) ? t('word.' + word) : word);
}

// The subject of finding f and whatever is in the tree have names here; others keep their number.
function named(node, f) {
  const name = node === subjectText(f) ? subjectName(f) : rowOf.has(node) ? tree.name[rowOf.get(node)] : '';
  return name ? name + (chinese ? '（' : ' (') + node + (chinese ? '）' : ')') : node;
}

// What a finding says, with places by name.
function saying(f) {
  return messageOf(f).replace(/( ?)((?:unit|org):[^\s,;，；。（）()]+)( ?)/g, (whole, before, node, after) => {
    if (!rowOf.has(node)) return whole;
    const name = shortName(rowOf.get(node));
    return chinese ? name : before + name + after;
  });
}

function interval(whole, from, to) {
  if (from && to) return t('words.between', {from, to});
  if (from) return t('words.from', {from});
  return to ? t('words.until', {to}) : t('words.always');
}

function inWords(fact, f) {
  const counted = /^count (.+) [→←] (\S+) = (\d+)$/.exec(fact);
  if (counted) return t('words.count', {node: inWords(counted[2], f), what: inWords(counted[1], f), n: counted[3]});
  const missing = /^missing (?:(\d+) × )?(.+?): \? → (\S+)$/.exec(fact);
  if (missing) {
    return t(
        missing[1] ? 'words.missing.many' : 'words.missing',
        {node: inWords(missing[3], f), what: inWords(missing[2], f), n: missing[1]});
  }
  let text = fact.replace(/\[([\d-]*), ([\d-]*)\)/g, interval);
  if (chinese)
    for (const phrase of phrases) text = text.replaceAll(phrase, t('word.' + phrase));
  return text.replace(/(?:unit|org|person):[^\s,;，；。（）()]+|[a-z]+(?:_[a-z]+)*/g, (word) => {
    if (word.includes(':')) return named(word, f);
    return chinese ? wordFor(word) : word;
  });
}

// "《…》 (2018-10-28) Art. 4 [V-]": the mark says how well the text was checked.
const checked = /\s*\[(V-|V|S|K|L|house)\]/g;

// Several clauses of one document are said with one title.
function plainCitation(text) {
  let title = '';
  const parts = text.replace(checked, '').split('; ').map((line) => {
    const [, document, article] = /^(.*?)((?:Arts?\. .*)?)$/.exec(line);
    const repeated = document === title && article;
    title = document;
    return repeated ? article : line;
  });
  if (!chinese) return parts.join('; ');
  return parts.join('；')
      .replace(/jiceng data conventions/g, t('words.house'))
      .replace(/ ?Arts?\. ([\d、, ]+\d|\d+)/g, '第$1条')
      .replace(/ \((\d{4})[^)]*\) ?/g, '（$1）')
      .replace(/条；第/g, '条、第');
}

function citationLines(text) {
  return text.split('; ').filter(Boolean).map((line) => {
    const sure = [...line.matchAll(checked)].map((match) => t('checked.' + match[1]));
    const version = /\((\d{4}-\d{2}(?:-\d{2})?)\)/.exec(line);
    return [
      plainCitation(line),
      [version ? t('words.version', {date: version[1]}) : '', ...sure].filter(Boolean).join(chinese ? '，' : ', ')
    ];
  });
}
