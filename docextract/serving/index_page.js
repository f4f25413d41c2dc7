
"use strict";
const filter = document.getElementById("filter");
const count = document.getElementById("count");
const said = document.getElementById("said");
const routes = [...document.querySelectorAll("#routes > li")];
let texts;
let waiting;

function show() {
  texts ??= routes.map((route) =>
    [...route.querySelectorAll("summary, p")].map((part) => part.textContent).join(" ").toLowerCase());
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  routes.forEach((route, at) => {
    const hidden = !words.every((word) => texts[at].includes(word));
    if (route.hidden !== hidden) route.hidden = hidden;
    shown += !hidden;
  });
  count.textContent = words.length ? `${shown.toLocaleString("en")} of ${routes.length.toLocaleString("en")} routes` : "";
}

function tell(text) {
  said.textContent = text;
  clearTimeout(tell.ends);
  tell.ends = setTimeout(() => { said.textContent = ""; }, 2000);
}

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    tell("Copied");
  } catch {
    getSelection().selectAllChildren(code);
    tell("Selected: copy it with your keyboard");
  }
}

filter.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 80);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== filter) {
    event.preventDefault();
    filter.focus();
  } else if (event.key === "Escape" && event.target === filter) {
    filter.value = "";
    show();
  }
});
document.getElementById("routes").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) copy(button.previousElementSibling.firstChild);
});
if (filter.value) show();
