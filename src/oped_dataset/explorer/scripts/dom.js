// Making elements. Text is only ever put in as text; there is no way from a string to markup in this page.

const fill = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};
const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

// Words from the data are kept apart from their surroundings, so that a direction mark in them turns nothing else.
const said = (text, attributes = {}) => el("bdi", attributes, text);
const linkTo = (kind, id, content, attributes = {}) => el("a", { href: `#${kind}/${id}`, ...attributes }, content);
const byElement = (id) => document.getElementById(id);
const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const definition = (term, ...content) => [el("dt", {}, term), el("dd", {}, ...content)];
