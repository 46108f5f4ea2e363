// Small tools: elements, texts, numbers. Everything from the data enters the page as text, never as markup.
const payload = JSON.parse(document.getElementById('payload').textContent);
const labels = JSON.parse(document.getElementById('labels').textContent);
const chinese = payload.lang === 'zh';

// The label `key` in the page's language with `{name}` filled in.
function t(key, values) {
  const pair = labels[key];
  let text = pair ? pair[chinese ? 0 : 1] : key;
  for (const name in values) text = text.replaceAll('{' + name + '}', values[name]);
  return text;
}

const hasLabel = (key) => key in labels;
const locale = chinese ? 'zh-CN' : 'en-GB';
const numbers = new Intl.NumberFormat(locale);
const shares = new Intl.NumberFormat(locale, {style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1});
const count = (n) => numbers.format(n);
// 1,499 of 1,500 must not read as 100 %.
function share(a, b) {
  if (!(b > 0)) return t('dash');
  let ratio = a / b;
  if (a < b && ratio > 0.999) ratio = 0.999;
  if (a > 0 && ratio < 0.001) ratio = 0.001;
  return shares.format(ratio);
}

// 20240601 as 2024-06-01; 0 is no date.
function day(number) {
  if (!number) return '';
  const text = String(number).padStart(8, '0');
  return text.slice(0, 4) + '-' + text.slice(4, 6) + '-' + text.slice(6);
}

function longDay(number) {
  if (!chinese || !number) return day(number);
  return Math.floor(number / 10000) + '年' + (Math.floor(number / 100) % 100) + '月' + (number % 100) + '日';
}

// An element: attributes starting with "on" are listeners, "class" and the rest attributes; null leaves one out.
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const name in attributes) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on'))
      element.addEventListener(name.slice(2), value);
    else if (name.startsWith('--'))
      element.style.setProperty(name, value);
    else
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(
      ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function later(milliseconds, action) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}

// A section of the page with its heading.
function section(id, heading, lead, ...children) {
  return h(
      'section', {id, 'aria-labelledby': id + '-h'},
      h('div', {class: 'section-head'}, h('h2', {id: id + '-h'}, heading), lead ? h('p', {class: 'lead'}, lead) : null),
      ...children);
}

// A choice of one among few: radio buttons drawn as one bar.
function segments(name, label, options, chosen, choose) {
  const bar = h('div', {class: 'segments', role: 'radiogroup', 'aria-label': label});
  for (const [value, text, extra] of options) {
    const input = h('input', {type: 'radio', name, value, onchange: () => choose(value)});
    input.checked = value === chosen;
    bar.append(h('label', null, input, h('span', null, text, extra ? h('small', null, extra) : null)));
  }
  return bar;
}

// The mark of a severity: colour and shape, so that it is read without colour too.
function mark(group) {
  return h('i', {class: 'mark ' + group, 'aria-hidden': 'true'});
}
