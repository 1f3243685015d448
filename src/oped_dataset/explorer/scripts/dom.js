// The making of elements. Text is only inserted as text; nothing on this page turns a string into markup.

const fill = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else if (name === "set") for (const [property, to] of Object.entries(value)) element.style.setProperty(property, to);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};
const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

// Text from the data is isolated, so that a direction mark in it does not affect its surroundings (UAX #9).
const said = (text, attributes = {}) => el("bdi", attributes, text);
const linkTo = (kind, id, content, attributes = {}) => el("a", { href: `#${kind}/${id}`, ...attributes }, content);
const byElement = (id) => document.getElementById(id);
const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const definition = (term, ...content) => [el("dt", {}, term), el("dd", {}, ...content)];
const listed = (items, between = ", ") => items.map((item, index) => [index ? between : null, item]);

// Makes all links of a container one tab stop, within which an arrow key moves to the nearest link in its direction.
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const steerable = (container) => {
  const links = [...container.querySelectorAll("a")];
  const stopAt = (stop) => links.forEach((link) => link.setAttribute("tabindex", link === stop ? "0" : "-1"));
  stopAt(links[0]);
  container.addEventListener("focusin", (event) => stopAt(event.target.closest("a")));
  container.addEventListener("keydown", (event) => {
    const direction = arrows[event.key];
    if (!direction || !links.includes(event.target)) return;
    event.preventDefault();
    const middle = (link) => {
      const { x, y, width, height } = link.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    };
    const [x, y] = middle(event.target);
    const ahead = links.filter((link) => link.checkVisibility()).map((link) => {
      const [dx, dy] = [middle(link)[0] - x, middle(link)[1] - y];
      const along = dx * direction[0] + dy * direction[1];
      return { link, along, cost: along + 3 * Math.abs(dx * direction[1] + dy * direction[0]) };
    }).filter(({ along }) => along > 1).sort((first, second) => first.cost - second.cost);
    ahead[0]?.link.focus();
  });
  return container;
};
